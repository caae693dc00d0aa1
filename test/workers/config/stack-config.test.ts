import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { formatUse } from '../../../shared/domain/stack.ts'
import { stackYaml } from '../../../shared/import/stack-yaml.ts'
import { loadKnownNames } from '../../../workers/config/known-names.ts'
import { loadSources } from '../../../workers/config/sources-file.ts'
import { importOf } from '../../shared/import/knowledge.ts'
import { threeClouds } from '../../shared/import/states.ts'

const shared = new URL('../../../shared/', import.meta.url)
const known = await loadKnownNames(shared)

async function load(files: Record<string, string> | string) {
  const texts = typeof files === 'string' ? { 's.yaml': files } : files
  const { sources } = await loadSources(
    's.yaml',
    {},
    async name => {
      const text = texts[name as keyof typeof texts]
      if (text === undefined) throw new Error('no such file')
      return text
    },
    known,
  )
  return sources
}

async function loaded(files: Record<string, string> | string) {
  const sources = await load(files)
  if (!sources.ok) throw new Error(sources.error)
  return sources.value
}

async function problemsIn(files: Record<string, string> | string): Promise<string[]> {
  const sources = await load(files)
  return sources.ok ? [] : sources.error.split('\n')
}

const usesIn = async (...lines: string[]) => {
  const { stacks } = await loaded(`stacks:\n  - { id: shop, uses: [${lines.join(', ')}] }\n`)
  return stacks.flatMap(({ uses }) => uses.map(formatUse))
}

describe('stacks in a sources file', () => {
  test('have an id, a name and what they use, in the order of the file', async () => {
    const { stacks } = await loaded(`
stacks:
  - { id: shop, name: Shop, uses: [aws/eu-west-1, stripe] }
  - id: back-office
    uses:
      - stack/shop
      - source/ours
sources:
  - { id: ours, kind: gatus, url: 'https://gatus.example.com', provider: ours }
`)
    expect(stacks.map(({ id, name, uses }) => [id, name, uses.map(formatUse)])).toEqual([
      ['shop', 'Shop', ['aws/eu-west-1', 'stripe']],
      ['back-office', 'Back Office', ['stack/shop', 'source/ours']],
    ])
  })

  test('write a use in the form that is shortest for it', async () => {
    expect(
      await usesIn(
        'aws/eu-west-1',
        "'aws/lambda@eu-west-1,us-east-1'",
        "'aws/ec2@use1-az4'",
        'azure/front-door',
        'datadog@us1',
        "'github[Actions]'",
        'github: [Actions, Packages]',
        'github: Pages',
        '{ vendor: datadog, site: eu1 }',
        '{ vendor: confluent, sites: [aws-eu-west-1], parts: [Kafka] }',
      ),
    ).toEqual([
      'aws/eu-west-1',
      'aws/lambda@eu-west-1,us-east-1',
      'aws/ec2@use1-az4',
      'azure/front-door',
      'datadog@us1',
      'github[Actions]',
      'github[Actions,Packages]',
      'github[Pages]',
      'datadog@eu1',
      'confluent@aws-eu-west-1[Kafka]',
    ])
  })

  test.each([
    ['aws/lamda', "'uses: aws/lamda' is neither a region nor a service of aws: did you mean aws/lambda?"],
    ['aws/eu-wset-1', "'uses: aws/eu-wset-1' is neither a region nor a service of aws: did you mean aws/eu-west-1?"],
    [
      'aws/toaster',
      "'uses: aws/toaster' is neither a region nor a service of aws: GET /api/regions and /api/services list them",
    ],
    ['awz/lambda', "'uses: awz/lambda' is neither a region nor a service: did you mean aws/lambda?"],
    [
      'moon/tycho-crater',
      "'uses: moon/tycho-crater' is neither a region nor a service: 'moon' is no cloud with regions",
    ],
    [
      'aws/lambda@eu-wset-1',
      "'uses: aws/lambda@eu-wset-1' names a place that aws does not have: 'eu-wset-1': did you mean eu-west-1?",
    ],
    ['github/actions', "'uses: github/actions' is no service: write github, or github: [actions] for a part of it"],
    ['strpie', "'uses: strpie' is not a vendor: did you mean stripe?"],
    ['GH', "'uses: GH' is not a use: did you mean github?"],
    ['Toaster', /^'uses: Toaster' is not a use: write /],
    ['AWS/Lambda@EU_WEST_1', "'uses: AWS/Lambda@EU_WEST_1' is not a use: did you mean aws/lambda@eu-west-1?"],
    ['azure/aks@West Europe', "'uses: azure/aks@West Europe' is not a use: did you mean azure/aks@westeurope?"],
    ['Google Cloud', "'uses: Google Cloud' is not a use: did you mean google?"],
    ['dynamodb', "'uses: dynamodb' is not a vendor: did you mean aws/dynamodb?"],
    ['eu-west-3', "'uses: eu-west-3' is not a vendor: did you mean aws/eu-west-3?"],
    ['gihtub: [Actions]', "'gihtub' is not a vendor: did you mean github?"],
    ['datadog@us9', "'uses: datadog@us9' names the site 'us9', which datadog does not have: did you mean us1?"],
    ['stripe@us1', "'uses: stripe@us1' names the site 'us1', but stripe has none: leave it out"],
    ['{ vendor: stripe, sites: [us1] }', /names the site 'us1', but stripe has none: leave it out$/],
    ['{ vendor: stripe, colour: blue }', /is not a use: write it like /],
    ['5', /'uses: 5' is not a use: write it like /],
    ['source/our', "'source/our' is not among the sources: did you mean source/ours?"],
    ['source/quite-another', "'source/quite-another' is not among the sources: add it, or leave it out"],
    ['probe/ours', "'probe/ours' is not a probe: write source/ours"],
    ['stack/shp', "'stack/shp' is not among the stacks: did you mean stack/shop?"],
    ['stack/shop', "'stack/shop' leads back to shop: leave out one use of the circle"],
  ])('refuse %s with its line and how to mend it', async (use, problem) => {
    const ours = "sources: [{ id: ours, kind: gatus, url: 'https://gatus.example.com', provider: ours }]\n"
    const [first = '', ...more] = await problemsIn(
      `${ours}stacks:\n  - id: shop\n    uses:\n      - stripe\n      - ${use}\n`,
    )
    expect(more).toEqual([])
    const prefix = 's.yaml line 6: '
    expect(first.slice(0, prefix.length)).toBe(prefix)
    if (typeof problem === 'string') expect(first.slice(prefix.length)).toBe(problem)
    else expect(first.slice(prefix.length)).toMatch(problem)
  })

  test('stand on one another across files, but in no circle', async () => {
    const { stacks } = await loaded({
      's.yaml': 'include: [t.yaml]\nstacks: [{ id: shop, uses: [stack/payments, stack/mine] }]\n',
      't.yaml': 'stacks: [{ id: payments, uses: [stripe] }]\nmine: { regions: [azure/westeurope] }\n',
    })
    expect(stacks.map(({ id }) => id)).toEqual(['mine', 'shop', 'payments'])
    expect(
      await problemsIn({
        's.yaml': 'include: [t.yaml]\nstacks: [{ id: a, uses: [stack/b] }]\n',
        't.yaml': 'stacks:\n  - { id: b, uses: [stack/c] }\n  - { id: c, uses: [stack/a] }\n',
      }),
    ).toEqual([
      "s.yaml line 2: 'stack/b' leads back to a: leave out one use of the circle",
      "t.yaml line 2: 'stack/c' leads back to b: leave out one use of the circle",
      "t.yaml line 3: 'stack/a' leads back to c: leave out one use of the circle",
    ])
  })

  test('have every id once, that of mine included', async () => {
    const twice = {
      's.yaml': 'include: [t.yaml]\nstacks: [{ id: a, uses: [] }]\n',
      't.yaml': 'stacks: [{ id: a, uses: [] }]\n',
    }
    expect(await problemsIn(twice)).toEqual([
      "t.yaml line 1: 'id: a' is taken already at s.yaml line 2: give every stack an id of its own",
    ])
    expect(await problemsIn('mine: { regions: [azure/westeurope] }\nstacks: [{ id: mine, uses: [] }]\n')).toEqual([
      "s.yaml line 2: 'id: mine' is taken already at 'mine:': give every stack an id of its own",
    ])
  })

  test('are held to what fits a record', async () => {
    expect(await problemsIn(`stacks: [{ id: a, uses: [${'stripe,'.repeat(501)}] }]\n`)).toEqual([
      "s.yaml line 1: 'uses' is too large or too long: at most 500 is allowed",
    ])
    expect(await problemsIn(`stacks: [{ id: A B, uses: [] }, { id: a }]\n`)).toEqual([
      "s.yaml line 1: 'id: A B' is not an id: use up to 64 of a-z, 0-9 and inner hyphens",
      "s.yaml line 1: 'uses' is missing: put it in square brackets",
    ])
  })
})

test('a thousand stacks may stand on each other in one chain', async () => {
  const lines = Array.from({ length: 999 }, (_, at) => `  - { id: s${at}, uses: [stripe, stack/s${at + 1}] }\n`)
  const { stacks, sources } = await loaded(`stacks:\n${lines.join('')}  - { id: s999, uses: [github] }\n`)
  expect(stacks).toHaveLength(1000)
  expect(sources.map(({ id }) => id)).toEqual(['stripe', 'github'])
})

test('mine has regions that there are', async () =>
  expect(await problemsIn('mine:\n  regions: [aws/eu-west-1, azure/westeuropa]\n')).toEqual([
    "s.yaml line 2: 'regions: azure/westeuropa' is not a region of the catalogue: did you mean 'azure/westeurope'?",
  ]))

test('mine is a stack of regions', async () => {
  const { stacks } = await loaded('mine: { regions: [azure/westeurope, aws/eu-west-1, azure/westeurope] }\n')
  expect(stacks).toEqual([
    {
      id: 'mine',
      name: 'Our regions',
      uses: [
        { kind: 'region', region: 'azure/westeurope' },
        { kind: 'region', region: 'aws/eu-west-1' },
      ],
    },
  ])
})

describe('what a stack uses', () => {
  const watchedBy = async (text: string) => (await loaded(text)).sources.map(({ id }) => id)

  test('is watched without being listed', async () => {
    const uses = "aws/eu-west-1, azure/front-door, stripe, 'github[Actions]', datadog@eu1, vercel@fra1"
    expect(await watchedBy(`stacks: [{ id: shop, uses: [${uses}] }]\n`)).toEqual([
      'aws-status',
      'azure-status',
      'stripe',
      'github',
      'datadog-eu1',
      'vercel',
    ])
  })

  test('is watched once, by the source that is listed', async () => {
    expect(
      await watchedBy(`
sources:
  - github
  - { id: our-aws, kind: aws-rss, url: 'https://status.example.com/rss', provider: aws }
stacks:
  - { id: shop, uses: [aws/eu-west-1, github] }
  - { id: payments, uses: [stack/shop, stripe, stripe] }
`),
    ).toEqual(['github', 'our-aws', 'stripe'])
    const own = "{ id: dd, kind: statuspage, url: 'https://status.datadoghq.eu', provider: datadog }"
    expect(await watchedBy(`sources: [${own}]\nstacks: [{ id: a, uses: [datadog@eu1] }]\n`)).toEqual(['dd'])
  })

  test('makes the feeds of its vendors those of a vendor', async () => {
    const { sources } = await loaded(
      "feeds: [{ id: stripe-blog, url: 'https://stripe.com/blog/feed', provider: stripe }]\nstacks: [{ id: a, uses: [stripe] }]\n",
    )
    expect(sources[0]).toMatchObject({ id: 'stripe-blog', isOfVendor: true })
  })

  test('is not watched where its status cannot be read, nor beside simulated providers', async () => {
    expect(await watchedBy('stacks: [{ id: a, uses: [fastly, fastly: [CDN]] }]\n')).toEqual([])
    expect(await watchedBy('simulated: true\nstacks: [{ id: a, uses: [stripe, aws/eu-west-1] }]\n')).toEqual([])
  })
})

test('an imported stack is written into the file as it is printed', async () => {
  const { uses } = importOf(threeClouds, 'GH Actions\nlambda frankfurt\ndatadog us1')
  const { stacks } = await loaded(`stacks:\n${stackYaml('shop', 'Shop', uses)}`)
  expect(stacks).toEqual([{ id: 'shop', name: 'Shop', uses: uses.map(({ use }) => use) }])
})

test.each(['README.md', 'docs/sources.md'])('the example in %s is one that a file may have', async name => {
  const text = await readFile(new URL(`../../../${name}`, import.meta.url), 'utf8')
  const [, example = ''] = /```yaml\n(sources:.*?)```/s.exec(text) ?? []
  expect((await loaded(example)).stacks.map(({ id }) => id)).toContain('shop')
})

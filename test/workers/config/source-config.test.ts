import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { SourceKind } from '../../../shared/domain/source.ts'
import { loadCatalogue } from '../../../shared/regions/catalogue.ts'
import { loadVendors } from '../../../shared/vendors/catalogue.ts'
import type { Known } from '../../../workers/config/known-names.ts'
import { parseSources } from '../../../workers/config/source-config.ts'
import { region } from '../../support/builders.ts'

const NAME = 'config/sources.yaml'
const statusKinds = SourceKind.exclude(['feed']).options.join(', ')

/** A file with one status source that has these fields beside the usual ones. */
const withSource = (fields: string) => `sources:\n  - { kind: statuspage, provider: hub, ${fields} }\n`
/** A file with one feed that has these fields. */
const withFeed = (fields: string) => `feeds:\n  - { ${fields} }\n`
const good = "id: hub, url: 'https://status.example.com'"

function read(text: string, vendors: Known['vendors'] = new Map()) {
  const result = parseSources(text, NAME, {}, { vendors })
  if (!result.ok) throw new Error(result.error)
  return result.value
}

function problems(text: string): string[] {
  const result = parseSources(text, NAME)
  return result.ok ? [] : result.error.split('\n')
}

describe('a sources file', () => {
  it('gives status sources and feeds together, in the order of the file', () => {
    const file = read(`
feeds:
  - { id: blog, url: 'https://blog.example.com/feed', provider: azure, every: 5m, topics: [cloud, security] }
sources:
  - { id: hub, kind: statuspage, url: 'https://status.example.com', provider: hub, every: 20s }
mine: { regions: [azure/westeurope, aws/eu-west-1, azure/westeurope] }
simulated: true
`)
    expect(file).toMatchObject({
      sources: [
        {
          id: 'hub',
          name: 'Hub',
          kind: 'statuspage',
          url: 'https://status.example.com',
          provider: 'hub',
          everyMs: 20_000,
          topics: [],
        },
        {
          id: 'blog',
          name: 'Blog',
          kind: 'feed',
          url: 'https://blog.example.com/feed',
          provider: 'azure',
          everyMs: 300_000,
          topics: ['cloud', 'security'],
        },
      ],
      mine: ['azure/westeurope', 'aws/eu-west-1'],
      simulated: true,
    })
  })

  it('polls a status source each minute and a feed each ten minutes when it does not say how often', () => {
    expect(read(withSource(good)).sources[0]?.everyMs).toBe(60_000)
    expect(read(withFeed(good)).sources[0]?.everyMs).toBe(600_000)
  })

  it('takes the id of a feed for its provider when none is named', () => {
    expect(read(withFeed(good)).sources[0]?.provider).toBe('hub')
  })

  it('may have lists in which every line is commented out', () => {
    expect(read('sources:\nfeeds:\n')).toMatchObject({ sources: [], mine: [], simulated: false })
  })

  it('may use an anchor to say a thing once', () => {
    const text = `feeds:\n  - { ${good}, topics: &t [cloud] }\n  - { id: b, url: 'https://b.example.com', topics: *t }\n`
    expect(read(text).sources.map(source => source.topics)).toEqual([['cloud'], ['cloud']])
  })
})

describe('an interval', () => {
  it.each([
    ['500ms', 500],
    ['20s', 20_000],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['24h', 86_400_000],
  ])('of %s is %d ms', (every, ms) => {
    expect(read(withSource(`${good}, every: ${every}`)).sources[0]?.everyMs).toBe(ms)
  })

  it.each(['5 minutes', '60', '1.5h', '-5s', '20S', 'soon', '99999999999s', '~'])('is never %s', every => {
    expect(problems(withSource(`${good}, every: ${every}`))[0]).toMatch(
      /^config\/sources\.yaml line 2: 'every: .+' is not a duration: write it like 20s, 5m or 1h$/,
    )
  })

  it.each(['499ms', '0s', '25h', '86401s'])('of %s is out of range', every => {
    expect(problems(withSource(`${good}, every: ${every}`))).toEqual([
      `${NAME} line 2: 'every: ${every}' is out of range: use 500ms to 24h`,
    ])
  })
})

describe('an address', () => {
  it.each(['ftp://example.com', 'javascript:alert(1)', 'example.com', 'https://', 'https://exa mple.com', '7'])(
    'is not %s',
    url => {
      expect(problems(withFeed(`id: a, url: '${url}'`))).toEqual([
        `${NAME} line 2: 'url: ${url}' is not a web address: write it like https://status.example.com`,
      ])
    },
  )

  it.each(['https://me:secret@example.com/feed', 'https://secret@example.com', 'ftp://me:secret@example.com'])(
    'that carries a secret is refused without showing it: %s',
    url => {
      const [problem] = problems(withFeed(`id: a, url: '${url}'`))
      expect(problem).toContain('***@example.com')
      expect(problem).not.toContain('secret@')
    },
  )
})

describe('the secret of a webhook', () => {
  it('that stands in the file itself is refused without showing it', () => {
    expect(problems(withSource(`${good}, webhook: a-secret-in-the-file`))).toEqual([
      expect.stringMatching(
        /line 2: 'webhook: \*\*\*' is not the name of a secret: write it like \$\{SOURCE_GITHUB_HOOK\}/,
      ),
    ])
  })
})

describe('an id', () => {
  it.each(['Git Hub', 'GITHUB', '-a', 'a-', 'a/b', 'ä', '5', 'x'.repeat(65)])('is not %s', id => {
    expect(problems(withFeed(`id: ${id}, url: 'https://a.example.com'`))[0]).toContain('is not an id: use up to 64 of')
  })

  it('is unique across both lists, and that is told beside other problems', () => {
    const text = `${withSource(good)}${withFeed(`${good}, every: soon`)}  - { ${good} }\n`
    expect(problems(text)).toEqual([
      `${NAME} line 4: 'every: soon' is not a duration: write it like 20s, 5m or 1h`,
      `${NAME} line 4: 'id: hub' is taken already: give every source and feed an id of its own`,
      `${NAME} line 5: 'id: hub' is taken already: give every source and feed an id of its own`,
    ])
  })
})

describe('a problem', () => {
  it('is told with every other, one a line, in the order of the file', () => {
    expect(
      problems(`sourcs: []
sources:
  - { id: a, kind: statspage, url: 'https://a.example.com' }
  - { id: b, kind: feed, url: 'https://b.example.com', provider: b }
  - hello
feeds:
  - { id: c, url: 'https://c.example.com', topics: [Cloud] }
  - id: d
    url: 'https://d.example.com'
    colour: blue
    topic: [cloud]
mine: { regions: [westeurope] }
simulated: 'yes'
`),
    ).toEqual([
      `${NAME} line 1: 'sourcs' is not a key here: did you mean 'sources'?`,
      `${NAME} line 3: 'kind: statspage' is not a known kind: use ${statusKinds}`,
      `${NAME} line 3: 'provider' is missing: use up to 64 of a-z, 0-9 and inner hyphens`,
      `${NAME} line 4: 'kind: feed' is not a kind of status: move this line under feeds`,
      `${NAME} line 5: 'sources: hello' is not a vendor: npm run vendors -- find <word> lists them`,
      `${NAME} line 7: 'topics: Cloud' is not a topic: use up to 64 of a-z, 0-9 and inner hyphens`,
      `${NAME} line 10: 'colour: blue' is not a key here: use id, name, url, private, provider, every, topics, webhook`,
      `${NAME} line 11: 'topic' is not a key here: did you mean 'topics'?`,
      `${NAME} line 12: 'regions: westeurope' is not a region: write it like azure/westeurope`,
      `${NAME} line 13: 'simulated: yes' is neither true nor false: write one of them`,
    ])
  })

  it.each([
    ['', 'line 1: the file is not a map'],
    ['- a', 'line 1: the file is not a map'],
    ['sources: 3', "line 1: 'sources: 3' is not a list"],
    ['\nsources: [', 'line 2: '],
    ['simulated: true\nsimulated: true', 'line 2: Map keys must be unique'],
    ['__proto__: { simulated: true }', "line 1: '__proto__' is not a key here"],
    ['sources: &a [*a]', "line 1: 'sources' is not a map"],
  ])('of the file as a whole has its line too: %j', (text, problem) => {
    expect(problems(text)[0]).toContain(problem)
  })
})

describe('a hostile file', () => {
  it('cannot unfold aliases without end', () => {
    const levels = [...'bcdefghij'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`)}]`)
    expect(problems(['a: &a [x]', ...levels].join('\n'))[0]).toContain('Excessive alias count')
  })

  it('cannot nest without end', () => {
    for (const text of ['['.repeat(1_000_000), '{a: '.repeat(250_000), `x: ${'- '.repeat(500_000)}`])
      expect(problems(text)).toEqual([
        expect.stringContaining('nests too deep: look for a bracket that is never closed'),
      ])
    expect(problems(`simulated: true # ${'[] '.repeat(2_000)}`)).toEqual([])
  })

  it('cannot answer one mistake with thousands of lines, or with all of itself', () => {
    const lines = Array.from(
      { length: 1_000 },
      (_, n) => `  - { id: s${n}, kind: statuspage, url: "https://s${n}.example.com" }`,
    )
    const told = problems(`sources: [a]]\n${lines.join('\n')}`)
    expect(told).toHaveLength(101)
    expect(told.at(-1)).toMatch(/^and \d+ more$/)
    for (const line of [...told, ...problems(`${'long'.repeat(5_000)}: 1`)]) expect(line.length).toBeLessThan(500)
  })

  it('cannot be longer than four million characters', () => {
    expect(problems(`#${' '.repeat(4_000_000)}`)[0]).toContain('longer than 4000000 characters: split it')
  })
})

describe('the default sources', async () => {
  const { vendors } = await loadVendors(new URL('../../../shared/vendors/', import.meta.url))
  const { sources, mine, simulated } = read(
    await readFile(new URL('../../../config/sources.yaml', import.meta.url), 'utf8'),
    vendors,
  )
  const kinds = (kind: string) => sources.filter(source => source.kind === kind)

  it('are real, and cover the three clouds with one source each', () => {
    expect(simulated).toBe(false)
    const clouds = sources.filter(
      ({ kind, provider }) => kind !== 'feed' && ['azure', 'aws', 'google'].includes(provider),
    )
    expect(clouds.map(({ kind }) => kind)).toEqual(['azure-rss', 'aws-events', 'google-incidents'])
  })

  it('have at least 14 status pages and 20 feeds, all encrypted and each once', () => {
    expect(kinds('statuspage').length).toBeGreaterThanOrEqual(14)
    expect(kinds('feed').length).toBeGreaterThanOrEqual(20)
    expect(sources.filter(source => !source.url.startsWith('https://'))).toEqual([])
    expect(new Set(sources.map(source => source.url)).size).toBe(sources.length)
  })

  it('put every feed under a topic', () => {
    expect(kinds('feed').filter(feed => feed.topics.length === 0)).toEqual([])
  })

  it('call mine only what the catalogue knows', async () => {
    const { regions } = await loadCatalogue(new URL('../../../shared/regions/', import.meta.url))
    expect(mine.length).toBeGreaterThan(0)
    expect(mine.filter(region => !regions.has(region))).toEqual([])
  })
})

describe('a probe', () => {
  const regions = new Map(['azure/westeurope', 'azure/northeurope', 'aws/eu-west-1'].map(id => [id, region(id)]))
  const parse = (row: string) =>
    parseSources(`sources:\n  - { ${row} }\n`, NAME, { SOURCE_KEY: 'a-secret-key' }, { regions, vendors: new Map() })
  const page = `${good}, kind: statuspage, provider: hub`
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is how addresses refer to the environment
  const blob = "id: blob, kind: probe, url: 'https://blob.example.com/?key=${SOURCE_KEY}', provider: azure"

  it('has a region, and expects what browsers take for an answer unless told otherwise', () => {
    expect(parse(`${blob}, region: azure/westeurope, every: 30s`)).toMatchObject({
      ok: true,
      value: {
        sources: [
          {
            kind: 'probe',
            region: 'azure/westeurope',
            expect: { from: 200, to: 399 },
            everyMs: 30_000,
            secrets: { SOURCE_KEY: 'a-secret-key' },
          },
        ],
      },
    })
    const one = parse(`${blob}, region: azure/westeurope, expect: 401`)
    expect(one.ok && one.value.sources[0]).toMatchObject({ expect: { from: 401, to: 401 } })
  })

  it.each(['tcp://db.example.com:5432', 'tls://[2001:db8::1]:443'])('may connect only: %s', url => {
    expect(parse(`id: db, kind: probe, url: '${url}', provider: azure, region: azure/westeurope`).ok).toBe(true)
  })

  it.each([
    [blob, "'region' is missing: write it like azure/westeurope"],
    [
      `${blob}, region: azure/westeurop`,
      "'region: azure/westeurop' is not a region of the catalogue: did you mean 'azure/westeurope'?",
    ],
    [
      `${blob}, region: moon/tycho`,
      "'region: moon/tycho' is not a region of the catalogue: GET /api/regions lists them",
    ],
    [`${blob}, region: westeurope`, "'region: westeurope' is not a region: write it like azure/westeurope"],
    [
      `${blob}, region: azure/westeurope, expect: 399-200`,
      "'expect: 399-200' is no range of HTTP statuses: write it like 200-399 or 401",
    ],
    [
      `${blob}, region: azure/westeurope, expect: fine`,
      "'expect: fine' is no range of HTTP statuses: write it like 200-399 or 401",
    ],
    [
      "id: db, kind: probe, url: 'tcp://db.example.com:5432', provider: azure, region: azure/westeurope, expect: 200",
      "'expect: 200' belongs to http and https only: leave it out",
    ],
    [
      "id: db, kind: probe, url: 'tcp://db.example.com', provider: azure, region: azure/westeurope",
      "'url: tcp://db.example.com' is not a web address: write it like https://status.example.com",
    ],
    [`${page}, region: azure/westeurope`, "'region: azure/westeurope' belongs to probes only: leave it out"],
    [`${page}, expect: 200`, "'expect: 200' belongs to probes only: leave it out"],
    [
      "id: db, kind: statuspage, url: 'tls://db.example.com:443', provider: azure",
      "'url: tls://db.example.com:443' is not a web address: write it like https://status.example.com",
    ],
  ])('is refused in one line where a field does not fit: %s', (row, problem) => {
    expect(parse(row)).toEqual({ ok: false, error: `${NAME} line 2: ${problem}` })
  })
})

import { describe, expect, test } from 'vitest'
import { loadVendors } from '../../../shared/vendors/catalogue.ts'
import { parseSources } from '../../../workers/config/source-config.ts'

const { vendors } = await loadVendors(new URL('../../../shared/vendors/', import.meta.url))
const parse = (text: string) => parseSources(text, 'sources.yaml', {}, { vendors })

function sourcesIn(text: string) {
  const parsed = parse(text)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value.sources
}

function problemsIn(text: string): string[] {
  const parsed = parse(text)
  return parsed.ok ? [] : parsed.error.split('\n')
}

describe('a source by name', () => {
  test('is what the list of vendors has for it', () => {
    expect(sourcesIn('sources: [github, google]\n')).toEqual([
      {
        id: 'github',
        name: 'GitHub',
        kind: 'statuspage',
        url: 'https://www.githubstatus.com',
        provider: 'github',
        everyMs: 60_000,
        topics: [],
      },
      {
        id: 'google-status',
        name: 'Google Cloud',
        kind: 'google-incidents',
        url: 'https://status.cloud.google.com/incidents.json',
        provider: 'google',
        everyMs: 60_000,
        topics: [],
      },
    ])
  })

  test('may be of one site, with an interval and a name of its own', () => {
    const [eu, us] = sourcesIn(`
sources:
  - { use: datadog, site: eu1, every: 30s, name: Our Datadog }
  - { use: datadog, site: us1 }
`)
    expect(eu).toMatchObject({
      id: 'datadog-eu1',
      provider: 'datadog',
      name: 'Our Datadog',
      url: 'https://status.datadoghq.eu',
      everyMs: 30_000,
    })
    expect(us).toMatchObject({ id: 'datadog', url: 'https://status.datadoghq.com' })
  })

  test('stands beside sources by address, in the order of the file', () => {
    const text = `
sources:
  - stripe
  - { id: ours, kind: gatus, url: 'https://gatus.example.com', provider: ours }
  - slack
`
    expect(sourcesIn(text).map(({ id }) => id)).toEqual(['stripe', 'ours', 'slack'])
  })

  test.each([
    ['strpie', "'sources: strpie' is not a vendor: did you mean stripe?"],
    ['GH', "'sources: GH' is not a vendor: did you mean github?"],
    ['toaster', "'sources: toaster' is not a vendor: npm run vendors -- find <word> lists them"],
    ['{ use: strpie }', "'use: strpie' is not a vendor: did you mean stripe?"],
    ['{ use: datadog, site: us9 }', "'site: us9' is not a site of datadog: did you mean us1?"],
    [
      '{ use: datadog, site: mars }',
      "'site: mars' is not a site of datadog: use us1, us3, us5, eu1, ap1, ap2, us1-fed, us2-fed",
    ],
    ['{ use: stripe, site: us }', "'site: us' has no status page of its own: leave it out, stripe has one for all"],
    [
      'fastly',
      "'sources: fastly' has no status page in a format that can be read: leave it out, people find it at https://www.fastlystatus.com",
    ],
    ['{ use: stripe, evry: 30s }', "'evry: 30s' is not a key here: did you mean 'every'?"],
    ['{ use: stripe, every: soon }', "'every: soon' is not a duration: write it like 20s, 5m or 1h"],
    ['5', "'sources: 5' is not a map: write it as key: value"],
    ["'__proto__'", "'sources: __proto__' is not a vendor: npm run vendors -- find <word> lists them"],
  ])('is refused with its line and how to mend it: %s', (line, problem) => {
    expect(problemsIn(`sources:\n  - github\n  - ${line}\n`)).toEqual([`sources.yaml line 3: ${problem}`])
  })

  test('is in the list once, however it is written', () => {
    const taken = 'is taken already: give every source and feed an id of its own'
    const listed = 'is listed already: leave it out'
    const address = "{ id: github, kind: statuspage, url: 'https://www.githubstatus.com', provider: github }"
    expect(problemsIn(`sources:\n  - github\n  - github\n`)).toEqual([
      `sources.yaml line 3: 'sources: github' ${listed}`,
    ])
    expect(problemsIn(`sources:\n  - github\n  - ${address}\n`)).toEqual([`sources.yaml line 3: 'id: github' ${taken}`])
    expect(problemsIn(`sources:\n  - datadog\n  - { use: datadog, site: us1 }\n`)).toEqual([
      `sources.yaml line 3: 'use: datadog' ${listed}`,
    ])
  })

  test('may be any vendor with a page that can be read', () => {
    const named = [...vendors.values()].filter(({ hasSource }) => hasSource)
    const lines = named.map(({ id }) => `  - ${/^\d+$/.test(id) ? `'${id}'` : id}\n`)
    expect(sourcesIn(`sources:\n${lines.join('')}`).map(({ provider }) => provider)).toEqual(named.map(({ id }) => id))
  })
})

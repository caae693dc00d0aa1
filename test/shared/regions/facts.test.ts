import { describe, expect, it } from 'vitest'
import { RegionFacts } from '../../../shared/domain/region.ts'
import { loadCatalogue } from '../../../shared/regions/catalogue.ts'
import { addFacts } from '../../../shared/regions/facts.ts'
import { region } from '../../support/builders.ts'

const regions = new Map([region('a/west'), region('a/east')].map(one => [one.id, one]))
const table = (heading: string, ...rows: string[]) =>
  `# a comment\n${[heading, ...rows].map(row => row.replaceAll(' | ', '\t')).join('\n')}\n`
const grid = (...rows: string[]) => ({
  name: 'facts/carbon-grid.tsv',
  text: table('region | zone | match | intensity | carbonFree | year', ...rows),
})
const published = (...rows: string[]) => ({
  name: 'facts/carbon-published.tsv',
  text: table('region | intensity | carbonFree | year', ...rows),
})
const claims = (...rows: string[]) => ({
  name: 'facts/claims.tsv',
  text: table('region | claim | value | source | date', ...rows),
})
const problems = (...files: { name: string; text: string }[]): string[] => {
  const result = addFacts(regions, files)
  return result.ok ? [] : result.error.split('\n')
}

describe('tables of facts', () => {
  it('give a region its facts, and its record what lists need at once', () => {
    const result = addFacts(regions, [
      grid('a/west | NL | country | 268 | 0.5 | 2025'),
      published('a/west | 250.5 | 0.57 | 2025'),
      claims(
        'a/west | residency | NL | https://a.example/residency | 2026-01-31',
        'a/west | restricted | on request | https://a.example/list | 2026-02-01',
      ),
    ])
    if (!result.ok) throw new Error(result.error)
    expect(result.value.regions.get('a/west')).toMatchObject({ carbonFree: 0.57, residency: 'NL', restricted: true })
    expect(result.value.facts.get('a/west')).toEqual({
      grid: { zone: 'NL', match: 'country', intensity: 268, carbonFree: 0.5, year: 2025 },
      published: { intensity: 250.5, carbonFree: 0.57, year: 2025 },
      claims: [
        { claim: 'residency', value: 'NL', source: 'https://a.example/residency', date: '2026-01-31' },
        { claim: 'restricted', value: 'on request', source: 'https://a.example/list', date: '2026-02-01' },
      ],
    })
  })

  it('leave a region without a line without a claim, and never take the grid for the provider', () => {
    const result = addFacts(regions, [grid('a/east | NL | country | 268 | 0.5 | 2025')])
    if (!result.ok) throw new Error(result.error)
    expect(result.value.regions.get('a/east')).toMatchObject({ carbonFree: null, residency: null, restricted: false })
    expect(result.value.facts.get('a/west')).toEqual({ grid: null, published: null, claims: [] })
  })

  it.each([
    [grid('a/north | NL | country | 268 | 0.5 | 2025'), "'a/north' is no region of the catalogue: use the id of one"],
    [grid('a/west | nl | country | 268 | 0.5 | 2025'), "'zone: nl' is not a zone of Electricity Maps: write it like"],
    [
      grid('a/west | NL | guess | 268 | 0.5 | 2025'),
      "'match: guess' is not among what is allowed: use listed, nearest,",
    ],
    [grid('a/west | NL | country | -1 | 0.5 | 2025'), "'intensity: -1' is not an intensity: write gCO2e per kWh"],
    [grid('a/west | NL | country | 268 | 57 | 2025'), "'carbonFree: 57' is not a share: write 0 to 1"],
    [grid('a/west | NL | country | 268 | 2025'), 'has 5 columns: write region, zone, match, intensity'],
    [published('a/west | 268 | 0,5 | 2025'), "'carbonFree: 0,5' is not a share: write 0 to 1"],
    [published('a/west | 268 | 0.5 | 25'), "'year: 25' is not a year: write four digits"],
    [claims('a/west | fast | yes | https://a.example | 2026-01-31'), "'claim: fast' is not among what is allowed"],
    [claims('a/west | fedramp | High | memory | 2026-01-31'), "'source: memory' is no address: a claim needs the page"],
    [claims('a/west | fedramp | High | https://a.example | May'), "'date: May' is not a day: write YYYY-MM-DD"],
  ])('say what is wrong, in which line: %j', (file, problem) => {
    expect(problems(file)).toEqual([expect.stringContaining(`${file.name} line 3: ${problem}`)])
  })

  it('take one line a region, and one a claim of a region', () => {
    const line = 'a/west | NL | country | 268 | 0.5 | 2025'
    expect(problems(grid(line, line))).toEqual(["facts/carbon-grid.tsv line 4: 'a/west' has a line already: keep one"])
    const claim = 'a/west | residency | NL | https://a.example | 2026-01-31'
    expect(problems(claims(claim, claim))).toEqual([
      "facts/claims.tsv line 4: 'a/west residency' has a line already: keep one",
    ])
  })

  it('are known by their names', () => {
    expect(problems({ name: 'facts/water.tsv', text: '' })).toEqual([
      'facts/water.tsv: is no table of facts: the tables are carbon-grid.tsv, carbon-published.tsv, claims.tsv',
    ])
  })
})

describe('the facts of this project', async () => {
  const catalogue = await loadCatalogue(new URL('../../../shared/regions/', import.meta.url))
  const all = [...catalogue.facts]
  const claiming = (wanted: string) =>
    all.filter(([, { claims: its }]) => its.some(({ claim }) => claim === wanted)).map(([id]) => id)

  it('are whole records', () => {
    for (const [, facts] of all) expect(RegionFacts.parse(facts)).toEqual(facts)
  })

  it('name the grid of every region, and a share of their provider only for Google', () => {
    expect(all.filter(([, { grid: own }]) => own === null)).toEqual([])
    expect(new Set(all.flatMap(([id, { published: own }]) => (own ? [id.split('/')[0]] : [])))).toEqual(
      new Set(['google']),
    )
    expect(catalogue.facts.get('google/us-east4')).toMatchObject({
      grid: { zone: 'US-MIDA-PJM', intensity: 418, carbonFree: 0.39 },
      published: { intensity: 343.48, carbonFree: 0.57 },
    })
  })

  it('mark the regions of Azure that open only on request', () => {
    expect(claiming('restricted').map(id => id.replace('azure/', ''))).toEqual([
      'brazilsoutheast',
      'francesouth',
      'germanynorth',
      'switzerlandwest',
      'norwaywest',
      'swedensouth',
      'uaecentral',
      'southafricawest',
      'australiacentral2',
      'chinaeast3',
    ])
    expect([...catalogue.regions.values()].filter(({ restricted }) => restricted)).toHaveLength(10)
  })

  it('claim no residency where none is committed to', () => {
    const committed = new Set(claiming('residency').map(id => id.split('/')[0]))
    expect(committed).toEqual(new Set(['aws', 'azure', 'google']))
    for (const id of ['azure/brazilsouth', 'azure/southeastasia', 'aws/cn-north-1', 'azure/chinanorth3', 'ovh/gra'])
      expect(catalogue.regions.get(id)?.residency, id).toBeNull()
    expect(catalogue.regions.get('azure/westeurope')?.residency).toBe('EU')
    expect(catalogue.regions.get('google/europe-west3')?.residency).toBe('DE')
  })

  it('commit to the country in which a region stands, or to the EU', () => {
    for (const { id, residency, country } of catalogue.regions.values())
      if (residency !== null) expect([country, 'EU'], id).toContain(residency)
  })

  it('claim nothing of a region that has not opened', () => {
    const announced = all.filter(([id]) => catalogue.regions.get(id)?.state === 'announced')
    expect(announced.filter(([, { claims: its }]) => its.length > 0)).toEqual([])
  })

  it.each([
    ['government', 14],
    ['sovereign', 3],
    ['operator', 8],
    ['eu-boundary', 20],
    ['fedramp', 31],
  ])('state %s for %d regions', (claim, count) => expect(claiming(claim)).toHaveLength(count))
})

describe('corrections of the catalogue', async () => {
  const { regions: known } = await loadCatalogue(new URL('../../../shared/regions/', import.meta.url))

  it.each([
    'alibaba/ap-southeast-8',
    'alibaba/eu-west-2',
    'alibaba/sa-east-1',
    'alibaba/cn-zhongwei',
    'oracle/af-casablanca-1',
    'oracle/ap-kulai-2',
    'linode/fr-par-2',
    'linode/us-iad-2',
    'digitalocean/ric1',
    'azure/southeastasia3',
  ])('%s is known', id => expect(known.has(id)).toBe(true))

  it('zones and states are as their sources say', () => {
    expect(known.get('azure/northcentralus')?.zones).toBeNull()
    expect(known.get('azure/eastus2')?.zones).toBe(3)
    expect(known.get('scaleway/it-mil')).toMatchObject({ state: 'open', zones: 1 })
    expect(known.get('azure/southeastasia3')?.state).toBe('announced')
  })
})

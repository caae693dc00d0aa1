import { describe, expect, test } from 'vitest'
import { loadCatalogue } from '../../../shared/regions/catalogue.ts'
import { loadVendors, parseVendors, vendorFacts } from '../../../shared/vendors/catalogue.ts'

const shared = new URL('../../../shared/', import.meta.url)
const { vendors, dependencies } = await loadVendors(new URL('vendors/', shared))
const { regions, providers } = await loadCatalogue(new URL('regions/', shared))
const all = [...vendors.values()]
const sources = all.flatMap(({ source, siteSources }) =>
  [...new Set([source, ...siteSources.values()])].flatMap(one => one ?? []),
)

describe('the vendors', () => {
  test('are the ones that teams depend on, and most can be watched by name', () => {
    expect(all.length).toBeGreaterThan(550)
    expect(all.filter(({ hasSource }) => hasSource).length).toBeGreaterThan(430)
    for (const id of ['github', 'stripe', 'datadog', 'cloudflare', 'openai'])
      expect(vendors.get(id)?.hasSource, id).toBe(true)
  })

  test('have every provider with regions among them', () => {
    for (const id of providers.keys()) expect(vendors.has(id), id).toBe(true)
  })

  test('have well-formed addresses over TLS, without what a browser would not send', () => {
    for (const { id, addresses } of all)
      for (const { url: address } of addresses) {
        const { protocol, username, hash, href } = new URL(address)
        expect([id, protocol, username, hash]).toEqual([id, 'https:', '', ''])
        expect([address, `${address}/`], id).toContain(href)
      }
  })

  test('give each source an id of its own', () => {
    const ids = sources.map(({ id }) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    for (const { id, provider } of sources) if (vendors.has(id)) expect(id).toBe(provider)
  })

  test('keep the ids of sources that were there before the list', () => {
    expect(['azure', 'aws', 'google', 'oracle', 'ovh'].map(id => vendors.get(id)?.source?.id)).toEqual([
      'azure-status',
      'aws-status',
      'google-status',
      'oracle-status',
      'ovh-public-cloud',
    ])
  })

  test('lie in regions that the catalogue knows', () => {
    expect(dependencies.length).toBeGreaterThan(350)
    for (const { region, site, vendor } of dependencies) {
      expect(regions.has(region), `${vendor}@${site} in ${region}`).toBe(true)
      expect(vendors.get(vendor)?.sites).toContain(site)
    }
  })
})

describe('a vendor with sites', () => {
  const datadog = vendors.get('datadog')
  const facts = vendorFacts({ vendors, dependencies })

  test('has one source a site, and its own is the first site', () => {
    expect(datadog?.source?.id).toBe('datadog')
    expect(datadog?.siteSources.get('us1')).toBe(datadog?.source)
    expect(datadog?.siteSources.get('eu1')).toEqual({
      id: 'datadog-eu1',
      name: 'Datadog EU1',
      kind: 'statuspage',
      url: 'https://status.datadoghq.eu',
      provider: 'datadog',
    })
  })

  test('tells the site of each source, and where it runs', () => {
    expect([facts.siteOf('datadog'), facts.siteOf('datadog-eu1'), facts.siteOf('github')]).toEqual(['us1', 'eu1', null])
    expect(facts.dependencies('datadog', 'us1')).toMatchObject([{ region: 'aws/us-east-1', isCertain: true }])
    expect(facts.dependencies('newrelic', 'eu')).toMatchObject([{ region: 'aws/eu-central-1', isCertain: false }])
    expect(facts.dependencies('datadog', 'nowhere')).toEqual([])
  })
})

describe('a list of vendors', () => {
  const problemsOf = (text: string, depends = 'vendor\tsite\tregion\trelation\tsource\n', name = 'data.yaml') => {
    const parsed = parseVendors([{ name, text }], { name: 'depends.tsv', text: depends })
    return parsed.ok ? [] : parsed.error.split('\n')
  }
  const shop = "{ id: shop, name: Shop, kind: statuspage, url: 'https://status.shop.com' }"

  test.each([
    [
      'a word of two vendors',
      `vendors:\n  - ${shop}\n  - { id: other, name: Other, aliases: [SHOP], home: 'https://other.com' }`,
      "data.yaml line 3: 'other: shop' also means shop: leave out a word that two vendors share",
    ],
    [
      'an unknown kind',
      `vendors:\n  - ${shop.replace('statuspage', 'statuspages')}`,
      /^data\.yaml line 2: 'kind: statuspages' is not among what is allowed: use azure-rss, /,
    ],
    [
      'a kind without an address',
      "vendors:\n  - { id: shop, name: Shop, kind: statuspage, home: 'https://status.shop.com' }",
      "data.yaml line 2: 'kind: statuspage' and url belong together: write both or neither",
    ],
    [
      'no address at all',
      'vendors:\n  - { id: shop, name: Shop }',
      "data.yaml line 2: 'home' is missing: write the address of its status page",
    ],
    [
      'an address that is none',
      "vendors:\n  - { id: shop, name: Shop, kind: statuspage, url: 'status.shop.com' }",
      "data.yaml line 2: 'url: status.shop.com' is not a web address: write it like https://status.example.com",
    ],
    [
      'a host with a path',
      `vendors:\n  - ${shop.replace('kind', 'domains: [shop.com/a], kind')}`,
      "data.yaml line 2: 'domains: shop.com/a' is not a host: write it like example.com, in small letters",
    ],
  ])('refuses %s', (_, text, problem) => {
    expect(problemsOf(text)).toEqual([typeof problem === 'string' ? problem : expect.stringMatching(problem)])
  })

  test('refuses a file that is named for no category', () => {
    expect(problemsOf('vendors: []', undefined, 'toys.yaml')).toEqual([
      expect.stringMatching(/^toys\.yaml: is not named for a category: use cloud, /),
    ])
  })

  test('refuses dependencies of nobody, and on what is no region', () => {
    const row = (vendor: string, region: string) =>
      `vendor\tsite\tregion\trelation\tsource\n${vendor}\tus\t${region}\truns-in\tits documentation\n`
    expect(problemsOf(`vendors:\n  - ${shop}`, row('shopp', 'aws/us-east-1'))).toEqual([
      "depends.tsv line 2: 'vendor: shopp' is not a vendor of the list: add its line",
    ])
    expect(problemsOf(`vendors:\n  - ${shop}`, row('shop', 'us-east-1'))).toEqual([
      "depends.tsv line 2: 'region: us-east-1' is not the id of a region: write <provider>/<code>",
    ])
  })
})

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SourceKind } from '../../../shared/domain/source.ts'
import { loadCatalogue } from '../../../shared/regions/catalogue.ts'
import { parseVendors } from '../../../shared/vendors/catalogue.ts'
import { candidatesOf, detect, guessProvider, typedAddress } from '../../../workers/config/detect.ts'
import { parseSources } from '../../../workers/config/source-config.ts'
import { readers } from '../../../workers/formats/registry.ts'
import { createHttp } from '../../../workers/http/http.ts'
import { placeMatcher } from '../../../workers/places/places.ts'
import { type Simulator, startSimulator } from '../../simulator/server.ts'
import { loadStory } from '../../simulator/story.ts'
import { NOON } from '../../support/builders.ts'
import { fixture } from '../formats/reading.ts'

it.each([
  ['githubstatus.com', 'https://githubstatus.com'],
  ['status.example.com:8080/history', 'https://status.example.com:8080/history'],
  ['http://status.example.com', 'http://status.example.com'],
  ['ftp://status.example.com', null],
  ['github', null],
  ['', null],
])('the typed address %j is %j', (typed, address) => expect(typedAddress(typed)).toBe(address))

describe('the provider that an address is of', () => {
  const known = new Set(['azure', 'aws', 'google'])

  it.each([
    ['https://www.githubstatus.com', 'github'],
    ['https://slack-status.com', 'slack'],
    ['https://status.flyio.net', 'flyio'],
    ['https://status.example.co.uk/history.rss', 'example'],
    ['https://ours.statuspage.io', 'ours'],
    ['https://rssfeed.azure.status.microsoft/en-us/status/feed/', 'azure'],
    ['https://health.aws.amazon.com/public/currentevents', 'aws'],
    ['https://status.cloud.google.com/incidents.json', 'google'],
    ['https://github.com/ours/status', 'ours'],
    ['http://127.0.0.1:3000/feeds/our-notes.rss', 'our-notes'],
    ['http://[::1]/', 'unnamed'],
  ])('of %s is %s', (url, provider) => expect(guessProvider(url, known)).toBe(provider))
})

describe('the formats to try', () => {
  const kindsAt = (url: string): SourceKind[] => candidatesOf(url, readers, 'x').map(({ source }) => source.kind)

  it('begin with the one that is at home there, and end with those that any feed would do for', () => {
    const kinds = kindsAt('https://slack-status.com')
    expect(kinds[0]).toBe('slack')
    expect(kinds.slice(-2)).toEqual(['rss-status', 'feed'])
  })

  it.each([
    ['https://status.dev.azure.com/', 'azure-devops'],
    ['https://status.salesforce.com/instances/NA137', 'salesforce-trust'],
    ['https://api.status.salesforce.com/v1/incidents/active', 'salesforce-trust'],
    ['https://status.zendesk.com/?subdomain=acme', 'zendesk'],
    ['https://status.pagerduty.com', 'pagerduty'],
  ])('of %s begin with %s, and others do not try it', (url, kind) => {
    expect(kindsAt(url)[0]).toBe(kind)
    if (kind !== 'pagerduty') expect(kindsAt('https://status.example.com')).not.toContain(kind)
  })

  it('leave out the clouds that would read any feed, unless it is theirs', () => {
    expect(kindsAt('https://status.example.com/history.rss')).not.toContain('azure-rss')
    expect(kindsAt('https://azure.microsoft.com/en-us/blog/feed/')).not.toContain('azure-rss')
    expect(kindsAt('https://status.aws.amazon.com/rss/all.rss')[0]).toBe('aws-rss')
    expect(kindsAt('https://aws.amazon.com/blogs/aws/feed/')).not.toContain('aws-rss')
  })
})

describe('on a host of many formats', async () => {
  const catalogue = await loadCatalogue(new URL('../../../shared/regions/', import.meta.url))
  const http = createHttp({ userAgent: 'test' })
  const deps = {
    http,
    isPrivate: true,
    readers,
    places: placeMatcher(catalogue.regions.values()),
    providers: new Set(catalogue.providers.keys()),
    vendors: new Map(),
    now: NOON,
  }
  const look = async (url: string): Promise<string> => {
    const found = await detect(url, deps)
    return found.ok ? found.value : found.error
  }

  let simulator: Simulator
  let pages: Server
  let own: string
  beforeAll(async () => {
    simulator = await startSimulator({
      story: loadStory(new URL('../../simulator/stories/demo.yaml', import.meta.url)),
      clock: () => NOON,
    })
    while (simulator.step()) if (simulator.world.incidents.length > 8) break
    const documents = new Map([
      ['/api/status-page/main', await fixture('uptime-kuma-page.json')],
      ['/api/status-page/heartbeat/main', await fixture('uptime-kuma-heartbeats.json')],
      ['/gatus/api/v1/endpoints/statuses?page=1&pageSize=1', await fixture('gatus.json')],
      ['/copy/history/summary.json', await fixture('upptime.json')],
      ['/slack/api/v2.0.0/current', await fixture('slack.json')],
      ['/heroku/api/v4/current-status', await fixture('heroku.json')],
      ['/history.rss', await fixture('status-history.rss.xml')],
      ['/news.rss', await fixture('rss2.xml')],
      ['/quiet.rss', '<rss version="2.0"><channel><title>x</title></channel></rss>'],
    ])
    pages = createServer((request, response) => {
      const document = documents.get(request.url ?? '')
      response.writeHead(document === undefined ? 404 : 200).end(document)
    })
    await new Promise<void>(resolve => pages.listen(0, '127.0.0.1', resolve))
    own = `http://127.0.0.1:${(pages.address() as AddressInfo).port}` // it listens on TCP
  })
  afterAll(async () => {
    await http.close()
    await simulator.close()
    pages.closeAllConnections()
    pages.close()
  })

  it.each([
    ['/statuspage/github', 'statuspage', 'github'],
    ['/azure/en-us/status/feed/', 'azure-rss', 'azure'],
    ['/aws/public/currentevents', 'aws-events', 'aws'],
    ['/aws/rss/all.rss', 'aws-rss', 'aws'],
    ['/google/incidents.json', 'google-incidents', 'google'],
  ])('the simulated %s is found to be %s', async (path, kind, provider) => {
    const told = await look(simulator.url + path)
    expect(told).toContain(`${kind}: `)
    expect(told).toContain(
      `  - { id: ${provider}, kind: ${kind}, url: '${simulator.url}${path}', provider: ${provider}, private: true }`,
    )
  })

  it.each([
    ['/status/main', 'uptime-kuma', '6 components, 4 incidents (3 open)'],
    ['/gatus', 'gatus', '3 components'],
    ['/copy', 'upptime', '4 components'],
    ['/slack', 'slack', '5 incidents (2 open)'],
    ['/heroku', 'heroku', '3 components, 4 incidents (2 open)'],
    ['/history.rss', 'rss-status', '5 incidents (3 open)'],
    ['/news.rss', 'feed', 'articles'],
  ])('%s is found to be %s, and what is in it is told', async (path, kind, contents) => {
    const told = await look(own + path)
    expect(told.startsWith(`${kind}: `)).toBe(true)
    expect(told.split('\n')[0]).toContain(contents)
  })

  it('the line that is told is one that a sources file may have', async () => {
    for (const path of ['/gatus', '/news.rss']) {
      const [, list, line] = /under (\w+),[^\n]*\n(.*)/.exec(await look(own + path)) ?? []
      const file = parseSources(`${list}:\n${line}\n`, 'config/sources.yaml')
      expect(file.ok && file.value.sources).toMatchObject([{ url: own + path }])
    }
  })

  it('what is the page of a vendor of the list is told by its name, whether it can be read or not', async () => {
    const text = `vendors:
  - { id: ours, name: Ours, kind: gatus, url: '${own}/gatus', sites: [{ id: us }, { id: eu, url: '${own}/nothing' }] }
  - { id: unread, name: Unread, home: '${own}/quiet.rss' }`
    const listed = parseVendors([{ name: 'other.yaml', text }])
    if (!listed.ok) throw new Error(listed.error)
    const lookListed = async (path: string) => {
      const found = await detect(own + path, { ...deps, vendors: listed.value.vendors })
      return found.ok ? found.value : found.error
    }
    expect(await lookListed('/gatus')).toMatch(
      /^This is ours\. gatus: .*component.*\nAdd this under sources:\n {2}- ours$/,
    )
    expect(await lookListed('/nothing')).toBe(
      'This is ours. Its page cannot be read at present.\nAdd this under sources:\n  - { use: ours, site: eu }',
    )
    expect(await lookListed('/quiet.rss')).toContain('it is empty, so that nobody can tell')
  })

  it('the part of a vendor that an address asks for is not told by the name, which means all of it', async () => {
    const [trust, desk] = [`${simulator.url}/salesforce/salesforce`, `${simulator.url}/zendesk/zendesk`]
    const text = `vendors:
  - { id: salesforce, name: Salesforce, kind: salesforce-trust, url: '${trust}' }
  - { id: zendesk, name: Zendesk, kind: zendesk, url: '${desk}' }`
    const listed = parseVendors([{ name: 'other.yaml', text }])
    if (!listed.ok) throw new Error(listed.error)
    const lookListed = async (url: string) => {
      const found = await detect(url, { ...deps, vendors: listed.value.vendors })
      return found.ok ? found.value : found.error
    }
    expect(await lookListed(desk)).toContain('This is zendesk.')
    const pod = `${desk}/api/ssp/incidents.json?subdomain=acme`
    expect(await lookListed(pod)).toContain(`kind: zendesk, url: '${pod}'`)
    const some = `${trust}/v1/instances/status/preview?products=Sales_Cloud`
    expect(await lookListed(some)).toContain(`kind: salesforce-trust, url: '${some}'`)
  })

  it('what is nothing of all that gets a line a format that says why not', async () => {
    const told = await look(`${own}/nothing`)
    const [, ...reasons] = told.split('\n')
    expect(reasons).toHaveLength(candidatesOf(`${own}/nothing`, readers, 'x').length)
    for (const reason of reasons) expect(reason).toMatch(/^ {2}[a-z-]+ at http\S+: \S.*404/)
  })

  it('an empty feed could be anything, so it is nothing', async () =>
    expect(await look(`${own}/quiet.rss`)).toContain('it is empty, so that nobody can tell'))
})

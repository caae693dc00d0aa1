import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadCatalogue } from '../../../shared/regions/catalogue.ts'
import { detect } from '../../../workers/config/detect.ts'
import { homesOf, knownAddress } from '../../../workers/config/detect-addresses.ts'
import { readers } from '../../../workers/formats/registry.ts'
import { createHttp } from '../../../workers/http/http.ts'
import { placeMatcher } from '../../../workers/places/places.ts'
import { NOON } from '../../support/builders.ts'
import { fixture } from '../formats/reading.ts'

test.each([
  ['https://status.x.test/history', 'https://status.x.test'],
  ['https://status.x.test/history?page=2', 'https://status.x.test'],
  ['https://status.x.test/incidents/abc', 'https://status.x.test'],
  ['https://status.x.test/api/v2/incidents.json', 'https://status.x.test'],
  ['https://x.test/status/uptime', 'https://x.test/status'],
  ['https://x.test/status/index.html', 'https://x.test/status'],
  ['https://status.x.test/en/history', 'https://status.x.test/en', 'https://status.x.test'],
  ['https://status.x.test/de', 'https://status.x.test'],
  ['https://status.x.test/gatus'],
])('the home of %s is what is before its pages', (url, ...homes) => expect(homesOf(url)).toEqual(homes))

test.each([
  ['https://status.cloud.google.com/', 'https://status.cloud.google.com/incidents.json'],
  ['https://status.cloud.google.com/summary', 'https://status.cloud.google.com/incidents.json'],
  ['https://www.google.com/appsstatus', 'https://www.google.com/appsstatus/dashboard/incidents.json'],
  ['https://azure.status.microsoft/en-us/status', 'https://rssfeed.azure.status.microsoft/en-us/status/feed/'],
  ['https://status.azure.com/', 'https://rssfeed.azure.status.microsoft/en-us/status/feed/'],
  ['https://health.aws.amazon.com/health/status', 'https://health.aws.amazon.com/public/currentevents'],
  ['https://status.slack.com/', 'https://slack-status.com'],
  ['https://status.cloud.microsoft/m365', 'https://status.cloud.microsoft/api/posts/mac'],
  ['https://status.cloud.microsoft/api/posts/ppac', null],
  ['https://status.cloud.google.com/incidents.json', null],
  ['https://status.example.com/', null],
])('%s has its data at %s', (page, data) => expect(knownAddress(page)).toBe(data))

describe('pages that people paste', async () => {
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
  const look = async (path: string): Promise<string> => {
    const found = await detect(host + path, deps)
    return found.ok ? found.value : found.error
  }
  const home = (head: string) => `<!doctype html><html><head><title>x</title>${head}</head></html>`
  const alternate = '<link rel="alternate" type="application/rss+xml" href="../feeds/all.rss">'
  const documents = new Map([
    ['/page/api/v2/summary.json', await fixture('statuspage.json')],
    ['/cachet/api/incidents?include=components,updates&per_page=100', await fixture('cachet3.json')],
    ['/cachet/api/schedules?include=components,updates&per_page=100', '{"data": []}'],
    ['/cloud/', home('')],
    ['/cloud/incidents.json', await fixture('google-incidents.json')],
    ['/named/page/', home(alternate)],
    ['/named/feeds/all.rss', await fixture('status-history.rss.xml')],
    ['/atom/', home("<link type='application/atom+xml' title=x rel='alternate' href=/atom.xml>")],
    ['/atom.xml', await fixture('status-history.atom.xml')],
    ['/api/status-page/default', await fixture('uptime-kuma-page.json')],
    ['/api/status-page/heartbeat/default', await fixture('uptime-kuma-heartbeats.json')],
    ['/gatus/api/v1/endpoints/statuses?page=1&pageSize=1', await fixture('gatus.json')],
    ...['', '/api/v2/summary.json', '/index.json', '/data/payload.json'].map(
      path => [`/status/app${path}`, home('')] as const,
    ),
    ['/plain/', home('<link rel="stylesheet" href="/x.css">')],
  ])
  let guard: Record<string, string> | null = null
  let guardStatus = 403
  let server: Server
  let host: string
  beforeAll(async () => {
    server = createServer((request, response) => {
      const document = documents.get(request.url ?? '')
      if (guard !== null) response.writeHead(guardStatus, guard).end('<html></html>')
      else response.writeHead(document === undefined ? 404 : 200).end(document)
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    host = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on TCP
  })
  afterAll(async () => {
    await http.close()
    server.closeAllConnections()
    server.close()
  })

  test.each([
    ['/page/history', 'statuspage', '/page'],
    ['/page/incidents/x1', 'statuspage', '/page'],
    ['/page/api/v2/incidents.json', 'statuspage', '/page'],
    ['/page/uptime?page=2', 'statuspage', '/page'],
    ['/page/subscribe', 'statuspage', '/page'],
    ['/cachet', 'cachet', '/cachet/api/incidents'],
    ['/cloud/', 'google-incidents', '/cloud/incidents.json'],
    ['/cloud/summary', 'google-incidents', '/cloud/incidents.json'],
    ['/named/page/', 'rss-status', '/named/feeds/all.rss'],
    ['/atom/', 'rss-status', '/atom.xml'],
    ['/gatus', 'gatus', '/gatus'],
    ['/', 'uptime-kuma', '/'],
  ])('%s leads to %s at %s', async (path, kind, found) => {
    const told = await look(path)
    expect(told.split(':')[0]).toBe(kind)
    expect(told).toContain(`url: '${host}${found}'`)
  })

  test('a host that answers with its page everywhere is no Statuspage, and is told to be none', async () => {
    const told = await look('/status/app')
    expect(told).toMatch(
      /^http\S+ has no format that can be read, because 127\.0\.0\.1:\d+ answers with web pages alone:\n/,
    )
    expect(told).toContain('the host answers with a web page where a Statuspage has its summary, so it is none')
  })

  test('a page inside leads to no other host inside, by none of its links', async () => {
    let visits = 0
    const other = createServer((_, response) => {
      visits++
      response.end(documents.get('/named/feeds/all.rss'))
    })
    await new Promise<void>(resolve => other.listen(0, '127.0.0.2', resolve))
    const { port } = other.address() as AddressInfo // it listens on TCP
    documents.set('/leads', home(alternate.replace('../feeds/all.rss', `http://127.0.0.2:${port}/feeds/all.rss`)))
    try {
      expect(await look('/leads')).not.toContain('rss-status')
      expect(visits).toBe(0)
    } finally {
      documents.delete('/leads')
      other.close()
    }
  })

  test.each([
    [403, { 'cf-mitigated': 'challenge' }],
    [202, { 'x-amzn-waf-action': 'challenge' }],
    [405, { 'x-amzn-waf-action': 'captcha' }],
    [429, { 'x-vercel-mitigated': 'challenge' }],
    [403, { 'x-datadome': 'protected' }],
  ])('a challenge (%d, %j) is told in one line', async (status, headers) => {
    guard = headers
    guardStatus = status
    const told = await look('/page')
    guard = null
    expect(told).not.toContain('\n')
    expect(told).toMatch(/^127\.0\.0\.1:\d+ asks for a browser/)
  })
})

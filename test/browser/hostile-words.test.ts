// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is what an attack on a template looks like
import type { Browser, Page as Tab } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventDraft } from '../../shared/domain/events.ts'
import type { Notice, OfficeSettings } from '../../shared/domain/notice.ts'
import { toInstant } from '../../shared/domain/primitives.ts'
import { stackOfRegions } from '../../shared/domain/stack.ts'
import { keys } from '../../shared/redis/keys.ts'
import { openPage, startBrowser } from '../support/browser.ts'
import { article, component, entry, incident, probe, source } from '../support/builders.ts'
import { freePort } from '../support/free-port.ts'
import { type Role, startRole } from '../support/role.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../support/temporary-redis.ts'

/**
 * What no reader lets through: markup, ends of whatever it may stand in, templates, a turned direction, halves of characters. Here it
 * stands in the store already, so that the server and the page are on their own.
 */
const attack = (most: number): string =>
  [
    '"><img src=x onerror=window.hit=1>',
    '\u202E\u200B\u0000\uD800',
    "'`{{window.hit=1}}${window.hit=1}",
    '<svg onload=window.hit=1>',
    '</title></style></textarea></script><script>window.hit=1</script>',
    ']]>-->&amp;&lt;javascript:window.hit=1',
  ]
    .join('')
    .slice(0, most)

const at = (minutes: number): string => toInstant(Date.now() - minutes * 60_000)
const url = "https://x.test/'onmouseover='window.hit=1//javascript:window.hit=1?a=&lt;&b={{1}}${1}"
const said = { update: attack(120), saidAt: at(2), text: attack(4000) }
const times = { startedAt: at(10), updatedAt: at(2) }
const hostile = incident('source/one', {
  ...times,
  title: attack(300),
  rawStatus: attack(80),
  impact: 'critical',
  services: [attack(120), 'constructor'],
  regions: ['azure/westeurope', 'azure/constructor'],
  url,
  entries: [entry(1, 2, said)],
})
const incidents = [
  hostile,
  { ...hostile, id: 'source/two', provider: 'constructor', scope: 'global', regions: [] },
  { ...hostile, id: 'source/three', kind: 'maintenance', status: 'scheduled', scheduledFor: at(-60) },
  // this one passes no schema, so it may be nowhere
  { ...hostile, id: 'source/four', title: 'a link that runs', url: 'javascript:window.hit=1' },
]
const articles = [
  article('source/a', {
    title: `Read: ${attack(290)}`,
    summary: `“${attack(300)}” said ${attack(100)}`,
    url: `${url}&read`,
    image: url,
    author: attack(120),
    topics: ['constructor', 'cloud'],
    providers: ['constructor', 'azure'],
    regions: ['azure/westeurope'],
    publishedAt: at(5),
  }),
]
const sources = [
  source('source', { name: attack(80), url, error: attack(300), failures: 5, lastPollAt: at(0), lastOkAt: at(30) }),
  source('feed', { name: attack(80), kind: 'feed', provider: 'constructor', lastPollAt: at(0), lastOkAt: at(0) }),
]
const notices: Notice[] = [
  { id: '01arz3ndektsv4rrffq69g5fav', text: attack(280), level: 'urgent', from: at(1), until: null },
]
const layout = { title: attack(300), scenes: attack(300), name: attack(40), theme: attack(40) }
const office: OfficeSettings = {
  simulated: true,
  stacks: [
    ...stackOfRegions(['azure/westeurope']),
    {
      id: 'shop',
      name: attack(80),
      uses: [{ kind: 'vendor', vendor: 'constructor', sites: [], parts: [attack(200)] }],
    },
  ],
  walls: { lobby: layout },
  roundTrips: false,
}

let redis: TemporaryRedis
let server: Role
let browser: Browser
let base = ''
beforeAll(async () => {
  redis = await temporaryRedis()
  const store = (key: string, records: { id: string }[]) =>
    redis.redis.hset(key, Object.fromEntries(records.map(record => [record.id, JSON.stringify(record)])))
  await store(keys.incidents, incidents)
  await store(keys.articles, articles)
  await store(keys.sources, sources)
  await store(keys.notices, notices)
  await store(keys.components, [
    component('source/c', { name: attack(120), status: 'major_outage', rawStatus: attack(80) }),
  ])
  await store(keys.probes, [
    probe('source', { from: attack(40), error: attack(200), reachable: false, url, at: at(0) }),
  ])
  await redis.redis.set(keys.office, JSON.stringify(office))
  const port = await freePort()
  base = `http://127.0.0.1:${port}`
  server = startRole('server', {
    REDIS_URL: redis.url,
    PORT: String(port),
    HANDSHAKES_PER_MINUTE: '0',
    REQUESTS_PER_MINUTE: '0',
  })
  browser = await startBrowser()
  await until(async () => (await fetch(`${base}/readyz`).catch(() => undefined))?.status === 200, 'the server')
})
afterAll(async () => {
  await browser.close()
  await server.stop('SIGKILL')
  await redis.close()
})

/** As it is sent: UTF-8 has no place for half a character. */
const wellFormed = (text: string): string => Buffer.from(text).toString()

/** What a text became that ran, or broke out of where it stood. */
const escaped = (page: Tab): Promise<string[]> =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll('*')]
    const handlers = all.filter(({ attributes }) => [...attributes].some(({ name }) => /^on|["'<>`]/.test(name)))
    const links = all.filter(node => node.hasAttribute('href') || node.hasAttribute('src'))
    const bad = links.filter(
      node =>
        !/^(?:https?|data:image)/.test(
          new URL(node.getAttribute('href') ?? node.getAttribute('src') ?? '', location.href).href,
        ),
    )
    const inline = all.filter(node => node.localName === 'script' && !node.hasAttribute('src'))
    const images = all.filter(node => node.getAttribute('src') === 'x')
    const ran = 'hit' in window ? ['something ran'] : []
    return [...ran, ...[...handlers, ...bad, ...inline, ...images].map(node => node.outerHTML.slice(0, 200))]
  })

/** What the browser refused to do; it also complains of every answer that is an error. */
const refusals = (complaints: string[]): string[] =>
  complaints.filter(line => !line.startsWith('Failed to load resource'))

const query = encodeURIComponent(wellFormed(attack(200)))

const paths = [
  '/',
  '/incidents',
  '/incident/source/one',
  '/incident/source/three',
  '/region/azure/westeurope',
  '/provider/azure',
  '/provider/constructor',
  '/news',
  '/near?compare=azure/westeurope',
  '/regions?view=table',
  '/sources',
  '/walls',
  '/wall/lobby',
  '/wall?scenes=figures,incidents,news,map,sources',
  `/wall?title=${query}&scenes=${query}&theme=${query}`,
  `/news?topic=${query}&q=${query}`,
  `/incidents?provider=${query}&q=${query}#${query}`,
  `/${query}`,
]

test('nothing runs on any page, and no text breaks out of its place', async () => {
  const { page, complaints } = await openPage(browser, 'about:blank')
  for (const path of paths) {
    await page.goto(base + path)
    await page
      .getByText(/SIMULATED/i)
      .first()
      .waitFor()
    await page.getByRole('heading').first().waitFor()
    await until(async () => (await page.getByText('Loading.').count()) === 0, 'all to be there')
    expect(await escaped(page), path).toEqual([])
    // the browser itself complains of every answer that is an error
    expect(
      complaints.filter(line => !line.startsWith('Failed to load resource')),
      path,
    ).toEqual([])
  }
  await page.context().close()
})

/** Nothing to break a line at. */
const endless = (most: number): string => 'W'.repeat(most)

test('a word without end makes no page wider than a phone', async () => {
  const long = {
    ...hostile,
    title: endless(300),
    services: [endless(120)],
    entries: [entry(1, 2, { text: endless(900) })],
  }
  const told = ['source/long-one', 'source/long-two'].map(id => ({ ...long, id }))
  const read = article('source/long', { title: endless(290), summary: endless(300), author: endless(120) })
  await redis.redis.hset(keys.incidents, Object.fromEntries(told.map(one => [one.id, JSON.stringify(one)])))
  await redis.redis.hset(keys.articles, { [read.id]: JSON.stringify(read) })
  const { page } = await openPage(browser, 'about:blank', { viewport: { width: 360, height: 640 } })
  const wide: string[] = []
  for (const path of [...paths.filter(path => !path.startsWith('/wall')), '/incident/source/long-one']) {
    await page.goto(base + path)
    await page.getByRole('heading').first().waitFor()
    await until(async () => (await page.getByText('Loading.').count()) === 0, 'all to be there')
    wide.push(...(await tooWide(page)).map(part => `${path}: ${part}`))
  }
  expect(wide).toEqual([])
  await page.context().close()
})

/** What makes a page wider than its window. */
const tooWide = (page: Tab): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const isClipped = (node: Element | null): boolean =>
      node !== null && (getComputedStyle(node).overflowX !== 'visible' || isClipped(node.parentElement))
    return [...document.querySelectorAll('body *')]
      .filter(node => node.getBoundingClientRect().right > clientWidth + 1 && !isClipped(node.parentElement))
      .map(node => `${node.localName} ${node.parentElement?.outerHTML.slice(0, 200)}`)
  })

test('nor does what comes while a wall is open', async () => {
  const { page, complaints } = await openPage(browser, `${base}/wall?scenes=incidents`)
  await page
    .getByText(/SIMULATED/i)
    .first()
    .waitFor()
  const said = `Now ${attack(290)}`
  const fresh = { ...hostile, id: 'source/five', title: said, startedAt: at(0), updatedAt: at(0) }
  const channels = ['all', 'status', 'provider/azure', 'region/azure/westeurope']
  const event: EventDraft = { type: 'incident.opened', at: at(0), channels, data: fresh }
  await redis.redis.xadd(keys.events, '*', 'event', JSON.stringify(event))
  await page.getByText('Now "><img src=x').first().waitFor()
  expect(await escaped(page)).toEqual([])
  expect(refusals(complaints)).toEqual([])
  await page.context().close()
})

test('feeds and badges stay well formed, and hold the words as words', async () => {
  const page = await (await browser.newContext()).newPage()
  const words = (most: number) => attack(most).replace(/[\0\uD800]/g, '')
  const titles = (text: string) =>
    page.evaluate(xml => {
      const document = new DOMParser().parseFromString(xml, 'application/xml')
      const wrong = document.querySelector('parsererror')?.textContent
      return wrong
        ? [wrong]
        : [...document.querySelectorAll('item > title, entry > title')].map(node => node.textContent)
    }, text)
  for (const channel of ['all', 'news', 'notices', 'region/azure/westeurope', 'provider/constructor'])
    for (const ending of ['rss', 'atom']) {
      const answer = await fetch(`${base}/feeds/${channel}.${ending}`)
      expect(answer.status).toBe(200)
      const found = await titles(await answer.text())
      expect(found.length).toBeGreaterThan(0)
      expect(found.every(title => title?.includes(words(60)))).toBe(true)
    }
  const { items } = await (await fetch(`${base}/feeds/all.json`)).json()
  expect(items.some(({ title }: { title: string }) => title.includes(attack(60)))).toBe(true)
  expect(await titles(await (await fetch(`${base}/badge/region/azure/westeurope.svg`)).text())).toEqual([])
  await page.context().close()
})

test('what other sites show of us runs nothing either', async () => {
  for (const path of ['/embed/region/azure/westeurope', '/badge/region/azure/westeurope.svg']) {
    const { page, complaints } = await openPage(browser, base + path)
    expect(await escaped(page)).toEqual([])
    expect(refusals(complaints)).toEqual([])
    await page.context().close()
  }
  const summary = await fetch(`${base}/statuspage/azure/api/v2/summary.json`)
  expect(summary.headers.get('content-type')).toContain('application/json')
  expect(summary.headers.get('x-content-type-options')).toBe('nosniff')
  expect(JSON.stringify(await summary.json())).toContain('onerror')
})

test('the head of a page holds the words as words', async () => {
  const html = await (await fetch(`${base}/incident/source/one`)).text()
  const page = await (await browser.newContext()).newPage()
  const head = await page.evaluate(text => {
    const document = new DOMParser().parseFromString(text, 'text/html')
    const inHead = [...document.head.children].map(({ localName }) => localName)
    return { title: document.title, image: document.querySelector('img') !== null, names: [...new Set(inHead)].sort() }
  }, html)
  expect(head.title).toContain('"><img src=x onerror=window.hit=1>')
  expect(head.image).toBe(false)
  expect(head.names.every(name => ['link', 'meta', 'script', 'title'].includes(name))).toBe(true)
  await page.context().close()
})

test('a stored record whose link would run is nowhere', async () => {
  expect((await fetch(`${base}/api/incidents/source/four`)).status).toBe(404)
  expect(await (await fetch(`${base}/api/incidents?limit=500`)).text()).not.toContain('a link that runs')
})

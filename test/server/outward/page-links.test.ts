import { parseDocument } from 'htmlparser2'
import { expect, test } from 'vitest'
import { pageLinks } from '../../../server/outward/page-links.ts'
import type { SubjectFacts } from '../../../server/outward/subject.ts'
import { type Page, pageAt } from '../../../shared/domain/pages.ts'
import { emptyView } from '../../../shared/domain/view.ts'
import { provider } from '../../client/builders.ts'
import { incident, minutesAgo, NOON, region } from '../../support/builders.ts'

const west = region('azure/westeurope', { name: 'West Europe' })
const view = emptyView()
const told = incident('azure-status/a', { title: `"><script>alert(1)</script>` })
view.incidents.set(told.id, told)
const facts: SubjectFacts = {
  view,
  catalogue: { providers: new Map([['azure', provider('azure', 'Azure')]]), regions: new Map([[west.id, west]]) },
  workersAt: minutesAgo(0),
  now: NOON,
  stackFacts: {
    stacks: new Map([['shop', { id: 'shop', name: 'Shop', uses: [] }]]),
    services: new Map(),
    dependencies: () => [],
    siteOf: () => null,
  },
  names: { services: new Map(), vendors: new Map() },
}

type Link = { rel: string; type: string; title: string; href: string }
const linksOf = (path: string, more: { base?: string | null; basePath?: string; stack?: string } = {}): Link[] => {
  const { base = 'https://n.example', basePath = '', stack = null } = more
  const page: Page | null = pageAt(path)
  if (page === null) throw new Error(path)
  const html = pageLinks({ page, stack, facts, base, basePath })
  expect(html).not.toMatch(/<script|"">/)
  // the parser gives each attribute as a text
  return parseDocument(html).children.flatMap(node => ('attribs' in node ? [node.attribs as unknown as Link] : []))
}

test.each([
  ['/', 'all', 'everything'],
  ['/regions', 'all', 'everything'],
  ['/wall', 'all', 'everything'],
  ['/incidents', 'status', 'incidents and maintenance'],
  ['/region/azure/westeurope', 'region/azure/westeurope', 'Azure West Europe (westeurope)'],
  ['/provider/azure', 'provider/azure', 'Azure'],
  ['/incident/azure-status/a', 'incident/azure-status/a', `Azure: ${told.title}`],
])('%s names the feeds and the calendar of %s', (path, channel, name) => {
  const links = linksOf(path).filter(({ type }) => !type.includes('oembed'))
  expect(links.map(({ rel, type, title, href }) => [rel, type, title, href])).toEqual([
    ['alternate', 'application/rss+xml', `Nephoscope: ${name}`, `/feeds/${channel}.rss`],
    ['alternate', 'application/atom+xml', `Nephoscope: ${name}`, `/feeds/${channel}.atom`],
    ['alternate', 'application/feed+json', `Nephoscope: ${name}`, `/feeds/${channel}.json`],
    ['alternate', 'text/calendar', `Maintenance: ${name}`, `/calendar/${channel}.ics`],
  ])
})

test('news have feeds and no calendar, and below a path all is below it', () => {
  expect(linksOf('/news', { basePath: '/status' }).map(({ href }) => href)).toEqual([
    '/status/feeds/news.rss',
    '/status/feeds/news.atom',
    '/status/feeds/news.json',
  ])
})

test('a page of a stack names those of the stack', () => {
  expect(linksOf('/', { stack: 'shop' })[0]).toMatchObject({
    title: 'Nephoscope: stack Shop',
    href: '/feeds/stack/shop.rss',
  })
})

const oembedOf = (...given: Parameters<typeof linksOf>) =>
  linksOf(...given).find(({ type }) => type === 'application/json+oembed')?.href

test.each([
  ['/region/azure/westeurope', 'https://n.example/region/azure/westeurope'],
  ['/provider/azure', 'https://n.example/provider/azure'],
  ['/incident/azure-status/a', 'https://n.example/incident/azure-status/a'],
])('%s can be embedded', (path, url) => {
  const href = new URL(oembedOf(path) ?? '')
  expect([href.pathname, href.searchParams.get('format'), href.searchParams.get('url')]).toEqual([
    '/oembed',
    'json',
    url,
  ])
})

test('a stack can, other pages cannot, and nothing can where the address is not known', () => {
  expect(new URL(oembedOf('/', { stack: 'shop' }) ?? '').searchParams.get('url')).toBe('https://n.example/?stack=shop')
  for (const path of ['/', '/news', '/sources']) expect(oembedOf(path)).toBeUndefined()
  expect(oembedOf('/provider/azure', { base: null })).toBeUndefined()
})

import { parseDocument } from 'htmlparser2'
import { expect, test } from 'vitest'
import type { CardFacts } from '../../../server/outward/card.ts'
import { headTags, pageHead, plainHead } from '../../../server/outward/page-head.ts'
import type { Page } from '../../../shared/domain/pages.ts'
import type { RegionStatus } from '../../../shared/domain/region.ts'
import { emptyView } from '../../../shared/domain/view.ts'
import { article, entry, incident, minutesAgo, NOON, region, source, stackFacts } from '../../support/builders.ts'

const west = region('azure/westeurope', { name: 'West Europe' })
const azure = { id: 'azure', name: 'Azure', home: 'https://a.example', statusPage: 'https://s.example', figures: [] }
const hostile = `"><script>alert(1)</script><!--/page-->'&`

function facts(status: Partial<RegionStatus> = {}, more: Partial<CardFacts> = {}): CardFacts {
  const view = emptyView()
  view.sources.set('azure-status', source('azure-status'))
  view.statuses.set(west.id, {
    region: west.id,
    status: 'degraded_performance',
    since: minutesAgo(60),
    incidents: [],
    services: [],
    serviceCount: 0,
    whole: null,
    freshness: 'live',
    lastKnown: null,
    ...status,
  })
  const catalogue = { providers: new Map([['azure', azure]]), regions: new Map([[west.id, west]]) }
  return {
    view,
    catalogue,
    workersAt: minutesAgo(0),
    now: NOON,
    stackFacts: stackFacts({ id: 'shop', name: 'Shop', uses: [{ kind: 'region', region: west.id }] }),
    names: { services: new Map(), vendors: new Map() },
    incident: undefined,
    ...more,
  }
}
const about = (page: Page, more?: CardFacts) => pageHead(page, more ?? facts())

test('a region says its state and since when', () => {
  expect(about({ name: 'region', region: west.id })).toEqual({
    title: 'Azure West Europe: degraded performance · Nephoscope',
    description: 'Degraded performance since 2026-11-24 11:00 UTC. Amsterdam, NL.',
    type: 'website',
  })
})

test('a region says to how many services its state is limited', () => {
  const services = [{ service: 'Chime', status: 'major_outage' as const }]
  const known = facts({ services, serviceCount: 1 })
  expect(about({ name: 'region', region: west.id }, known)).toMatchObject({
    title: 'Azure West Europe: degraded performance (1 service) · Nephoscope',
    description: 'Degraded performance (1 service) since 2026-11-24 11:00 UTC. Amsterdam, NL.',
  })
})

test('where no worker lives any more a region and its provider are unknown, with what was last known', () => {
  const silent = facts({ status: 'operational' }, { workersAt: minutesAgo(30) })
  expect(about({ name: 'region', region: west.id }, silent)).toMatchObject({
    title: 'Azure West Europe: unknown · Nephoscope',
    description: expect.stringContaining('Last known: operational, 2026-11-24 11:30 UTC.'),
  })
  expect(about({ name: 'provider', provider: 'azure' }, silent)?.title).toBe('Azure: unknown · Nephoscope')
  expect(about({ name: 'dashboard' }, silent)?.description).toMatch(/^Cloud regions now: 1 unknown\./)
})

test('the dashboard counts regions by their state', () => {
  expect(about({ name: 'dashboard' })?.description).toMatch(/^Cloud regions now: 1 degraded performance\./)
})

test('a stack that the address names says its state', () => {
  expect(pageHead({ name: 'dashboard' }, facts(), 'shop')?.title).toBe('Shop: degraded performance · Nephoscope')
  expect(pageHead({ name: 'dashboard' }, facts(), 'none')?.title).toBe('Nephoscope')
})

test('an incident is told by its place, its title and its last words', () => {
  const told = incident('azure-status/1', {
    title: 'Disks are slow',
    entries: [entry(1, 1, { text: 'A switch\nwas replaced.' })],
  })
  expect(about({ name: 'incident', incident: told.id }, facts({}, { incident: told }))).toMatchObject({
    title: 'Azure West Europe: Disks are slow · Nephoscope',
    description: expect.stringMatching(/^Azure: .*A switch was replaced\.$/),
    type: 'article',
  })
})

test('what does not exist, or is a region that nobody watches, has no head', () => {
  expect(about({ name: 'region', region: 'azure/atlantis' })).toBeNull()
  expect(about({ name: 'provider', provider: 'nobody' })).toBeNull()
  expect(about({ name: 'incident', incident: 'azure-status/none' })).toBeNull()
  const unwatched = facts()
  unwatched.view.sources.clear()
  expect(about({ name: 'region', region: west.id }, unwatched)).toBeNull()
})

test('news are told by their newest titles', () => {
  const known = facts()
  known.view.articles.set('a/1', article('a/1', { title: 'The elder', publishedAt: minutesAgo(9) }))
  known.view.articles.set('a/2', article('a/2', { title: 'The newer', publishedAt: minutesAgo(1) }))
  expect(about({ name: 'news' }, known)?.description).toBe('The newer · The elder')
})

test('a hostile name is a text and nothing else, and a long one is cut', () => {
  const told = incident('azure-status/1', { title: hostile + 'x'.repeat(250), regions: [west.id] })
  const head = about({ name: 'incident', incident: told.id }, facts({}, { incident: told }))
  expect(head?.title.length).toBeLessThan(230)
  const tags = headTags({
    ...(head ?? plainHead),
    base: 'https://n.example',
    path: '/incident/a',
    card: { path: '/card/x.png', words: hostile },
    simulated: false,
  })
  expect(tags).not.toMatch(/<script|-->|"">/)
  const names = parseDocument(tags).children.flatMap(node => ('name' in node ? [node.name] : []))
  expect(new Set(names)).toEqual(new Set(['title', 'meta', 'link']))
  const title = parseDocument(tags).children[0]
  expect(title && 'children' in title && title.children[0]).toMatchObject({ data: expect.stringContaining(hostile) })
})

test('addresses are named where the server knows its own, and simulated pages say so', () => {
  const tags = (base: string | null) => headTags({ ...plainHead, base, path: '/news', card: null, simulated: true })
  expect(tags('https://n.example')).toContain('<link rel="canonical" href="https://n.example/news">')
  expect(tags('https://n.example')).toContain('content="https://n.example/card.png"')
  expect(tags(null)).not.toMatch(/canonical|og:url|og:image/)
  const card = { path: '/card/all.png?v=1', words: 'All 2 cloud regions: operational.' } as const
  const shown = headTags({ ...plainHead, base: 'https://n.example', path: '/', card, simulated: false })
  expect(shown).toContain('<meta property="og:image" content="https://n.example/card/all.png?v=1">')
  expect(shown).toContain('<meta property="og:image:alt" content="All 2 cloud regions: operational.">')
  expect(tags(null)).toContain('<title>SIMULATED · Nephoscope</title>')
})

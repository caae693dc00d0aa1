import { expect, test } from 'vitest'
import { type ConnectionState, freshness } from '../../../client/live/freshness.ts'
import { nobody } from '../../../client/stacks/standpoint.ts'
import { qrCode } from '../../../client/wall/qr-code.ts'
import {
  asOf,
  cityClocks,
  clockZones,
  contentOf,
  narrowToProviders,
  scenesWithContent,
  type WallFacts,
} from '../../../client/wall/scene-content.ts'
import { sceneNames } from '../../../shared/domain/wall-layout.ts'
import {
  article,
  incident,
  minutesAgo,
  NOW,
  small,
  source,
  standpointOn,
  status,
  statusesOf,
  when,
} from '../builders.ts'

const reader = { concern: nobody.concern, now: NOW }
const byId = <T extends { id: string }>(...all: T[]) => new Map(all.map(one => [one.id, one]))
const facts = (more: Partial<WallFacts> = {}): WallFacts => ({
  catalogue: small,
  statuses: statusesOf(status('azure/westeurope'), status('aws/eu-west-1')),
  incidents: byId(incident('azure-status/a'), incident('aws-status/b')),
  articles: byId(article('azure-blog/a'), article('aws-blog/b'), article('rack-news/c', { providers: ['rack-news'] })),
  notices: new Map(),
  sources: byId(source('azure-blog')),
  components: new Map(),
  probes: new Map(),
  ...more,
})

test('a wall for one provider shows what concerns it, and news that are about none', () => {
  const { catalogue, statuses, incidents, articles } = narrowToProviders(facts(), ['azure'])
  expect([...catalogue.regions.keys()]).toEqual(['azure/westeurope'])
  expect([...statuses.keys()]).toEqual(['azure/westeurope'])
  expect([...incidents.keys()]).toEqual(['azure-status/a'])
  expect([...articles.keys()]).toEqual(['azure-blog/a', 'rack-news/c'])
  expect(narrowToProviders(facts(), [])).toEqual(facts())
})

test('a scene with nothing to show is passed over; where all are empty, each says so', () => {
  const empty = contentOf(facts({ incidents: new Map(), articles: new Map() }), reader)
  expect(scenesWithContent(sceneNames, empty, nobody)).toEqual(['map', 'incidents', 'figures', 'clocks'])
  expect(scenesWithContent(['news', 'quote'], empty, nobody)).toEqual(['news', 'quote'])
  const full = contentOf(facts(), reader)
  const scenes = ['timeline', 'news', 'day', 'mine'] as const
  expect(scenesWithContent(scenes, full, standpointOn(['azure/westeurope']))).toEqual(scenes)
})

test('the last 24 hours tell of what is over and of what is planned soon, and of nothing else', () => {
  const over = (id: string, hours: number) =>
    incident(id, {
      status: 'resolved',
      startedAt: minutesAgo(hours * 60 + 30),
      updatedAt: minutesAgo(hours * 60),
      resolvedAt: minutesAgo(hours * 60),
    })
  const planned = (id: string, inHours: number) =>
    incident(id, {
      kind: 'maintenance',
      status: 'scheduled',
      impact: 'maintenance',
      startedAt: minutesAgo(-inHours * 60),
      scheduledFor: minutesAgo(-inHours * 60),
    })
  const providersOf = (...incidents: ReturnType<typeof incident>[]) =>
    contentOf(facts({ incidents: byId(...incidents) }), reader).day.lanes.map(({ provider }) => provider)
  expect(providersOf(over('aws-status/a', 20), over('azure-status/b', 30))).toEqual(['aws'])
  expect(providersOf(planned('github-status/c', 3), planned('azure-status/d', 48))).toEqual(['github'])
  expect(providersOf()).toEqual([])
})

test('a wall shows first what concerns its own stack', () => {
  const incidents = byId(
    incident('github-status/a', { impact: 'critical' }),
    incident('azure-status/b', { regions: ['azure/westeurope'] }),
  )
  const { active } = contentOf(facts({ incidents }), { ...reader, concern: standpointOn(['azure/westeurope']).concern })
  expect(active.map(({ id }) => id)).toEqual(['azure-status/b', 'github-status/a'])
  const { concern: ofVendor } = standpointOn(['github'])
  const vendors = contentOf(facts({ incidents }), { ...reader, concern: ofVendor }).active
  expect(vendors.map(({ id }) => id)).toEqual(['github-status/a', 'azure-status/b'])
})

test('a story in which a customer speaks is found', () => {
  const summary = '“We moved four hundred services and nobody called,” said Ada King, CTO at Contoso.'
  const { quotes } = contentOf(facts({ articles: byId(article('azure-blog/q', { summary })) }), reader)
  expect(quotes.map(({ quote }) => quote.name)).toEqual(['Ada King'])
})

const line = (more: Partial<ConnectionState>): ConnectionState => ({
  phase: 'live',
  phaseSince: NOW - 60_000,
  lastHeardAt: NOW - 1_000,
  serverAt: minutesAgo(0),
  workersAt: minutesAgo(0),
  ...more,
})
const past = (more: Partial<ConnectionState>) => asOf(line(more), freshness(line(more), when), NOW)

test('the picture is dated as soon as the line or the workers are silent, and not while it is live', () => {
  expect(past({})).toBeNull()
  expect(past({ phase: 'reconnecting', phaseSince: NOW - 1_000 })).toBeNull()
  expect(past({ phase: 'reconnecting', phaseSince: NOW - 10_000 })).toEqual({ at: NOW - 1_000, silent: 'line' })
  expect(past({ lastHeardAt: NOW - 9_000 })).toEqual({ at: NOW - 9_000, silent: 'line' })
  expect(past({ workersAt: minutesAgo(5) })).toEqual({ at: NOW - 300_000, silent: 'workers' })
  expect(past({ workersAt: null })).toEqual({ at: null, silent: 'workers' })
  expect(past({ phase: 'remembered' })).toEqual({ at: NOW - 60_000, silent: 'line' })
})

test('clocks are those of the cities that were named, else of the wall and its regions', () => {
  const regions = small.regions
  expect(clockZones(['Asia/Tokyo'], new Set(), regions, 'UTC')).toEqual(['Asia/Tokyo'])
  expect(clockZones([], new Set(['azure/westeurope']), regions, 'UTC')).toEqual(['UTC', 'Europe/Amsterdam'])
  expect(clockZones([], new Set(), regions, 'UTC')[0]).toBe('UTC')
  expect(cityClocks(['UTC', 'Asia/Tokyo', 'Nowhere/At_All'], when)).toEqual([
    { zone: 'UTC', city: 'UTC', time: '14:40', day: 'Tuesday', here: true },
    { zone: 'Asia/Tokyo', city: 'Tokyo', time: '23:40', day: 'Tuesday', here: false },
  ])
})

test('an address becomes a code with its quiet zone; one that is too long becomes none', () => {
  const code = qrCode('https://example.com/a')
  expect(code?.side).toBe(25 + 2 * 4)
  expect(code?.path).toMatch(/^M4 4h1v1h-1Z/)
  expect(qrCode(`https://example.com/${'a'.repeat(400)}`)).toBeNull()
})

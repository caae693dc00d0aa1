import { expect, test } from 'vitest'
import type { OwnedRecords, PollState } from '../../../shared/redis/poll-state.ts'
import type { ReadIncident, Reading } from '../../../workers/formats/reader.ts'
import { diff } from '../../../workers/poll/diff.ts'
import { spentShare, withinShare } from '../../../workers/poll/fair-share.ts'
import { article, component, minutesAgo, NOON, pollState, readIncident } from '../../support/builders.ts'

const LARGEST_EVENT = 16 * 1024

/** A source whose polls are committed: what it has stored, and what it has told. */
function polled() {
  const owned: OwnedRecords = { incidents: new Map(), components: new Map(), articles: new Map() }
  let state: PollState = pollState()
  return {
    owned,
    poll(reading: Partial<Reading>, seconds: number) {
      const now = NOON + seconds * 1_000
      const whole = { incidents: [], components: [], articles: [], ...reading }
      const context = { provider: 'azure', complete: true, countryOf: () => 'NL', keepEndedMs: 90 * 86_400_000, now }
      const found = withinShare(diff({ ...context, reading: whole, owned, missing: state.missing }), state, now)
      const { upserts, removals, events, ...ownedIds } = found.diff
      for (const kind of ['incidents', 'components', 'articles'] as const) {
        for (const record of upserts[kind]) (owned[kind] as Map<string, unknown>).set(record.id, record)
        for (const id of removals[kind]) owned[kind].delete(id)
        expect([...owned[kind].keys()].sort()).toEqual([...ownedIds[kind]].sort())
      }
      state = { ...state, ...ownedIds, share: found.share }
      return {
        events,
        types: events.map(({ type }) => type),
        bytes: events.reduce((sum, event) => sum + Buffer.byteLength(JSON.stringify(event)), 0),
        postponed: found.postponed,
      }
    },
  }
}

const numbered = (n: number, more: Partial<ReadIncident> = {}): ReadIncident =>
  readIncident(`s/${String(n).padStart(4, '0')}`, { title: `Errors ${n}`, ...more })
const incidents = (count: number, more: Partial<ReadIncident> = {}) =>
  Array.from({ length: count }, (_, n) => numbered(n, more))

test('a source that rewrites everything at each poll tells its share of a minute, and each record has its turn', () => {
  const { poll, owned } = polled()
  const told = new Map<string, number>()
  let events = 0
  let bytes = 0
  for (let second = 0; second <= 300; second += 10) {
    const result = poll({ incidents: incidents(1_000, { title: `At ${second}` }) }, second)
    for (const { data } of result.events) if ('id' in data) told.set(data.id, (told.get(data.id) ?? 0) + 1)
    events += result.events.length
    bytes += result.bytes
    expect(result.events.length + result.postponed).toBe(1_000)
  }
  // five minutes, and what the first poll had at once
  expect(events).toBeLessThanOrEqual(6 * 600)
  expect(events).toBeGreaterThan(5 * 600)
  expect(bytes).toBeLessThanOrEqual(6 * 512 * 1024 + LARGEST_EVENT)
  expect(owned.incidents.size).toBe(1_000)
  const turns = [...told.values()]
  expect(Math.max(...turns) - Math.min(...turns)).toBeLessThanOrEqual(1)
})

test('a share is of bytes too', () => {
  const { poll } = polled()
  const services = Array.from({ length: 100 }, (_, n) => `Service ${n} ${'x'.repeat(100)}`)
  const first = poll({ incidents: incidents(100, { services }) }, 0)
  expect(first.bytes).toBeLessThanOrEqual(512 * 1024 + LARGEST_EVENT)
  expect(first.bytes).toBeGreaterThan(490 * 1024)
  expect(first.postponed).toBe(100 - first.events.length)
})

test('words that do not fit into an event count too, and one change of any size has its turn', () => {
  const { poll } = polled()
  const updates = Array.from({ length: 80 }, (_, u) => ({
    id: `u${u}`,
    at: minutesAgo(u),
    status: 'investigating' as const,
    text: 'x'.repeat(4_000),
  }))
  const told = [0, 60, 120, 180].map(second => poll({ incidents: incidents(6, { updates }) }, second))
  // 320 KB each
  expect(told.map(({ events }) => events.length)).toEqual([2, 2, 1, 1])
  for (const { events, bytes } of told) expect(bytes).toBeLessThanOrEqual(events.length * LARGEST_EVENT)
  expect(new Set(told.flatMap(({ events }) => events.map(({ data }) => ('id' in data ? data.id : '')))).size).toBe(6)
})

test('what opens and what ends goes first, and what was left out is told next, as it is then', () => {
  const { poll, owned } = polled()
  for (let second = 0; second < 120; second += 60) poll({ incidents: incidents(700) }, second)
  const reworded = incidents(700, { title: 'Reworded' }).slice(0, 640)
  const opened = numbered(9_999)
  const present = { incidents: [...reworded, opened], articles: [article('s/a')] }
  const first = poll(present, 180)
  // the others are missing, which a second reading has to confirm
  expect(first.types.filter(type => type === 'incident.opened')).toHaveLength(1)
  expect(first.postponed).toBe(640 + 1 + 1 - 600)
  const second = poll(present, 200)
  expect(second.types.filter(type => type === 'incident.resolved')).toHaveLength(60)
  expect(second.postponed).toBe(0)
  expect(second.types).toContain('article.published')
  expect([...owned.incidents.values()].filter(({ title }) => title === 'Reworded')).toHaveLength(640)
  expect(poll(present, 220).events).toEqual([])
})

test('an end by absence that was left out is told at the next poll that still misses it', () => {
  const { poll, owned } = polled()
  for (let second = 0; second < 120; second += 60) poll({ incidents: incidents(1_000) }, second)
  poll({ incidents: [] }, 180)
  const first = poll({ incidents: [] }, 181)
  expect(first.postponed).toBe(400)
  const second = poll({ incidents: [] }, 241)
  expect(second.types).toEqual(Array(400).fill('incident.resolved'))
  expect([...owned.incidents.values()].every(({ status }) => status === 'resolved')).toBe(true)
})

test('components go in parts, and those that were left out are told later', () => {
  const { poll, owned } = polled()
  const named = (name: string) =>
    Array.from({ length: 4_000 }, (_, n) => component(`s/${n}`, { name: `${name} ${'雲'.repeat(60)}` }))
  const first = poll({ components: named('A') }, 0)
  expect(first.postponed).toBeGreaterThan(0)
  for (const event of first.events) expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(16 * 1024)
  for (let second = 60; second < 300; second += 60) poll({ components: named('A') }, second)
  expect(owned.components.size).toBe(4_000)
  let left = 1
  for (let second = 300; second < 600 && left > 0; second += 60) left = poll({ components: [] }, second).postponed
  expect(owned.components.size).toBe(0)
})

test('after a first reading, which is told whole, the share fills again within a minute', () => {
  const state = { ...pollState(), share: spentShare(NOON) }
  const found = (seconds: number) => {
    const now = NOON + seconds * 1_000
    const articles = Array.from({ length: 300 }, (_, n) => article(`s/${n}`))
    const reading = { incidents: [], components: [], articles }
    const owned: OwnedRecords = { incidents: new Map(), components: new Map(), articles: new Map() }
    const context = { provider: 'azure', complete: true, countryOf: () => 'NL', keepEndedMs: 1, now }
    return withinShare(diff({ ...context, reading, owned, missing: {} }), state, now).postponed
  }
  expect([found(0), found(15), found(60), found(-3_600)]).toEqual([300, 150, 0, 300])
})

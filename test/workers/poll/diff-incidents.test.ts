import { describe, expect, test } from 'vitest'
import type { Event } from '../../../shared/domain/events.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import { bytesOf, MAX_ENTRIES, withStates } from '../../../shared/domain/ledger.ts'
import { applyEvent, emptyView } from '../../../shared/domain/view.ts'
import { loadServices } from '../../../shared/services/service-table.ts'
import type { IncidentUpdate, ReadIncident } from '../../../workers/formats/reader.ts'
import { type DiffInput, diff } from '../../../workers/poll/diff.ts'
import { minutesAgo, NOON, readIncident } from '../../support/builders.ts'

const open = readIncident('azure-status/a')
const update = (id: string, minutes: number, text = `Words ${id}`, more: Partial<IncidentUpdate> = {}) => ({
  id,
  at: minutesAgo(minutes),
  status: 'investigating' as const,
  text,
  ...more,
})

const input = (read: ReadIncident[], stored: Incident[], more: Partial<DiffInput> = {}): DiffInput => ({
  provider: 'azure',
  complete: true,
  reading: { incidents: read, components: [], articles: [] },
  owned: {
    incidents: new Map(stored.map(incident => [incident.id, incident])),
    components: new Map(),
    articles: new Map(),
  },
  missing: {},
  countryOf: () => 'NL',
  keepEndedMs: 90 * 86_400_000,
  now: NOON,
  ...more,
})
const types = (result: ReturnType<typeof diff>) => result.events.map(event => event.type)

/** An incident as it is stored after it was read so, a minute apart, the last time at noon. */
function storedAfter(...readings: [ReadIncident, ...ReadIncident[]]): Incident {
  let stored: Incident | undefined
  for (const [index, read] of readings.entries()) {
    const now = NOON - (readings.length - 1 - index) * 60_000
    stored = diff(input([read], stored ? [stored] : [], { now })).upserts.incidents[0] ?? stored
  }
  if (stored === undefined) throw new Error('nothing was stored')
  return stored
}

const told = (incident: Incident) =>
  incident.entries.map(({ n, seenAt, saidAt, status, text }) => [n, seenAt, saidAt, status, text])

describe('what a poll tells', () => {
  test('a new one opens, with the whole record and its channels', () => {
    const result = diff(input([open], []))
    const data = storedAfter(open)
    expect(result.events).toEqual([
      {
        type: 'incident.opened',
        at: minutesAgo(0),
        channels: [
          'all',
          'status',
          'provider/azure',
          'vendor/azure',
          'region/azure/westeurope',
          'country/nl',
          'incident/azure-status/a',
        ],
        data,
      },
    ])
    expect(result.incidents).toEqual([open.id])
  })

  test('a region that has left hears of it, and of the end', () => {
    const first = { ...open, regions: ['azure/westeurope', 'azure/northeurope'] }
    const later = { ...first, regions: ['azure/westeurope'], updatedAt: minutesAgo(4) }
    const over = { ...later, status: 'resolved' as const, updatedAt: minutesAgo(1), resolvedAt: minutesAgo(1) }
    const channels = (before: Incident, read: ReadIncident) =>
      diff(input([read], [before])).events.flatMap(event => event.channels)
    expect(channels(storedAfter(first), later)).toContain('region/azure/northeurope')
    const entries = [{ regions: ['azure/westeurope'], regionsRemoved: ['azure/northeurope'] }]
    expect(diff(input([later], [storedAfter(first)])).events).toMatchObject([{ data: { entries } }])
    expect(channels(storedAfter(first, later), over)).toContain('region/azure/northeurope')
    expect(storedAfter(first, later, over)).toMatchObject({
      regions: ['azure/westeurope'],
      everRegions: [
        { region: 'azure/westeurope', from: minutesAgo(2), to: null },
        { region: 'azure/northeurope', from: minutesAgo(2), to: minutesAgo(1) },
      ],
    })
  })

  test('a region that comes back has one row', () => {
    const without = { ...open, regions: [] }
    expect(storedAfter(open, without, open).everRegions).toEqual([
      { region: 'azure/westeurope', from: minutesAgo(2), to: null },
    ])
  })

  test('the same reading again says nothing', () => {
    const result = diff(input([open], [storedAfter(open)]))
    expect([result.events, result.upserts.incidents, result.ledger]).toEqual([[], [], []])
  })

  const undated = (read: ReadIncident, stored: Incident[], now: number) => {
    const reading = { incidents: [read], components: [], articles: [], undated: [read.id] }
    return diff(input([read], stored, { reading, now }))
  }

  test('one without times of its own that opens again begins anew', () => {
    const ended = storedAfter({ ...open, status: 'resolved', resolvedAt: minutesAgo(1), updatedAt: minutesAgo(1) })
    const again = { ...open, startedAt: minutesAgo(0), updatedAt: minutesAgo(0) }
    const result = undated(again, [ended], NOON)
    expect(types(result)).toEqual(['incident.opened'])
    expect(result.upserts.incidents).toMatchObject([{ startedAt: minutesAgo(0), resolvedAt: null }])
  })

  test('one without times of its own keeps those of the first reading, and when it last had something new', () => {
    const [first] = undated(open, [], NOON - 60_000).upserts.incidents
    if (first === undefined) throw new Error('nothing was stored')
    const again = { ...open, startedAt: minutesAgo(0), updatedAt: minutesAgo(0) }
    expect(undated(again, [first], NOON).events).toEqual([])
    const [worse] = undated({ ...again, impact: 'major' }, [first], NOON).upserts.incidents
    expect(worse).toMatchObject({ impact: 'major', startedAt: open.startedAt, updatedAt: minutesAgo(0), saidAt: null })
    expect(worse?.entries.map(({ saidAt }) => saidAt)).toEqual([null, null])
  })

  test('a changed one is updated, one that is over resolves, one that comes back opens again', () => {
    const against = (before: ReadIncident, after: ReadIncident) => types(diff(input([after], [storedAfter(before)])))
    const resolved = { ...open, status: 'resolved' as const, resolvedAt: minutesAgo(0) }
    expect(against(open, { ...open, status: 'identified' })).toEqual(['incident.updated'])
    expect(against(open, resolved)).toEqual(['incident.resolved'])
    expect(against(resolved, { ...resolved, status: 'postmortem' })).toEqual(['incident.updated'])
    expect(against(resolved, open)).toEqual(['incident.opened'])
  })

  test('an older copy of one that is known is believed only when it is read twice', () => {
    const known = storedAfter({ ...open, status: 'resolved', updatedAt: minutesAgo(1) })
    const copy = { ...open, updatedAt: minutesAgo(5) }
    const first = diff(input([copy], [known]))
    expect([first.events, first.upserts.incidents, first.missing]).toEqual([[], [], { [open.id]: minutesAgo(0) }])
    const second = diff(input([copy], [known], { missing: first.missing }))
    expect([types(second), second.missing]).toEqual([['incident.opened'], {}])
    expect(second.upserts.incidents[0]?.updatedAt).toBe(minutesAgo(0))
  })

  test('one that leaves a complete source resolves only after a second reading, as of the first', () => {
    const stored = storedAfter(open)
    const first = diff(input([], [stored], { now: NOON - 60_000 }))
    expect(first.events).toEqual([])
    expect(first.missing).toEqual({ [open.id]: minutesAgo(1) })

    const second = diff(input([], [stored], { missing: first.missing }))
    expect(types(second)).toEqual(['incident.resolved'])
    expect(second.upserts.incidents[0]).toMatchObject({
      status: 'resolved',
      resolvedAt: minutesAgo(1),
      entries: [{ n: 2, saidAt: null, status: 'resolved', text: 'No longer listed by the source.' }, { n: 1 }],
    })
    expect(second.missing).toEqual({})
  })

  test('one that comes back after a hollow reading was never away', () => {
    const first = diff(input([], [storedAfter(open)]))
    const second = diff(input([open], [storedAfter(open)], { missing: first.missing }))
    expect([second.events, second.missing]).toEqual([[], {}])
  })

  test('absence means nothing in a source that lists history', () => {
    const result = diff(input([], [storedAfter(open)], { complete: false }))
    expect(result).toMatchObject({ events: [], missing: {}, incidents: [open.id] })
  })

  test('one that ended more than 90 days ago is neither told nor kept', () => {
    const old = readIncident('azure-status/old', { status: 'resolved', updatedAt: '2026-08-01T00:00:00.000Z' })
    const [stored] = diff(input([old], [], { now: Date.parse('2026-08-02T00:00:00Z') })).upserts.incidents
    expect(diff(input([old], []))).toMatchObject({ events: [], incidents: [] })
    expect(diff(input([], stored ? [stored] : [])).removals.incidents).toEqual([old.id])
  })

  test('a maintenance that leaves the list is completed', () => {
    const stored = storedAfter({ ...open, kind: 'maintenance', status: 'in_progress' })
    const result = diff(input([], [stored], { missing: { [open.id]: minutesAgo(1) } }))
    expect(result.upserts.incidents[0]).toMatchObject({ status: 'completed' })
  })
})

describe('the ledger', () => {
  test('a source that overwrites its one text under one date loses nothing', () => {
    const at = (text: string, more: Partial<ReadIncident> = {}) => ({
      ...open,
      updatedAt: minutesAgo(60),
      updates: [update('the-one', 60, text)],
      ...more,
    })
    const stored = storedAfter(
      at('Storage is slow.'),
      at('A switch has failed.'),
      at('Two regions are hit.', { regions: [...open.regions, 'azure/northeurope'] }),
      at('North Europe is well again.'),
      at('All is well.', { status: 'resolved', resolvedAt: minutesAgo(0) }),
    )
    expect(told(stored)).toEqual([
      [5, minutesAgo(0), null, 'resolved', 'All is well.'],
      [4, minutesAgo(1), null, 'investigating', 'North Europe is well again.'],
      [3, minutesAgo(2), null, 'investigating', 'Two regions are hit.'],
      [2, minutesAgo(3), null, 'investigating', 'A switch has failed.'],
      [1, minutesAgo(4), minutesAgo(60), 'investigating', 'Storage is slow.'],
    ])
    expect(stored.updatedAt).toBe(minutesAgo(0))
    expect(withStates(stored.entries, stored).map(({ regions }) => regions.length)).toEqual([1, 1, 2, 1, 1])
  })

  test('a first reading makes an entry of each word, seen now and said then', () => {
    const updates = [update('2', 3, 'Found.', { status: 'identified' }), update('1', 9, 'Looking.')]
    expect(told(storedAfter({ ...open, status: 'identified', updates }))).toEqual([
      [2, minutesAgo(0), minutesAgo(3), 'identified', 'Found.'],
      [1, minutesAgo(0), minutesAgo(9), 'investigating', 'Looking.'],
    ])
  })

  test('a change without words has an entry, dated by the source where its date has moved', () => {
    const moved = { ...open, impact: 'major' as const, updatedAt: minutesAgo(2) }
    const silent = { ...moved, title: 'Storage is down' }
    expect(storedAfter(open, moved, silent).entries).toMatchObject([
      { n: 3, seenAt: minutesAgo(0), saidAt: null, update: null, title: 'Storage is down' },
      { n: 2, seenAt: minutesAgo(1), saidAt: minutesAgo(2), update: null, impact: 'major' },
      { n: 1, saidAt: minutesAgo(5) },
    ])
  })

  test('words that a source corrects later are a new entry, and the first ones stay', () => {
    const first = { ...open, updates: [update('2', 2, 'Found.'), update('1', 9, 'Looking.')] }
    const corrected = { ...open, updates: [update('2', 2, 'Found.'), update('1', 9, 'Looking into DNS.')] }
    expect(storedAfter(first, corrected).entries).toMatchObject([
      { n: 3, update: '1', isRewrite: true, saidAt: null, text: 'Looking into DNS.' },
      { n: 2, text: 'Found.' },
      { n: 1, text: 'Looking.' },
    ])
  })

  test('a date alone that moves is no entry', () => {
    const stored = storedAfter(open, { ...open, updatedAt: minutesAgo(1) })
    expect([stored.entries.length, stored.updatedAt, stored.saidAt]).toEqual([1, minutesAgo(1), minutesAgo(1)])
  })

  test('the record carries the newest entries that fit, the oldest of them with all of its state', () => {
    const readings = Array.from({ length: 70 }, (_, n) => ({
      ...open,
      impact: n < 5 ? ('minor' as const) : ('major' as const),
      updates: [update('one', 60, `Words ${n}`)],
    }))
    const [first = open, ...later] = readings
    const stored = storedAfter(first, ...later)
    expect(stored.entries).toHaveLength(MAX_ENTRIES)
    expect(stored.entries[0]?.n).toBe(70)
    expect(stored.entries.at(-1)).toMatchObject({ n: 21, impact: 'major', regions: open.regions })
    expect(diff(input(readings.slice(-1), [stored])).events).toEqual([])
  })

  test('old words that the record no longer carries are not new', () => {
    const updates = Array.from({ length: 100 }, (_, n) => update(`${100 - n}`, n, `${'long words '.repeat(200)}${n}`))
    const stored = storedAfter({ ...open, updates })
    expect(stored.entries.length).toBeLessThan(10)
    expect(diff(input([{ ...open, updates }], [stored])).events).toEqual([])
  })
})

describe('services of the catalogue', () => {
  const two = { ...open, serviceIds: ['azure/aks', 'azure/storage'] }
  const one = { ...open, serviceIds: ['azure/storage'], updatedAt: minutesAgo(4) }

  test('that have left are still known, so that whoever uses them hears of the end', () => {
    const over = { ...one, status: 'resolved' as const, updatedAt: minutesAgo(1), resolvedAt: minutesAgo(1) }
    const stored = storedAfter(two, one)
    expect(stored).toMatchObject({ serviceIds: ['azure/storage'], everServiceIds: ['azure/aks'] })
    const [event] = diff(input([over], [stored])).events
    expect(event).toMatchObject({ type: 'incident.resolved' })
    expect(event?.channels).toEqual(expect.arrayContaining(['service/azure/aks', 'service/azure/storage']))
  })

  test('that come back are named again', () => {
    const again = { ...two, updatedAt: minutesAgo(3) }
    expect(storedAfter(two, one, again)).not.toHaveProperty('everServiceIds')
  })

  test('stay when the source no longer lists the incident', () => {
    const stored = storedAfter(two)
    const missing = { [open.id]: minutesAgo(1) }
    const [ended] = diff(input([], [stored], { missing })).upserts.incidents
    expect(ended).toMatchObject({ status: 'resolved', serviceIds: ['azure/aks', 'azure/storage'] })
    expect(ended).not.toHaveProperty('everServiceIds')
  })

  test('that we learn to know are told, but are no news of the source', () => {
    const stored = storedAfter(open)
    const { upserts, events, ledger } = diff(input([two], [stored]))
    expect(upserts.incidents).toEqual([{ ...stored, serviceIds: two.serviceIds }])
    expect(events).toMatchObject([{ type: 'incident.updated', data: { updatedAt: stored.updatedAt, entries: [] } }])
    expect(ledger).toEqual([])
  })

  test('may be nearly all of a cloud: names, ids, channels and new words have room', async () => {
    const all = [...(await loadServices(new URL('../../../shared/services/', import.meta.url))).values()]
    const own = all.filter(({ id }) => id.startsWith('aws/'))
    const services = own.map(({ name }) => name).sort()
    const serviceIds = own.slice(0, 200).map(({ id }) => id)
    const read = { ...open, provider: 'aws', services, serviceIds, updates: [update('a', 5, 'Power. '.repeat(200))] }
    const [event] = diff(input([read], [])).events
    const stored = storedAfter(read)
    expect(stored.services).toEqual(services)
    expect(bytesOf(stored)).toBeLessThan(32 * 1024)
    expect(event?.channels.filter(channel => channel.startsWith('service/'))).toHaveLength(200)
    expect(event).toMatchObject({ data: { serviceIds, entries: [{ text: 'Power. '.repeat(200) }] } })
  })
})

describe('bounds', () => {
  const huge: ReadIncident = {
    ...open,
    services: Array.from({ length: 400 }, (_, n) => `Service ${'网'.repeat(100)}${n}`),
    updates: Array.from({ length: 100 }, (_, n) => update(`${100 - n}`, n, '云'.repeat(4000))),
  }

  test('a record stays under 32 KB and an event under 16 KB, whatever a source says', () => {
    const result = diff(input([huge], []))
    const [stored] = result.upserts.incidents
    expect(bytesOf(stored)).toBeLessThan(32 * 1024)
    expect(bytesOf(result.events[0])).toBeLessThanOrEqual(16 * 1024)
    expect(result.ledger).toHaveLength(100)
    expect(diff(input([huge], stored ? [stored] : [])).events).toEqual([])
  })

  test('every service of a provider fits', () => {
    const services = Array.from({ length: 290 }, (_, n) => `Amazon Elastic Service ${n}`)
    expect(storedAfter({ ...open, services }).services).toEqual(services)
  })
})

test('a view that applies the events holds what is stored', () => {
  const view = emptyView()
  let stored: Incident[] = []
  for (let n = 0; n < 60; n++) {
    const read = { ...open, impact: n % 7 === 0 ? ('major' as const) : ('minor' as const) }
    const updates = [update(`u${n % 9}`, 60 - n, `Words ${n}`), update('first', 70)]
    const result = diff(input([{ ...read, updates }], stored, { now: NOON + n * 60_000 }))
    stored = result.upserts.incidents
    for (const [index, draft] of result.events.entries()) {
      const event: Event = { ...draft, id: `${n + 1}-${index}` }
      if (event.type === 'incident.updated') expect(event.data.entries.length).toBeLessThanOrEqual(1)
      applyEvent(view, event, {})
    }
  }
  expect([...view.incidents.values()]).toEqual(stored)
})

import { describe, expect, test } from 'vitest'
import type { OwnedRecords } from '../../../shared/redis/poll-state.ts'
import { type DiffInput, diff } from '../../../workers/poll/diff.ts'
import { article, component, incident, minutesAgo, NOON } from '../../support/builders.ts'

const owned = (more: Partial<OwnedRecords> = {}): OwnedRecords => ({
  incidents: new Map(),
  components: new Map(),
  articles: new Map(),
  ...more,
})
const byId = <T extends { id: string }>(...records: T[]) => new Map(records.map(record => [record.id, record]))
const input = (more: Partial<DiffInput> = {}): DiffInput => ({
  provider: 'azure',
  complete: true,
  reading: { incidents: [], components: [], articles: [] },
  owned: owned(),
  missing: {},
  countryOf: () => 'NL',
  keepEndedMs: 90 * 86_400_000,
  now: NOON,
  ...more,
})
const reading = (more: Partial<DiffInput['reading']>) => ({ incidents: [], components: [], articles: [], ...more })
const types = (result: ReturnType<typeof diff>) => result.events.map(event => event.type)

describe('incidents', () => {
  const open = incident('azure-status/a')

  test('a new one opens, with the whole record and its channels', () => {
    const result = diff(input({ reading: reading({ incidents: [open] }) }))
    expect(result.events).toEqual([
      {
        type: 'incident.opened',
        at: minutesAgo(0),
        channels: [
          'all',
          'status',
          'provider/azure',
          'region/azure/westeurope',
          'country/nl',
          'incident/azure-status/a',
        ],
        data: open,
      },
    ])
    expect(result.incidents).toEqual([open.id])
  })

  test('a region that has left hears of it, and of the end', () => {
    const first = { ...open, regions: ['azure/westeurope', 'azure/northeurope'] }
    const later = { ...first, regions: ['azure/westeurope'], updatedAt: minutesAgo(5) }
    const over = { ...later, status: 'resolved' as const, updatedAt: minutesAgo(1), resolvedAt: minutesAgo(1) }
    const known = new Map<string, typeof open>([[first.id, first]])
    const channelsOf = (read: typeof open) => {
      const { events, upserts } = diff(
        input({ reading: reading({ incidents: [read] }), owned: owned({ incidents: known }) }),
      )
      for (const incident of upserts.incidents) known.set(incident.id, incident)
      return events.flatMap(event => event.channels)
    }
    expect(channelsOf(later)).toContain('region/azure/northeurope')
    expect(channelsOf(over)).toContain('region/azure/northeurope')
    expect(known.get(first.id)?.regions).toEqual(['azure/westeurope'])
  })

  test('the same reading again says nothing', () => {
    const result = diff(input({ reading: reading({ incidents: [open] }), owned: owned({ incidents: byId(open) }) }))
    expect(result.events).toEqual([])
    expect(result.upserts.incidents).toEqual([])
  })

  test('one without times of its own keeps those of the first reading, and when it last had something new', () => {
    const again = { ...open, startedAt: minutesAgo(0), updatedAt: minutesAgo(0) }
    const next = (incident: typeof open) =>
      diff(
        input({
          reading: reading({ incidents: [incident], undated: [open.id] }),
          owned: owned({ incidents: byId(open) }),
        }),
      )
    expect(next(again).events).toEqual([])
    expect(next({ ...again, impact: 'major' }).upserts.incidents).toMatchObject([
      { ...open, impact: 'major', updatedAt: minutesAgo(0) },
    ])
  })

  test('what changed is kept with it, and a reading that repeats it is no change', () => {
    const read = (before: typeof open, after: typeof open) =>
      diff(input({ reading: reading({ incidents: [after] }), owned: owned({ incidents: byId(before) }) }))
    const worse = { ...open, impact: 'critical' as const, regions: [...open.regions, 'azure/northeurope'] }
    const [stored = open] = read(open, worse).upserts.incidents
    expect(stored.steps?.map(({ changes }) => changes.map(({ kind }) => kind))).toEqual([['impact', 'regionsAdded']])
    expect(read(stored, worse).events).toEqual([])
    const [over] = read(stored, { ...worse, status: 'resolved' }).upserts.incidents
    expect(over?.steps?.map(({ status }) => status)).toEqual(['investigating', 'resolved'])
  })

  test('a changed one is updated, one that is over resolves, one that comes back opens again', () => {
    const against = (before: typeof open, after: typeof open) =>
      types(diff(input({ reading: reading({ incidents: [after] }), owned: owned({ incidents: byId(before) }) })))
    const resolved = { ...open, status: 'resolved' as const, resolvedAt: minutesAgo(0) }
    expect(against(open, { ...open, status: 'identified' })).toEqual(['incident.updated'])
    expect(against(open, resolved)).toEqual(['incident.resolved'])
    expect(against(resolved, { ...resolved, status: 'postmortem' })).toEqual(['incident.updated'])
    expect(against(resolved, open)).toEqual(['incident.opened'])
  })

  test('an older copy of one that is known is believed only when it is read twice', () => {
    const known = { ...open, status: 'resolved' as const, updatedAt: minutesAgo(1) }
    const copy = { ...open, updatedAt: minutesAgo(5) }
    const next = (missing: DiffInput['missing']) =>
      diff(input({ reading: reading({ incidents: [copy] }), owned: owned({ incidents: byId(known) }), missing }))
    const first = next({})
    expect([first.events, first.upserts.incidents, first.missing]).toEqual([[], [], { [open.id]: minutesAgo(0) }])
    const second = next(first.missing)
    expect([types(second), second.missing]).toEqual([['incident.opened'], {}])
  })

  test('one that leaves a complete source resolves only after a second reading, as of the first', () => {
    const first = diff(input({ owned: owned({ incidents: byId(open) }), now: NOON - 60_000 }))
    expect(first.events).toEqual([])
    expect(first.missing).toEqual({ [open.id]: minutesAgo(1) })

    const second = diff(input({ owned: owned({ incidents: byId(open) }), missing: first.missing }))
    expect(types(second)).toEqual(['incident.resolved'])
    expect(second.upserts.incidents[0]).toMatchObject({ status: 'resolved', resolvedAt: minutesAgo(1) })
    expect(second.missing).toEqual({})
  })

  test('one that comes back after a hollow reading was never away', () => {
    const first = diff(input({ owned: owned({ incidents: byId(open) }) }))
    const second = diff(
      input({
        reading: reading({ incidents: [open] }),
        owned: owned({ incidents: byId(open) }),
        missing: first.missing,
      }),
    )
    expect(second.events).toEqual([])
    expect(second.missing).toEqual({})
  })

  test('absence means nothing in a source that lists history', () => {
    const result = diff(input({ complete: false, owned: owned({ incidents: byId(open) }), missing: {} }))
    expect(result).toMatchObject({ events: [], missing: {}, incidents: [open.id] })
  })

  test('one that ended more than 90 days ago is neither told nor kept', () => {
    const old = incident('azure-status/old', { status: 'resolved', updatedAt: '2026-08-01T00:00:00.000Z' })
    expect(diff(input({ reading: reading({ incidents: [old] }) }))).toMatchObject({ events: [], incidents: [] })
    expect(diff(input({ owned: owned({ incidents: byId(old) }) })).removals.incidents).toEqual([old.id])
  })

  test('a maintenance that leaves the list is completed', () => {
    const maintenance = incident('azure-status/m', { kind: 'maintenance', status: 'in_progress' })
    const result = diff(
      input({ owned: owned({ incidents: byId(maintenance) }), missing: { [maintenance.id]: minutesAgo(1) } }),
    )
    expect(result.upserts.incidents[0]).toMatchObject({ status: 'completed' })
  })
})

describe('components', () => {
  test('what changed and what is gone is told in one event', () => {
    const stays = component('s/stays')
    const changes = component('s/changes')
    const goes = component('s/goes')
    const result = diff(
      input({
        reading: reading({ components: [stays, { ...changes, status: 'major_outage' }] }),
        owned: owned({ components: byId(stays, changes, goes) }),
      }),
    )
    expect(result.events).toMatchObject([
      {
        type: 'components.updated',
        data: { upserted: [{ id: 's/changes', status: 'major_outage' }], removed: ['s/goes'] },
      },
    ])
    expect(result.removals.components).toEqual(['s/goes'])
    expect(result.components).toEqual(['s/stays', 's/changes'])
  })
})

describe('articles', () => {
  test('new ones are published oldest first, changed ones are updated', () => {
    const older = article('f/older', { publishedAt: minutesAgo(120) })
    const newer = article('f/newer')
    const result = diff(
      input({
        reading: reading({ articles: [newer, { ...older, title: 'Corrected' }] }),
        owned: owned({ articles: byId(older) }),
      }),
    )
    expect(
      result.events.map(event => [
        event.type,
        event.type.startsWith('article') && 'title' in event.data && event.data.title,
      ]),
    ).toEqual([
      ['article.updated', 'Corrected'],
      ['article.published', newer.title],
    ])
  })

  test('one that leaves the feed stays', () => {
    const known = article('f/known')
    expect(diff(input({ owned: owned({ articles: byId(known) }) }))).toMatchObject({ events: [], articles: [known.id] })
  })

  test('of more than 400 only the newest are kept, and older ones are not news when the feed lists them', () => {
    const many = Array.from({ length: 400 }, (_, i) => article(`f/${i}`, { publishedAt: minutesAgo(i) }))
    const ancient = article('f/ancient', { publishedAt: minutesAgo(9999) })
    const result = diff(
      input({
        reading: reading({ articles: [ancient, article('f/new', { publishedAt: minutesAgo(-1) })] }),
        owned: owned({ articles: byId(...many) }),
      }),
    )
    expect(types(result)).toEqual(['article.published'])
    expect(result.removals.articles).toEqual(['f/399'])
    expect(result.articles).toHaveLength(400)
  })
})

import { describe, expect, test } from 'vitest'
import { dayLanes } from '../../../client/history/day-lanes.ts'
import { barText, quietText } from '../../../client/history/lane-words.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import type { Source } from '../../../shared/domain/source.ts'
import { entry, incident, minutesAgo, NOW, small, source, standpointOn, when } from '../builders.ts'

const HOUR = 60
const ended = (id: string, from: number, until: number, more: Partial<Incident> = {}) =>
  incident(id, {
    status: 'resolved',
    startedAt: minutesAgo(from),
    resolvedAt: minutesAgo(until),
    updatedAt: minutesAgo(until),
    ...more,
  })
const maintenance = (id: string, from: number, until: number) =>
  incident(id, {
    kind: 'maintenance',
    status: 'scheduled',
    impact: 'maintenance',
    scheduledFor: minutesAgo(from),
    scheduledUntil: minutesAgo(until),
  })
const lanesOf = (incidents: Incident[], more: { sources?: Source[]; uses?: string[]; most?: number } = {}) =>
  dayLanes(incidents, more.sources ?? [], { concern: standpointOn(more.uses ?? []).concern, now: NOW }, more.most ?? 6)
const minute = (ms: number) => (NOW - ms) / 60_000

describe('the order of lanes', () => {
  test('what goes on comes before what is over, and that before what is ahead; the worst first', () => {
    const { lanes, incidents, planned } = lanesOf([
      maintenance('fastly-1', -HOUR, -2 * HOUR),
      ended('github-1', 300, 200, { impact: 'critical' }),
      incident('azure-1', { impact: 'minor' }),
      incident('aws-1', { impact: 'critical' }),
    ])
    expect(lanes.map(({ provider }) => provider)).toEqual(['aws', 'azure', 'github', 'fastly'])
    expect({ incidents, planned }).toEqual({ incidents: 3, planned: 1 })
  })

  test('what concerns the reader comes first', () => {
    const mine = incident('azure-1', { impact: 'minor', regions: ['azure/westeurope'] })
    const { lanes } = lanesOf([incident('aws-1', { impact: 'critical' }), mine], { uses: ['azure/westeurope'] })
    expect(lanes.map(({ provider }) => provider)).toEqual(['azure', 'aws'])
  })

  test('what has no lane is counted', () => {
    const { lanes, more } = lanesOf(
      ['a', 'b', 'c', 'd'].map(name => incident(`${name}-1`)),
      { most: 3 },
    )
    expect([lanes.length, more]).toEqual([3, 1])
  })
})

describe('the bars of a lane', () => {
  test('what is over for more than a day, or begins after the picture ends, is not drawn', () => {
    const { lanes } = lanesOf([
      ended('aws-1', 30 * HOUR, 25 * HOUR),
      maintenance('aws-2', -7 * HOUR, -8 * HOUR),
      ended('aws-3', 30 * HOUR, 23 * HOUR),
      maintenance('aws-4', -5 * HOUR, -8 * HOUR),
    ])
    expect(lanes[0]?.bars.map(bar => bar.incident.id)).toEqual(['aws-3', 'aws-4'])
  })

  test('what had no impact has no bar', () => {
    expect(lanesOf([incident('aws-1', { impact: 'none' })]).lanes).toEqual([])
  })

  test('incidents at one time lie in rows; one that begins later takes the first row that is free', () => {
    const { lanes } = lanesOf([ended('aws-1', 600, 400), ended('aws-2', 500, 300), ended('aws-3', 390, 350)])
    expect(lanes[0]?.bars.map(({ incident: { id }, row }) => [id, row])).toEqual([
      ['aws-1', 0],
      ['aws-2', 1],
      ['aws-3', 0],
    ])
    expect(lanes[0]?.rows).toBe(2)
  })

  test('no more than four rows are drawn', () => {
    const { lanes } = lanesOf(Array.from({ length: 7 }, (_, index) => incident(`aws-${index}`)))
    expect(lanes[0]?.rows).toBe(4)
    expect(lanes[0]?.bars.map(({ row }) => row)).toEqual([0, 1, 2, 3, 3, 3, 3])
  })

  test('the shortest keeps its room, so that the next does not lie on it', () => {
    const { lanes } = lanesOf([ended('aws-1', 60, 59), ended('aws-2', 58, 57)])
    expect(lanes[0]?.bars.map(({ row }) => row)).toEqual([0, 1])
  })

  test('one that grew worse has a span for each severity', () => {
    const grown = incident('aws-1', {
      impact: 'critical',
      startedAt: minutesAgo(90),
      entries: [entry(2, 30, { impact: 'critical' }), entry(1, 90, { impact: 'minor' })],
    })
    const spans = lanesOf([grown]).lanes[0]?.bars[0]?.spans ?? []
    expect(spans.map(({ status, from, until }) => [status, minute(from), minute(until)])).toEqual([
      ['degraded_performance', 90, 30],
      ['major_outage', 30, 0],
    ])
  })

  test('one without news for so long that it has faded ends with its last word', () => {
    const faded = incident('aws-1', { startedAt: minutesAgo(900), updatedAt: minutesAgo(600), fadesAfterMs: 1 })
    expect(lanesOf([faded]).lanes[0]?.bars.map(({ until }) => minute(until))).toEqual([600])
  })
})

describe('hours that were not read', () => {
  const unreadOf = (...days: string[]) =>
    lanesOf([incident('aws-1')], {
      sources: days.map((day, index) => source(`aws-status${index}`, { day })),
    }).lanes[0]?.unread.map(({ from, until }) => [minute(from), minute(until)])

  test('are joined, and end now', () => {
    expect(unreadOf(`${'o'.repeat(20)}xx--`)).toEqual([[3 * HOUR + 40, 0]])
  })

  test('are those that no source of the provider was read in', () => {
    expect(unreadOf(`--${'o'.repeat(22)}`, `-${'o'.repeat(23)}`)).toEqual([[23 * HOUR + 40, 22 * HOUR + 40]])
  })

  test('are not those that have only just begun', () => {
    expect(unreadOf(`${'o'.repeat(23)}-`)).toEqual([])
  })

  test('are all of them for a provider without a source', () => {
    expect(unreadOf()).toEqual([[23 * HOUR + 40, 0]])
  })

  test('a quiet day is called quiet only where all was read', () => {
    const read = source('aws-status')
    const unread = source('azure-status', { day: `-${'o'.repeat(23)}` })
    expect(quietText(lanesOf([], { sources: [read] }), when.words)).toBe(
      'No incident in the last 24 hours, and no maintenance in the next six.',
    )
    expect(quietText(lanesOf([], { sources: [read, unread] }), when.words)).toBe(
      'No incident of the last 24 hours is known. One provider was not read in all of them.',
    )
  })
})

describe('a bar tells', () => {
  test('place, title, state, since when and how long', () => {
    const going = incident('aws-1', { impact: 'major', regions: ['aws/us-east-1'] })
    expect(barText(going, small, when)).toBe(
      'AWS us-east-1: Errors when objects are read · Partial outage, investigating · since 14:02 (38 min)',
    )
  })

  test('how bad it was, when it is over', () => {
    expect(barText(ended('azure-1', 60, 22, { impact: 'critical' }), small, when)).toBe(
      'Azure: Errors when objects are read · Major outage, resolved after 38 min · 13:40 to 14:18',
    )
  })
})

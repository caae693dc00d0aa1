import { describe, expect, test } from 'vitest'
import { affected } from '../../../client/incidents/affected.ts'
import { markText, severityLine, spread } from '../../../client/incidents/severity-line.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import { entry, incident, minutesAgo, NOW, when } from '../builders.ts'

const minute = (ms: number | null) => (ms === null ? null : (NOW - ms) / 60_000)
const lineOf = (more: Partial<Incident>) => severityLine(incident('aws-status/1', more), NOW)

const first = entry(1, 90, { impact: 'minor' })
const worse = entry(2, 60, { impact: 'critical', status: 'identified' })
const over = entry(3, 20, { status: 'resolved' })
const whole = {
  status: 'resolved',
  impact: 'critical',
  startedAt: minutesAgo(90),
  resolvedAt: minutesAgo(20),
  entries: [over, worse, first],
} as const satisfies Partial<Incident>

describe('the line of severity', () => {
  test('has a span for each severity, and a mark for each word by both clocks', () => {
    const { spans, marks } = lineOf({ ...whole, entries: [...whole.entries] })
    expect(spans.map(({ status, from, until }) => [status, minute(from), minute(until)])).toEqual([
      ['degraded_performance', 90, 60],
      ['major_outage', 60, 20],
    ])
    expect(marks.map(({ status, saidAt, seenAt }) => [status, minute(saidAt), minute(seenAt)])).toEqual([
      ['degraded_performance', 90, 89],
      ['major_outage', 60, 59],
      ['operational', 20, 19],
    ])
  })

  test('is drawn from its begin to its end with some room, whenever it was read', () => {
    const late = { ...over, seenAt: minutesAgo(0) }
    const { from, until } = lineOf({ ...whole, entries: [late, worse, first] })
    expect([minute(from), minute(until)]).toEqual([92.1, 17.9])
  })

  test('begins with the announcement of what lies ahead', () => {
    const announced = entry(1, 600, { status: 'scheduled' })
    const { from, until, spans } = lineOf({
      kind: 'maintenance',
      status: 'scheduled',
      impact: 'maintenance',
      scheduledFor: minutesAgo(-60),
      scheduledUntil: minutesAgo(-120),
      entries: [announced],
    })
    expect(spans.map(({ status }) => status)).toEqual(['under_maintenance'])
    expect(minute(from)).toBeGreaterThan(600)
    expect(minute(until)).toBeLessThan(-120)
  })

  test('is unknown since the last word of what has faded', () => {
    const { spans } = lineOf({
      startedAt: minutesAgo(900),
      updatedAt: minutesAgo(600),
      fadesAfterMs: 60_000,
      entries: [entry(1, 900)],
    })
    expect(spans.map(({ status, until }) => [status, minute(until)]).slice(-2)).toEqual([
      [expect.not.stringMatching('unknown'), 600],
      ['unknown', 0],
    ])
  })

  test('has no marks without entries, and a length where nothing has lasted', () => {
    const { marks, from, until } = lineOf({ startedAt: minutesAgo(0), entries: [] })
    expect(marks).toEqual([])
    expect(until - from).toBeGreaterThan(60_000)
  })
})

test('marks at one time are moved apart, within the picture', () => {
  expect(spread([10, 10, 10, 60], 5, 100)).toEqual([10, 15, 20, 60])
  expect(spread([10, 98, 99, 100], 5, 100)).toEqual([10, 90, 95, 100])
  expect(spread([50, 50, 50, 50, 50], 40, 100)).toEqual([0, 25, 50, 75, 100])
  expect(spread([], 5, 100)).toEqual([])
  expect(spread([50], 5, 100)).toEqual([50])
})

describe('a mark says', () => {
  const textOf = (more: Parameters<typeof entry>[2]) => {
    const [mark] = lineOf({ entries: [entry(1, 30, more)] }).marks
    return mark && markText(mark, when)
  }

  test('the stage, both clocks and how far they are apart', () => {
    expect(textOf({})).toBe('Investigating, dated 14:10, read 14:11 (1 min later)')
  })

  test('that its source gave no time, or is ahead', () => {
    expect(textOf({ saidAt: null })).toBe('Investigating, read 14:11')
    expect(textOf({ seenAt: minutesAgo(32) })).toBe('Investigating, dated 14:10, read 14:08 (2 min earlier)')
  })

  test('that these words stand in place of others', () => {
    expect(textOf({ isRewrite: true, saidAt: null })).toBe('Investigating, rewritten by the source, read 14:11')
  })
})

describe('what is affected', () => {
  test('is what is named now, then what has left and when', () => {
    const parts = affected(
      incident('aws-status/1', {
        regions: ['aws/eu-west-1'],
        everRegions: [
          { region: 'aws/us-east-1', from: minutesAgo(90), to: minutesAgo(30) },
          { region: 'aws/eu-west-1', from: minutesAgo(90), to: null },
        ],
        services: ['S3'],
        zones: ['use1-az4'],
        entries: [
          entry(3, 10, { services: ['S3'] }),
          entry(2, 40, { services: ['EC2', 'S3'] }),
          entry(1, 90, { services: ['EC2', 'Lambda'] }),
        ],
      }),
    )
    expect(parts).toEqual({
      regions: [
        { name: 'aws/eu-west-1', left: null },
        { name: 'aws/us-east-1', left: minutesAgo(30) },
      ],
      services: [
        { name: 'S3', left: null },
        { name: 'Lambda', left: minutesAgo(40) },
        { name: 'EC2', left: minutesAgo(10) },
      ],
      zones: ['use1-az4'],
    })
  })

  test('a service that came back has not left', () => {
    const entries = [
      entry(3, 10, { services: ['EC2'] }),
      entry(2, 40, { services: [] }),
      entry(1, 90, { services: ['EC2'] }),
    ]
    expect(affected(incident('aws-status/1', { services: ['EC2'], entries })).services).toEqual([
      { name: 'EC2', left: null },
    ])
  })
})

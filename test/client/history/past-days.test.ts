import { expect, test } from 'vitest'
import { reasonsOfDay } from '../../../client/history/day-reasons.ts'
import { askForDays, dayInWords, daysInWords, uptimeInWords } from '../../../client/history/past-days.ts'
import type { HistoryDay } from '../../../shared/domain/history.ts'
import { incident, minutesAgo, NOW, when } from '../builders.ts'

const well: HistoryDay = { day: '2026-11-22', status: 'operational', minutes: { operational: 1440 } }
const bad: HistoryDay = {
  day: '2026-11-23',
  status: 'degraded_performance',
  minutes: { operational: 1398, degraded_performance: 42 },
}

test('a day says how it was, and for how long where it was not well', () => {
  expect(dayInWords(well, when)).toBe('22 Nov: operational')
  expect(dayInWords(bad, when)).toBe('23 Nov: degraded performance, 42 min')
  expect(dayInWords({ ...well, day: '2025-12-31' }, when)).toBe('31 Dec 2025: operational')
})

test('all days are one sentence, the worst first, and those that were not well are named', () => {
  const unknown: HistoryDay = { day: '2026-11-21', status: 'unknown', minutes: {} }
  expect(daysInWords([unknown, well, bad], when)).toBe(
    'Of 3 days: 1 degraded performance, 1 operational and 1 unknown. Not well: 23 Nov (degraded performance).',
  )
  expect(daysInWords([well], when)).toBe('Of 1 day: 1 operational.')
})

test('days that cannot be had are an error, not an empty history', async () => {
  const answer = (body: string, status = 200) => askForDays(async () => new Response(body, { status }), 'region', 'a/b')
  expect(await answer(JSON.stringify({ since: null, days: [well] }))).toEqual({ since: null, days: [well] })
  await expect(answer('{}', 404)).rejects.toThrow('answered 404')
  await expect(answer('{"days":"none"}')).rejects.toThrow()
})

test('uptime is the share of the known time, and never all of it from ignorance or rounding', () => {
  const unknown: HistoryDay = { day: '2026-11-20', status: 'unknown', minutes: { unknown: 1440 } }
  const kept: HistoryDay = { ...well, minutes: { operational: 1380, under_maintenance: 60 } }
  expect(uptimeInWords([unknown, unknown], when)).toBeNull()
  expect(uptimeInWords([well], when)).toBe('Operational 100% of the 1 d that are known.')
  expect(uptimeInWords([well, bad], when)).toBe('Operational 98.54% of the 2 d that are known.')
  expect(uptimeInWords([unknown, kept], when)).toBe(
    'Operational 100% of the 1 d that are known. Under maintenance: 1 h. Not known: 1 d.',
  )
  const almost = Array.from({ length: 89 }, () => well)
  expect(
    uptimeInWords([...almost, { ...bad, minutes: { operational: 1439.9, degraded_performance: 0.1 } }], when),
  ).toBe('Operational 99.99% of the 90 d that are known.')
})

test('the reasons of a day are what went on there, the worst first, each with its time of that day', () => {
  const over = (id: string, from: number, until: number, more = {}) =>
    incident(id, {
      status: 'resolved',
      regions: ['aws/us-east-1'],
      startedAt: minutesAgo(from),
      resolvedAt: minutesAgo(until),
      ...more,
    })
  const all = [
    over('aws-short', 60, 50, { impact: 'minor' }),
    over('aws-night', 1000, 820, { impact: 'minor' }),
    over('aws-worst', 40, 30, { impact: 'critical' }),
    over('aws-elsewhere', 60, 50, { regions: ['aws/eu-west-1'] }),
    over('aws-before', 3000, 2900),
    over('aws-harmless', 60, 50, { impact: 'none' }),
    over('github-other', 60, 50, { regions: [] }),
  ]
  const told = (of: Parameters<typeof reasonsOfDay>[2], day = '2026-11-24') =>
    reasonsOfDay(day, all, of, NOW).map(({ incident, status, ms }) => [incident.id, status, ms / 60_000])
  expect(told({ region: 'aws/us-east-1' })).toEqual([
    ['aws-worst', 'major_outage', 10],
    ['aws-night', 'degraded_performance', 60],
    ['aws-short', 'degraded_performance', 10],
  ])
  expect(told({ region: 'aws/us-east-1' }, '2026-11-23')).toEqual([['aws-night', 'degraded_performance', 120]])
  expect(told({ provider: 'github' }).map(([id]) => id)).toEqual(['github-other'])
})

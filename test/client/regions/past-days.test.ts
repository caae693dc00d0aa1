import { expect, test } from 'vitest'
import { askForDays, dayInWords, daysInWords } from '../../../client/regions/past-days.ts'
import type { HistoryDay } from '../../../shared/domain/history.ts'
import { when } from '../builders.ts'

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

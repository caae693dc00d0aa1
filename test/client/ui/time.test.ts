import { expect, test } from 'vitest'
import { age, clockTime, period, sinceText, span, timeIn } from '../../../client/ui/time.ts'
import { en as english } from '../../../client/words/en/page.ts'
import { minutesAgo, when } from '../builders.ts'

test('a time of today is told by the clock alone', () => {
  expect(clockTime(minutesAgo(38), when)).toBe('14:02')
})

test('the same instant is told in the chosen zone', () => {
  expect(clockTime(minutesAgo(38), { ...when, zone: 'Europe/Vienna' })).toBe('15:02')
  expect(clockTime(minutesAgo(38), { ...when, zone: 'Asia/Kathmandu' })).toBe('19:47')
})

test('a few hours before midnight need no date, a day does, and another year its number', () => {
  const afterMidnight = { ...when, now: Date.parse('2026-11-25T00:30:00Z') }
  expect(clockTime('2026-11-24T23:45:00Z', afterMidnight)).toBe('23:45')
  expect(clockTime('2026-11-23T14:02:00Z', when)).toBe('23 Nov 14:02')
  expect(clockTime('2024-02-29T12:00:00Z', when)).toBe('29 Feb 2024')
})

const told = (ms: number) => span(ms, english)

test('spans grow coarser as they grow longer', () => {
  expect([0, 420, 38_000, 38 * 60_000].map(told)).toEqual(['0.0 s', '0.4 s', '38 s', '38 min'])
  expect([192 * 60_000, 3 * 3_600_000, 52 * 3_600_000].map(told)).toEqual(['3 h 12 min', '3 h', '2 d 4 h'])
  expect(told(-5000)).toBe('0.0 s')
})

test('since is told absolutely and relatively', () => {
  expect(sinceText(minutesAgo(38), when)).toBe('since 14:02 (38 min)')
  expect(sinceText(minutesAgo(0.5), when)).toBe('since 14:39 (under 1 min)')
})

test('an instant ahead of a slow clock is no negative age', () => {
  expect(age(minutesAgo(-2), when)).toBe('under 1 min')
})

test('a period within a day names the day once', () => {
  expect(period('2026-11-26T22:00:00Z', '2026-11-26T23:30:00Z', when)).toBe('26 Nov 22:00 to 23:30')
  expect(period('2026-11-26T22:00:00Z', null, when)).toBe('26 Nov 22:00')
})

test('a zone that the browser does not know has no local time', () => {
  expect(timeIn('Europe/Berlin', when)).toBe('15:40')
  expect(timeIn('Mars/Olympus', when)).toBeNull()
})

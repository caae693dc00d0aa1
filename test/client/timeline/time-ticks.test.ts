import { expect, test } from 'vitest'
import { timeTicks } from '../../../client/timeline/time-ticks.ts'
import { when } from '../builders.ts'

const at = (instant: string) => Date.parse(`2026-${instant}:00Z`)
const names = (from: string, until: string, most: number, zone = 'UTC') =>
  timeTicks(at(from), at(until), { ...when, zone }, most).map(({ name }) => name)

test('an axis names round times, and the day at midnight', () => {
  expect(names('11-23T14:40', '11-24T20:40', 11)).toEqual([
    '15:00', '18:00', '21:00', '24 Nov', '03:00', '06:00', '09:00', '12:00', '15:00', '18:00',
  ]) // biome-ignore format: a row of an axis
  expect(names('11-24T14:01', '11-24T14:32', 7)).toEqual(['14:05', '14:10', '14:15', '14:20', '14:25', '14:30'])
  expect(names('11-10T14:00', '11-24T14:00', 8)).toEqual([
    '11 Nov', '13 Nov', '15 Nov', '17 Nov', '19 Nov', '21 Nov', '23 Nov',
  ]) // biome-ignore format: a row of an axis
})

test('they are round by the clock of the zone, also where that is off by quarters of an hour', () => {
  expect(names('11-24T00:00', '11-24T12:00', 4, 'Asia/Kathmandu')).toEqual(['06:00', '09:00', '12:00', '15:00'])
})

test('a year has few of them', () => {
  expect(names('01-01T00:00', '12-31T00:00', 6).length).toBeLessThanOrEqual(6)
})

import { expect, test } from 'vitest'
import { type LightInput, lightOf, minuteOfDay } from '../../../client/wall/display.ts'

const night: LightInput = {
  night: { from: 22 * 60, until: 6 * 60 },
  look: 'off',
  minute: 23 * 60,
  urgent: null,
  isAttended: false,
}

test('a screen is dark at night, and in full light by day or where no night was set', () => {
  expect(lightOf(night)).toBe('off')
  expect(lightOf({ ...night, look: 'dim' })).toBe('dim')
  expect(lightOf({ ...night, minute: 12 * 60 })).toBe('full')
  expect(lightOf({ ...night, night: null })).toBe('full')
})

test('what is urgent shows in the night, and stays in sight until somebody has seen it', () => {
  expect(lightOf({ ...night, urgent: 'announced' })).toBe('full')
  expect(lightOf({ ...night, urgent: 'pinned' })).toBe('dim')
  expect(lightOf({ ...night, look: 'dim', urgent: 'pinned' })).toBe('dim')
})

test('a screen that somebody looks for is lit', () => {
  expect(lightOf({ ...night, isAttended: true })).toBe('full')
})

test('the minute of the day is that of the place', () => {
  const noon = Date.UTC(2026, 10, 28, 12, 5)
  expect(minuteOfDay(noon, 'UTC')).toBe(12 * 60 + 5)
  expect(minuteOfDay(noon, 'Asia/Kolkata')).toBe(17 * 60 + 35)
  expect(minuteOfDay(Date.UTC(2026, 10, 28, 0, 0), 'UTC')).toBe(0)
})

import { expect, test } from 'vitest'
import { isNight, parseNight } from '../../../shared/domain/time-zone.ts'

const at = (hour: number, minute = 0) => hour * 60 + minute

test('a night over midnight', () => {
  const night = { from: at(22), until: at(6, 30) }
  expect(parseNight('22:00-06:30')).toEqual({ ok: true, value: night })
  expect([at(21, 59), at(22), at(0), at(6, 29), at(6, 30), at(12)].map(minute => isNight(night, minute))).toEqual([
    false,
    true,
    true,
    true,
    false,
    false,
  ])
})

test('a night within one day', () => {
  const night = { from: at(1), until: at(5) }
  expect(parseNight('1:00-5:00')).toEqual({ ok: true, value: night })
  expect([at(0, 59), at(1), at(4, 59), at(5)].map(minute => isNight(night, minute))).toEqual([false, true, true, false])
})

test.each(['', '22-6', '24:00-06:00', '22:60-06:00', '22:00', '22:00-22:00', '22:00-06:30 '])(
  "'%s' is refused with its mend",
  text => {
    expect(parseNight(text)).toEqual({
      ok: false,
      error: `'${text}' is no night: give two different times of the day, such as 22:00-06:30`,
    })
  },
)

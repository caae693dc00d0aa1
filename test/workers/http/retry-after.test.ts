import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retryAfterMs } from '../../../workers/http/retry-after.ts'

const day = 24 * 60 * 60 * 1000
const now = Date.parse('1994-11-06T08:48:37Z')

test.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['Sun, 06 Nov 1994 08:49:37 GMT', 60_000],
  ['Sunday, 06-Nov-94 08:49:37 GMT', 60_000],
  ['Sun Nov  6 08:49:37 1994', 60_000],
  ['Sun, 06 Nov 1994 08:00:00 GMT', 0],
  ['Sun, 06 Nov 2044 08:49:37 GMT', day],
  ['9'.repeat(400), day],
])('%s is a wait of %i ms', (value, ms) => {
  expect(retryAfterMs(value, now)).toBe(ms)
})

test.each([null, '', 'soon', '-5', '1.5', '1e3', '120, 120', '1994-11-06', 'Sun, 99 Nov 1994 08:49:37 GMT'])(
  '%j asks for nothing',
  value => {
    expect(retryAfterMs(value, now)).toBeNull()
  },
)

test('whatever it says, it is null or a wait between nothing and a day', () => {
  fc.assert(
    fc.property(fc.string(), value => {
      const ms = retryAfterMs(value, now)
      expect(ms === null || (ms >= 0 && ms <= day)).toBe(true)
    }),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { latest, parseDate, parseEpoch } from '../../../workers/text/dates.ts'

test.each([
  ['Thu, 23 Jul 2026 16:29:09 Z', '2026-07-23T16:29:09.000Z'],
  ['Tue, 24 Nov 2026 03:00:00 PST', '2026-11-24T11:00:00.000Z'],
  ['24 November 26 3:00 +0100', '2026-11-24T02:00:00.000Z'],
  ['2026-11-24T10:00:00.123456+01:00', '2026-11-24T09:00:00.123Z'],
  ['2026-11-24 10:00Z', '2026-11-24T10:00:00.000Z'],
  ['2026-11-24', '2026-11-24T00:00:00.000Z'],
  ['2026-06-30T23:59:60Z', '2026-06-30T23:59:59.000Z'],
])('%s is %s', (text, instant) => expect(parseDate(text)).toBe(instant))

test.each([
  '',
  'yesterday',
  '2026-11-24T10:00:00',
  'Tue, 24 Nov 2026 10:00:00',
  'Tue, 24 Nov 2026 10:00:00 XYZ',
  '2026-02-30T10:00:00Z',
  '2026-11-24T25:00:00Z',
  '24 Smarch 2026 10:00 GMT',
  '2026-11-24T10:00:00+23:00',
  '0001-01-01T00:00:00Z',
  '11/12/2026',
])('%j is no date rather than a wrong one', text => expect(parseDate(text)).toBeNull())

test('seconds come as number or digits, milliseconds by their size', () => {
  expect(parseEpoch('1795507200')).toBe('2026-11-24T08:00:00.000Z')
  expect(parseEpoch(1795507200)).toBe('2026-11-24T08:00:00.000Z')
  expect(parseEpoch(1795507200000)).toBe('2026-11-24T08:00:00.000Z')
  expect(parseEpoch('soon')).toBeNull()
  expect(parseEpoch(Number.NaN)).toBeNull()
})

test('an instant written out reads back as itself', () => {
  const dates = fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(dates, date => {
      expect(parseDate(date.toISOString())).toBe(date.toISOString())
    }),
  )
  fc.assert(
    fc.property(fc.string(), text => {
      expect(() => parseDate(text)).not.toThrow()
    }),
  )
})

test('the latest of several, whichever are missing', () => {
  expect(latest(['2026-01-01T00:00:00.000Z', null, '2026-02-01T00:00:00.000Z'])).toBe('2026-02-01T00:00:00.000Z')
  expect(latest([null])).toBeNull()
})

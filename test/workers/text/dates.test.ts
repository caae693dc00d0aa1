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
  ['Mon, 30 Nov 2026 10:00:00 +0000 (UTC)', '10:00'],
  ['Mon (day), 30 Nov 2026 10:00:00 (Berlin (winter)) CET', '09:00'],
  ['Mon, 30 Nov 2026 10:00:00 IST', '04:30'],
  ['Mon, 30 Nov 2026 10:00:00 MSK', '07:00'],
  ['Mon, 30 Nov 2026 10:00:00 SGT', '02:00'],
  ['Mon, 30 Nov 2026 10:00:00 BRT', '13:00'],
  ['Mon, 30 Nov 2026 10:00:00 GMT+0100', '09:00'],
  ['Mon, 30 Nov 2026 10:00:00 UTC+1', '09:00'],
  ['Mon, 30 Nov 2026 10:00:00 +0100 CET', '09:00'],
  ['Mon, 30 Nov 2026 10:00:00 ET', '15:00'],
  ['Thu, 30 Jul 2026 10:00:00 ET', '2026-07-30T14:00'],
  ['Mon, 30 Nov 2026 10:00:00 Europe/Berlin', '09:00'],
  ['Mon, 30 Nov 2026 10:00:00 A', '10:00'],
  ['Mon, 30 Nov 2026 24:00:00 GMT', '2026-12-01T00:00'],
  ['2026-11-30T24:00:00Z', '2026-12-01T00:00'],
  ['Mon 30 Nov 2026 10:00:00 GMT', '10:00'],
  ['Mon,30 Nov 2026 10:00:00 GMT', '10:00'],
  ['Mon, 30-Nov-26 10:00:00 GMT', '10:00'],
  ['Monday, November 30th, 2026 10:00 PM PST', '2026-12-01T06:00'],
  ['Mon Nov 30 10:00:00 UTC 2026', '10:00'],
  ['Mon Nov 30 2026 10:00:00 GMT+0100 (Central European Standard Time)', '09:00'],
  ['30 Nov 2026', '00:00'],
  ['2026年11月30日', '00:00'],
  ['20261130T100000Z', '10:00'],
  ['Mo, 30 Nov 2026 10:00:00 +0100', '09:00'],
  ['Di, 01 Dez 2026 10:00:00 MEZ', '2026-12-01T09:00'],
  ['mar, 03 mar 2026 10:00:00 +0100', '2026-03-03T09:00'],
  ['jeu., 20 août 2026 10:00:00 +0200', '2026-08-20T08:00'],
  ['sex, 27 nov 2026 10:00:00 -0300', '2026-11-27T13:00'],
  ['1795507200', '2026-11-24T08:00'],
])('of feeds, %s is %s', (text, at) =>
  expect(parseDate(text)).toBe(`${at.length === 5 ? `2026-11-30T${at}` : at}:00.000Z`),
)

test.each([
  'Mon, 30 Nov 2026 10:00:00',
  'Mon Nov 30 10:00:00 2026',
  '2026-11-30T10:00:00',
  '2026-11-30 10:00:00.0',
  '2026/11/30 10:00:00',
  '30.11.2026, 10:00 Uhr',
  '11/30/2026 10:00:00 AM',
  '30 de noviembre de 2026 10:00',
])('%s is exact only with a zone that is taken for granted', text => {
  expect(parseDate(text)).toBeNull()
  expect(parseDate(text, 'utc')).toBe('2026-11-30T10:00:00.000Z')
})

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
  '30 2026',
  'Mon, 30 Nov 2026 13:00 PM GMT',
  'Mon, 30 Nov 2026 24:00:01 GMT',
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

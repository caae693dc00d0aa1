import { expect, test } from 'vitest'
import { knownCountries } from '../../../server/live/known-countries.ts'

const countries = knownCountries()

test('every country has its code, and what is none has not', () => {
  expect(['NL', 'US', 'TW', 'XK', 'GB'].filter(code => !countries.has(code))).toEqual([])
  expect(['nl', 'UK', 'SU', 'EU', 'UN', 'XX', 'ZZ', 'NLD', 'Germany'].filter(code => countries.has(code))).toEqual([])
  expect([...countries.keys()].length).toBeGreaterThan(240)
})

test.each([
  ['uk', 'gb'],
  ['GERMANY', 'de'],
  ['Swtzerland', 'ch'],
  ['xx', null],
  ['eu', null],
  ['Atlantis', null],
])('%s most likely means %s', (word, code) => expect(countries.nearest(word)).toBe(code))

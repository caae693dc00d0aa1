import { expect, test } from 'vitest'
import { dayInWords } from '../../../client/sources/source-rows.ts'
import { when } from '../builders.ts'

/** It is 14:40, so that the last character is the hour from 14:00 to 15:00. */
test.each([
  ['o'.repeat(24), 'All polls ok in the last 24 h.'],
  ['-'.repeat(24), 'No poll in the last 24 h.'],
  ['x'.repeat(24), 'All polls failed in the last 24 h.'],
  [`${'o'.repeat(22)}fo`, 'All polls ok in the last 24 h but 13:00 to 14:00 (some failed).'],
  [
    `${'o'.repeat(10)}xxf${'o'.repeat(11)}`,
    'All polls ok in the last 24 h but 01:00 to 03:00 (all failed) and 03:00 to 04:00 (some failed).',
  ],
  [`${'-'.repeat(20)}oooo`, 'All polls ok in the last 24 h. No poll before 11:00.'],
  [`${'o'.repeat(10)}--${'o'.repeat(10)}--`, 'All polls ok in the last 24 h. No poll 01:00 to 03:00 and since 13:00.'],
])('%s reads %s', (day, words) => expect(dayInWords(day, when)).toBe(words))

test('many interruptions are counted', () => {
  expect(dayInWords('ox'.repeat(12), when)).toMatch(/ and 8 more\.$/)
})

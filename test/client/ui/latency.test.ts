import { expect, test } from 'vitest'
import { latency } from '../../../client/ui/time.ts'
import { en as english } from '../../../client/words/en/page.ts'

test.each([
  [null, '–'],
  [0, '0 ms'],
  [999, '999 ms'],
  [1_000, '1.0 s'],
  [9_949, '9.9 s'],
  [9_950, '10 s'],
])('%s reads %s', (ms, text) => expect(latency(ms, english)).toBe(text))

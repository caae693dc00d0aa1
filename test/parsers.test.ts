import { expect, test } from 'vitest'
import { fuzz } from './faults/fuzz/fuzz.ts'

/** `npm run test:faults` goes on for ten minutes with a seed of its own. */
test('no parser throws, hangs or tells what is unsound on five hundred inputs', async () => {
  expect(await fuzz(20_261_130, { inputs: 500 })).toEqual({ inputs: 500, failures: [] })
})

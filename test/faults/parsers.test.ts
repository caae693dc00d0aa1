import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { fuzz } from './fuzz/fuzz.ts'

const seconds = Number(process.env.FUZZ_SECONDS ?? 600)
const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31))

test('no parser throws, hangs or tells what is unsound, whatever it is given', async () => {
  console.log(`FUZZ_SEED=${seed} FUZZ_SECONDS=${seconds}`)
  const { inputs, failures } = await fuzz(seed, { at: Date.now() + seconds * 1_000 })
  console.log(`${inputs} inputs were read`)
  expect(failures).toEqual([])
  expect(inputs).toBeGreaterThan(seconds)
})

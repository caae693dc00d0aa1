import { test } from 'vitest'
import { endure } from '../faults/hostile/endure.ts'
import { abuses } from '../faults/hostile/table.ts'

/** `npm run test:faults` does it for longer, and with the sources that take seconds of a processor. */
test(
  'hostile sources cost a worker nothing but their own health',
  () =>
    endure(
      abuses.filter(({ heavy }) => heavy !== true),
      { every: '1s', readings: 3 },
    ),
  300_000,
)

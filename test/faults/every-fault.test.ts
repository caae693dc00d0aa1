import { expect, test } from 'vitest'
import { until } from '../support/temporary-redis.ts'
import { diceOf } from './every/dice.ts'
import { type Field, startField } from './every/field.ts'
import { inflict } from './every/inflict.ts'
import { subjects, tell } from './every/story.ts'
import { followTold, type Told } from './every/told.ts'
import { expectBounded, judge, unclearEnds, watchSizes } from './every/verdict.ts'

const count = Number(process.env.FAULT_COUNT ?? 1_000)
const seed = Number(process.env.FAULT_SEED ?? Date.now() % 2 ** 32)

test(`${count} faults of every kind lose no event, double none and leave the order as it is`, {
  timeout: 0,
}, async () => {
  console.log(`Faults: FAULT_SEED=${seed} FAULT_COUNT=${count}`)
  const field = await startField()
  let told: Told | undefined
  try {
    told = followTold(
      field.store.redis,
      subjects.map(({ source }) => source),
    )
    await run(field, told)
  } finally {
    await told?.stop().catch(() => undefined)
    await field.close()
  }
})

async function run(field: Field, told: Told): Promise<void> {
  for (const what of field.leftOut) console.log(`Left out: ${what}`)
  await Promise.all(subjects.map(({ source }) => field.oracle.look(source)))
  const begun = () =>
    subjects.every(({ source }) => told.count(source) >= (field.oracle.expected().get(source)?.length ?? 0))
  await until(begun, 'the first readings', 60)

  const startedAt = Date.now()
  const sizes = watchSizes(field)
  let isOver = false
  const { simulator, oracle, turns } = field
  const stories = Promise.all(
    subjects.map(subject =>
      tell(subject, { simulator, oracle, told, turns, redis: field.store.redis, isOver: () => isOver }),
    ),
  )
  const inflicted = inflict(field.parts, count, diceOf(seed), (part, kind, begunSoFar) => {
    if (process.env.FAULT_LOG)
      console.log(`${((Date.now() - startedAt) / 1000).toFixed(1)} s: ${begunSoFar} ${part}: ${kind}`)
  }).finally(() => {
    isOver = true
  })
  const [counts, steps] = await Promise.all([inflicted, stories])
  const faultSeconds = Math.round((Date.now() - startedAt) / 1000)
  await judge(field, told)
  sizes.stop()

  for (const [kind, times] of [...counts].sort()) console.log(`${String(times).padStart(6)}  ${kind}`)
  const most = sizes.most()
  const total = [...counts.values()].reduce((sum, times) => sum + times, 0)
  console.log(
    JSON.stringify({
      faults: total,
      seed,
      seconds: faultSeconds,
      steps: steps.reduce((sum, n) => sum + n, 0),
      events: told.events().length,
      lostSeconds: field.losses(),
      resets: field.witnesses.map(({ runs }) => runs().length - 1),
      mostMb: Math.round(most.mb),
      mostFiles: most.files,
      endedByThemselves: [...field.roles.values()].reduce((sum, { ends }) => sum + ends.length, 0),
    }),
  )
  expect(field.unexplained()).toEqual([])
  expect(unclearEnds(field)).toEqual([])
  expectBounded(most)
  expect(total).toBeGreaterThanOrEqual(count)
}

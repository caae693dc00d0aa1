import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import type { StepInput } from '../simulator/step.ts'
import { listen } from './listener.ts'
import { startOracle, tellingsBySource } from './oracle.ts'
import { type Stack, startStack } from './stack.ts'
import { until } from './temporary-redis.ts'

/**
 * Tells a story step by step while the worker is killed at random again and again, and then compares: the stream must
 * hold exactly what the oracle foretold, in order, a source; and a client that was there all the time must have seen
 * exactly the stream.
 */
export async function tellStoryUnderKills(kills: number): Promise<{ kills: number; events: number }> {
  const stack = await startStack({ story: 'road' })
  try {
    const oracle = await startOracle(stack.simulator)
    await stack.ready()
    const listener = listen(stack.url, ['all'], '0-0')
    const killing = killAtRandom(stack, kills)

    for (let steps = 0; ; steps++) {
      await oracle.look()
      await until(() => hasHappened(stack, oracle.expected()), `step ${steps} in the stream`, PATIENCE_S).catch(
        error => {
          throw new Error(`${error.message}\n${stack.workers.output().slice(-2000)}`)
        },
      )
      const next = stack.simulator.step() ?? (killing.done() ? undefined : stack.simulator.apply(article(steps)))
      if (next === undefined) break
    }
    await killing.finished
    // Whatever would be told twice has the time to be told.
    await sleep(3_000)
    await stack.workers.stop()

    const events = await stack.stream()
    const expected = oracle.expected()
    expect(tellingsBySource(events, expected.keys())).toEqual(expected)
    const last = events.at(-1)?.id
    await until(
      () => listener.events.at(-1)?.id === last || listener.resets.length > 0,
      'the client to have seen the last event',
    )
    expect(listener.events.map(({ id }) => id)).toEqual(events.map(({ id }) => id))
    listener.close()
    return { kills, events: oracle.count() }
  } finally {
    await stack.close()
  }
}

async function hasHappened(stack: Stack, expected: Map<string, string[]>): Promise<boolean> {
  const told = tellingsBySource(await stack.stream(), expected.keys())
  return isDeepStrictEqual(
    [...told.values()].map(list => list.length),
    [...expected.values()].map(list => list.length),
  )
}

/** A source whose reader was killed waits for the end of its lease, 15 s, and may be unlucky several times in a row. */
const PATIENCE_S = 240

/** Most lives are ended at work, some while they start. */
function killAtRandom(stack: Stack, kills: number): { done(): boolean; finished: Promise<void> } {
  let left = kills
  const finished = (async () => {
    for (; left > 0; left--) {
      const starting = Math.random() < 0.2
      if (!starting) await stack.workers.said('workers are running')
      await sleep(Math.random() * 1_600)
      await stack.workers.stop('SIGKILL')
      stack.workers.start()
    }
  })()
  return { done: () => left === 0, finished }
}

const article = (n: number): StepInput => ({
  do: 'publish',
  feed: 'cloud-gazette',
  title: `More news, number ${n}`,
  summary: 'Something else happened.',
})

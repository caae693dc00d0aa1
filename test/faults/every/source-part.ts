import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { keys } from '../../../shared/redis/keys.ts'
import { PollState } from '../../../shared/redis/poll-state.ts'
import type { Simulator } from '../../simulator/server.ts'
import type { StepInput } from '../../simulator/step.ts'
import type { Fault, Part } from './fault.ts'
import { untilOf } from './known.ts'
import { type Subject, subjects, type Turns } from './story.ts'

type Mode = Extract<StepInput, { do: 'fail' }>['as']

/** How often it is said once, and how often it may be said twice. */
const failures: readonly [Mode, number][] = [
  [500, 3],
  [503, 2],
  [404, 1],
  ['html', 3],
  ['garbage', 2],
  ['empty', 2],
  ['cut', 2],
  ['truncated', 2],
  ['reset', 2],
  ['hang', 1],
  ['drip', 1],
]

/** How long a reader may take to come for a lie and, after it, for the truth; in s. */
const PATIENCE_S = 120

/** A source fails once or twice, or says once what is not so, without a word that it failed. */
export function sourcePart(subject: Subject, simulator: Simulator, redis: Redis, turns: Turns): Part {
  const { source } = subject
  const say = (as: Mode, share: number): Fault => ({
    kind: typeof as === 'number' ? `says ${as}` : `says: ${as}`,
    share,
    inflict: dice =>
      turns.take(source, async () => {
        const isLie = as === 'hollow' || as === 'old'
        simulator.apply({ do: 'fail', source, as, times: isLie ? 1 : dice.pick([1, 2]) })
        await untilOf(source, redis, () => !simulator.world.faults.has(source), `${source} to be asked`, PATIENCE_S)
        if (isLie) await untilBelieved(source, simulator, redis)
      }),
  })
  const [first, ...others] = failures
  if (first === undefined) throw new Error('there is no way to fail')
  const faults: [Fault, ...Fault[]] = [
    say(...first),
    ...others.map(([as, share]) => say(as, share)),
    ...subject.lies.map(as => say(as, 5)),
  ]
  return { name: 'sources', rest: { least: 2_000, most: 10_000 }, faults }
}

export const sourceParts = (simulator: Simulator, redis: Redis, turns: Turns): Part[] =>
  subjects.map(subject => sourcePart(subject, simulator, redis, turns))

/** Two lies in a row are a truth: until the source was understood again, it is not to lie again. */
async function untilBelieved(source: string, simulator: Simulator, redis: Redis): Promise<void> {
  const asked = simulator.requests(source)
  await untilOf(source, redis, () => simulator.requests(source) > asked, `${source} to be asked again`, PATIENCE_S)
  await sleep(500)
  const isSettled = async () => {
    const text = await redis.hget(keys.polls, source)
    return text !== null && Object.keys(PollState.parse(JSON.parse(text)).missing).length === 0
  }
  await untilOf(source, redis, isSettled, `${source} to be understood again`, PATIENCE_S)
}

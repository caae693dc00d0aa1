import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { Simulator } from '../../simulator/server.ts'
import type { StepInput } from '../../simulator/step.ts'
import { sourceId } from '../../simulator/world.ts'
import type { Oracle } from '../../support/oracle.ts'
import { untilOf } from './known.ts'
import type { Told } from './told.ts'

/** What a source tells in turn, for ever. `lies`: what it can say that is not so, beside failing. */
export type Subject = { source: string; lies: readonly ('hollow' | 'old')[]; steps(n: number): StepInput[] }

/** Everything whose story goes on while things fail. A cloud, a status page and a feed each have steps of their own. */
export const subjects: readonly Subject[] = [
  cloud('azure', ['westeurope', 'northeurope'], 'Storage'),
  cloud('aws', ['us-east-1', 'eu-west-1'], 'Amazon Elastic Compute Cloud'),
  cloud('google', ['europe-west4', 'us-central1'], 'Cloud SQL'),
  page('github', 'Issues'),
  page('vercel', 'Functions'),
  page('netlify', 'Edge Functions'),
  page('openai', 'Responses'),
  feed('cloud-gazette'),
  feed('the-rack'),
  feed('region-watch'),
  feed('green-grid'),
]

function cloud(on: string, regions: [string, string], service: string): Subject {
  return {
    source: sourceId(on),
    lies: on === 'google' ? ['old'] : ['hollow', 'old'],
    steps(n) {
      const id = `${on}-${n}`
      return [
        {
          do: 'open',
          id,
          on,
          impact: 'major',
          title: `Requests fail, time ${n}`,
          regions: [regions[0]],
          services: [service],
        },
        { do: 'identify', id },
        { do: 'update', id, regions: [regions[1]], text: `It has spread, time ${n}.` },
        { do: 'monitor', id },
        { do: 'resolve', id },
      ]
    },
  }
}

function page(on: string, component: string): Subject {
  return {
    source: on,
    lies: [],
    steps(n) {
      const id = `${on}-${n}`
      return [
        { do: 'open', id, on, impact: 'minor', title: `Slow answers, time ${n}`, services: [component] },
        { do: 'identify', id },
        { do: 'resolve', id },
      ]
    },
  }
}

function feed(name: string): Subject {
  return {
    source: name,
    lies: ['hollow', 'old'],
    steps: n => [
      { do: 'publish', feed: name, title: `News ${n} of ${name}`, summary: `Something happened, time ${n}.` },
    ],
  }
}

/** Keeps a source's story and its lies apart: both want it as it is. */
export type Turns = { take<T>(source: string, act: () => Promise<T>): Promise<T> }

export function turns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return {
    take(source, act) {
      const before = last.get(source) ?? Promise.resolve()
      const mine = before.then(act)
      last.set(
        source,
        mine.catch(() => undefined),
      )
      return mine
    },
  }
}

export type StoryDeps = {
  simulator: Simulator
  oracle: Oracle
  told: Told
  redis: Redis
  turns: Turns
  isOver(): boolean
}

/** A source that was unlucky several times in a row backs off, and its reader may be killed. In s. */
const PATIENCE_S = 180
/** After that an event survives a Redis that loses its last second; in ms. */
const SETTLED_MS = 1_600

/** Tells a source's story to the end of the chapter in which it is when all is over. Each step waits until the one before it is in the stream. */
export async function tell(subject: Subject, deps: StoryDeps): Promise<number> {
  const { simulator, oracle, told, isOver } = deps
  const { source } = subject
  let steps = 0
  for (let n = 1; !isOver(); n++) {
    for (const step of subject.steps(n)) {
      await deps.turns.take(source, async () => {
        simulator.apply(step)
        await oracle.look(source)
      })
      steps += 1
      const wanted = () => oracle.expected().get(source)?.length ?? 0
      const what = `step ${steps} of ${source} (${step.do}) in the stream`
      const inStream = () => untilOf(source, deps.redis, () => told.count(source) >= wanted(), what, PATIENCE_S)
      await inStream()
      await sleep(SETTLED_MS)
      // Redis may have lost it again, and then it is told anew.
      await inStream()
    }
  }
  return steps
}

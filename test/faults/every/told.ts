import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { type Event, ORIGIN } from '../../../shared/domain/events.ts'
import { isInStream, readEvents } from '../../../shared/redis/event-stream.ts'
import { tellingsBySource } from '../../support/oracle.ts'

/** What the stream says now. */
export type Told = {
  events(): readonly Event[]
  /** How many events of the kinds that the oracle foretells a source has. */
  count(source: string): number
  stop(): Promise<void>
}

const LOOK_MS = 200
const PAGE = 1_000

/** Follows the stream by itself, and starts anew when its end was lost. */
export function followTold(redis: Redis, sources: readonly string[]): Told {
  let events: Event[] = []
  let counts = new Map<string, number>()
  let isOver = false

  async function look(): Promise<void> {
    const last = events.at(-1)?.id ?? ORIGIN
    if (last !== ORIGIN && !(await isInStream(redis, last))) {
      events = []
      counts = new Map()
      return
    }
    const more = await readEvents(redis, last, PAGE, (what, id, why) => {
      throw new Error(`${what} ${id}: ${why}`)
    })
    events.push(...more)
    for (const [source, told] of tellingsBySource(more, sources))
      counts.set(source, (counts.get(source) ?? 0) + told.length)
  }

  const done = (async () => {
    while (!isOver) {
      await look()
      await sleep(LOOK_MS)
    }
  })()
  done.catch(() => undefined)
  return {
    events: () => events,
    count: source => counts.get(source) ?? 0,
    async stop() {
      isOver = true
      await done
      await look()
    },
  }
}

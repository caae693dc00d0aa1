import { type Redis, ReplyError } from 'ioredis'
import { Source } from '../../../shared/domain/source.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { bringForward } from '../../../shared/redis/timetable.ts'

const LOOK_MS = 2_000
/** Well beyond any lease and interval: so far ahead lies only what has failed several times in a row. */
const FURTHEST_MS = 8_000

export type Impatience = {
  /** Sources that were to be left alone for longer than their failures in a row explain: nobody brought those forward. */
  unexplained(): readonly string[]
  stop(): void
}

/** Has every source that backs off for long polled, as a person does who wants to know whether it is well again. */
export function beImpatient(redis: Redis): Impatience {
  const unexplained: string[] = []
  const look = async () => {
    const now = Date.now()
    // Both of one moment: a poll writes them together.
    const [far, health] =
      (await redis.multi().zrange(keys.due, '0', '-1', 'WITHSCORES').hgetall(keys.sources).exec()) ?? []
    const sources = new Map(Object.entries(Object(health?.[1])).map(([id, text]) => [id, sourceIn(String(text))]))
    const patient: string[] = []
    for (const [id, dueAt] of pairsOf(Array.isArray(far?.[1]) ? far[1].map(String) : [])) {
      const inMs = Number(dueAt) - now
      const source = sources.get(id)
      if (source === undefined || inMs <= FURTHEST_MS) continue
      if (source.failures > 0 && inMs <= source.intervalMs * 2 ** source.failures) patient.push(id)
      else unexplained.push(`${id} is due in ${Math.round(inMs)} ms after ${source.failures} failures in a row`)
    }
    await bringForward(redis, patient)
  }
  const looking = setInterval(
    () =>
      void look().catch(error => {
        // Redis refuses as well, and is asked again.
        if (!(error instanceof ReplyError)) unexplained.push(String(error))
      }),
    LOOK_MS,
  )
  return { unexplained: () => unexplained, stop: () => clearInterval(looking) }
}

const sourceIn = (text: string): Source => Source.parse(JSON.parse(text))

const pairsOf = (flat: readonly string[]): [string, string][] =>
  flat.flatMap((id, n) => (n % 2 === 0 ? [[id, flat[n + 1] ?? ''] satisfies [string, string]] : []))

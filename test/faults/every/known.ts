import type { Redis } from 'ioredis'
import { keys } from '../../../shared/redis/keys.ts'
import { until } from '../../support/temporary-redis.ts'

/** As `until`, of something that depends on a source: what fails says what the store knows of it, and of all that are due. */
export async function untilOf(
  source: string,
  redis: Redis,
  holds: () => Promise<boolean> | boolean,
  what: string,
  seconds: number,
): Promise<void> {
  try {
    await until(holds, what, seconds)
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${await knownOf(source, redis)}`)
  }
}

async function knownOf(source: string, redis: Redis): Promise<string> {
  const [health, state, claim, version, due, waiting, memory] = await Promise.all([
    redis.hget(keys.sources, source),
    redis.hget(keys.polls, source),
    redis.hget(keys.claims, source),
    redis.hget(keys.versions, source),
    redis.zrange(keys.due, '0', '-1', 'WITHSCORES'),
    Promise.all(['status', 'news'].map(name => redis.llen(`{nephoscope}:queue:${name}:wait`))),
    redis.config('GET', 'maxmemory'),
  ])
  const now = Date.now()
  const dueIn = Object.fromEntries(
    due.flatMap((id, n) => (n % 2 === 0 ? [[id, `${Math.round(Number(due[n + 1]) - now)} ms`]] : [])),
  )
  return JSON.stringify(
    { now: new Date(now), health: json(health), state: json(state), claim, version, dueIn, waiting, memory },
    (name, value) => (name === 'day' ? undefined : value),
    1,
  )
}

const json = (text: string | null): unknown => (text === null ? null : JSON.parse(text))

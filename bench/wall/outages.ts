import { setTimeout as sleep } from 'node:timers/promises'
import type { Line } from '../../test/support/line.ts'
import type { Stack } from '../../test/support/stack.ts'
import { until } from '../../test/support/temporary-redis.ts'
import { rounded } from '../support/figures.ts'
import type { Ledger } from './ledger.ts'

export type Taken = 'network' | 'server' | 'redis'

/** How long something stays away, ms. */
const AWAY = 15_000

/**
 * Takes these away together, gives them back, and says how long after the last of them answered the wall had an event that
 * was written then, in seconds.
 * @param write writes an event and returns when it stands in the stream
 */
export async function outage(
  taken: readonly Taken[],
  stack: Stack,
  line: Line,
  ledger: Ledger,
  write: () => Promise<void>,
): Promise<number> {
  if (taken.includes('network')) line.down()
  if (taken.includes('server')) await stack.server.stop('SIGKILL')
  if (taken.includes('redis')) await stack.redis.stop()
  await sleep(AWAY)
  if (taken.includes('redis')) await stack.redis.start()
  if (taken.includes('server')) stack.server.start()
  if (taken.includes('network')) line.up()
  await stack.ready(line.url)
  const backAt = Date.now()
  await write()
  const last = (await stack.stream()).at(-1)?.id
  await until(() => ledger.head() === last, `the wall to be right after ${taken.join(', ')}`, 120)
  return rounded((Date.now() - backAt) / 1000, 1)
}

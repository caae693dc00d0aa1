import type { Redis } from 'ioredis'
import { Instant } from '../../shared/domain/primitives.ts'
import { keys } from '../../shared/redis/keys.ts'

/** How often the sign is read, in ms. */
const EVERY_MS = 1_000

/** The proof that workers live. While Redis cannot be read, what was last read stands, and grows old. */
export type Signs = {
  /** When a roll-up last ran: somebody watches the clock. Null: nobody ever did. */
  readonly workersAt: string | null
  stop(): void
}

export function watchSigns(redis: Redis, log: { debug(fields: object, message: string): void }): Signs {
  let workersAt: string | null = null
  const read = () =>
    redis.get(keys.rollUpBeat).then(
      beat => {
        workersAt = Instant.safeParse(beat).data ?? null
      },
      error => log.debug({ error: String(error) }, 'no sign of the workers could be read'),
    )
  void read()
  const timer = setInterval(read, EVERY_MS)
  return {
    get workersAt() {
      return workersAt
    },
    stop: () => clearInterval(timer),
  }
}

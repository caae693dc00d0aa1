import type { Redis } from 'ioredis'
import type { EventId } from '../../shared/domain/events.ts'
import { Instant, toInstant } from '../../shared/domain/primitives.ts'
import type { Pulse } from '../../shared/domain/socket-protocol.ts'
import { keys } from '../../shared/redis/keys.ts'

const READ_INTERVAL_MS = 1_000

/** The proof that workers are alive. While Redis cannot be read it keeps its last value, and grows old. */
export type Heartbeat = {
  /** When a roll-up last ran; null where none ever did. */
  readonly workersAt: string | null
  stop(): void
}

export function watchHeartbeat(redis: Redis, log: { debug(fields: object, message: string): void }): Heartbeat {
  let workersAt: string | null = null
  const read = () =>
    redis.get(keys.rollUpBeat).then(
      beat => {
        workersAt = Instant.safeParse(beat).data ?? null
      },
      error => log.debug({ error: String(error) }, 'the heartbeat of the workers could not be read'),
    )
  void read()
  const timer = setInterval(read, READ_INTERVAL_MS)
  return {
    get workersAt() {
      return workersAt
    },
    stop: () => clearInterval(timer),
  }
}

/** What every client is sent every few seconds. @param clients how many this server has @param now ms */
export const pulseOf = (
  head: EventId,
  { workersAt }: Pick<Heartbeat, 'workersAt'>,
  clients: number,
  now: number,
): Pulse => ({ at: toInstant(now), head, workersAt, comeBackWithinMs: rejoinDelayMs(clients) })

/** What a client that rejoins costs a server, in ms of its processor, at most. */
const REJOIN_COST_MS = 0.2
/** How long socket.io's clients wait at most by default. */
const MIN_REJOIN_DELAY_MS = 1_000
const MAX_REJOIN_DELAY_MS = 20_000

/** The time over which the clients of a server spread their reconnects when all lose it at once, in ms. */
const rejoinDelayMs = (clients: number): number =>
  Math.min(MAX_REJOIN_DELAY_MS, Math.max(MIN_REJOIN_DELAY_MS, Math.round(clients * REJOIN_COST_MS)))

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { countLosses, type Log } from './connect.ts'
import { holdLease, releaseLease } from './lease.ts'

/** Between attempts to take the lease, in ms. */
const PAUSE_MS = 1_000

export type LeasedWork = {
  redis: Redis
  /** On which the work waits for events; its loss ends the work when we stop. */
  blocked: Redis
  lease: string
  leaseMs: number
  /** 'the roll-up', for the log. */
  name: string
  /** Asked before the lease is taken. */
  isWanted?: () => Promise<boolean>
  /**
   * Runs while the lease is held, and renews it. It returns to begin anew.
   * @param losses how often `blocked` was lost so far
   */
  work(who: string, losses: () => number, signal: AbortSignal): Promise<void>
  log: Log
}

/** Does work that one worker at a time does: takes the lease, works, and begins again after whatever ends the work. */
export function startLeasedWork(deps: LeasedWork): { stop(): Promise<void> } {
  const { redis, blocked, lease, leaseMs, name, isWanted = async () => true, work, log } = deps
  const who = randomUUID()
  const stopping = new AbortController()
  const losses = countLosses(blocked)
  const done = (async () => {
    while (!stopping.signal.aborted) {
      try {
        if ((await isWanted()) && (await holdLease(redis, lease, who, leaseMs)))
          await work(who, losses, stopping.signal)
      } catch (error) {
        if (!stopping.signal.aborted) log.warn({ error: String(error) }, `${name} was interrupted; starting it again`)
      }
      await sleep(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      stopping.abort()
      blocked.disconnect()
      await done
      await releaseLease(redis, lease, who).catch(error =>
        log.warn({ error: String(error) }, `the lease of ${name} was left to expire`),
      )
    },
  }
}

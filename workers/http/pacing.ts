import { setTimeout as sleep } from 'node:timers/promises'
import { createTurns } from './turns.ts'

/** Between the beginnings of two requests to one host, in ms: what many sources have in common is asked in single file. */
export const GAP_MS = 250
/** One address may not silence for longer than this, in ms, what others share with it: then one of them asks again. */
const LONGEST_HOLD_MS = 60 * 60_000

/** How all requests of one process treat a host. */
export type Pacing = {
  /** Resolves when a request to the host may begin; rejects with the signal's reason when that is aborted before. */
  begin(host: string, signal: AbortSignal): Promise<void>
  /** The host asked to be left alone for so many ms. */
  hold(host: string, ms: number): void
  /** For how many ms more it is to be left alone; 0 when it may be asked. */
  heldMs(host: string): number
}

/** @param now ms, of a clock that never goes backwards */
export function createPacing(now: () => number): Pacing {
  const gates = createTurns(1)
  const holds = new Map<string, number>()
  return {
    begin: (host, signal) =>
      new Promise((resolve, reject) => {
        const passing = gates(host, signal, () => {
          resolve()
          return sleep(GAP_MS, undefined, { ref: false })
        })
        passing.catch(reject)
      }),
    hold(host, ms) {
      for (const [other, until] of holds) if (until <= now()) holds.delete(other)
      holds.set(host, Math.max(holds.get(host) ?? 0, now() + Math.min(ms, LONGEST_HOLD_MS)))
    },
    heldMs: host => Math.max(0, Math.ceil((holds.get(host) ?? 0) - now())),
  }
}

/** For hosts that nobody has to be careful with. */
export const unpaced: Pacing = { begin: async () => {}, hold() {}, heldMs: () => 0 }

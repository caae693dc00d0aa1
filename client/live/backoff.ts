/** The longest wait between two attempts, in ms. */
export const LONGEST_WAIT = 10_000

const FIRST_WAIT = 500

/**
 * How long to wait before attempt `attempt` (1 is the first repetition), in ms: doubling, with full jitter in the upper
 * half, so that a thousand pages do not come back in one instant. `random` is in [0, 1).
 */
export function backoff(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempt, 10))
  return Math.round(ceiling / 2 + (ceiling / 2) * random)
}

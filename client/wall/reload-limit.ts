const HOUR = 3_600_000

/** A page that reloads more often than this will not be mended by it. */
const MOST_AN_HOUR = 3
const MOST_A_DAY = 12

/** Reloads that still count, oldest first. A clock that was set back makes later ones count no more. */
export const recentReloads = (past: readonly number[], now: number): number[] =>
  past.filter(at => at <= now && now - at < 24 * HOUR).slice(-MOST_A_DAY)

/** Whether one more is within the limit. Instants in ms since the epoch. */
export function mayReload(past: readonly number[], now: number): boolean {
  const recent = recentReloads(past, now)
  return recent.length < MOST_A_DAY && recent.filter(at => now - at < HOUR).length < MOST_AN_HOUR
}

/** How many readings count. Pulses come every 5 s, so that a clock that was set is followed within a quarter of a minute. */
const KEPT = 5

/** Difference between the clocks, in ms, up to which the page's own clock is good enough. */
export const CLOCK_TOLERANCE = 2_000

/** Differences of one reading from the next, in ms, that are the network's and not a clock's. */
const JITTER = 500

/**
 * The readings with one more, the newest last.
 * @param serverAt the server's clock when it spoke, ms since the epoch
 * @param now ours when it was heard
 * @param latency how long the words were under way, ms
 */
export const withReading = (
  readings: readonly number[],
  serverAt: number,
  now: number,
  latency: number,
): readonly number[] => [...readings, serverAt + latency - now].slice(-KEPT)

/**
 * The server's clock minus ours, in ms, as it is to be reckoned with: the median of the readings, so that one pulse that
 * was held up (a page that slept) moves nothing; 0 while the clocks agree; and what it was while only the network varies.
 */
export function skewOf(readings: readonly number[], before: number): number {
  const sorted = [...readings].sort((a, b) => a - b)
  const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
  if (before !== 0 && Math.abs(middle - before) <= JITTER) return before
  return Math.abs(middle) > CLOCK_TOLERANCE ? middle : 0
}

/** Total time that one request may take, in ms. */
const TIMEOUT_MS = 10_000
/** The longest lease, in ms: a poll with the longest timeout and the reading after it fit well. */
const LONGEST_LEASE_MS = 15_000
/** The shortest lease, in ms. */
const SHORTEST_LEASE_MS = 1_500

/**
 * How long one poll of a source may take. The lease is never longer than the interval (down to the shortest lease), so
 * that a worker that dies in a poll leaves no source unpolled for longer than twice its interval; and the request ends
 * well before the lease does, so that two workers never poll one source at once.
 */
export function timingOf(everyMs: number): { leaseMs: number; timeoutMs: number } {
  const leaseMs = Math.min(LONGEST_LEASE_MS, Math.max(SHORTEST_LEASE_MS, everyMs))
  return { leaseMs, timeoutMs: Math.min(TIMEOUT_MS, Math.round((leaseMs * 2) / 3)) }
}

/** What a client that comes again costs a server, in ms of its processor, generously. */
const EACH_MS = 0.2
/** What socket.io's clients wait at most anyway when they are told nothing. */
const LEAST_MS = 1_000
const MOST_MS = 20_000

/** Over how long the clients of a server are to spread their return when all lose it at once, in ms. */
export const comeBackWithinMs = (clients: number): number =>
  Math.min(MOST_MS, Math.max(LEAST_MS, Math.round(clients * EACH_MS)))

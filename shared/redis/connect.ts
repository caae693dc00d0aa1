import { Redis } from 'ioredis'

/** Silence on a socket, in ms, after which Redis counts as hung and the connection is made anew. Longer than any BLOCK. */
const SOCKET_TIMEOUT_MS = 15_000

export type Log = { warn(fields: object, message: string): void; info(fields: object, message: string): void }

/**
 * A connection that lasts: it reconnects for ever, at most 2 s apart. Commands that were under way or waiting when it was
 * lost are rejected, never silently sent again: only the caller knows whether repeating is right.
 * @param url `redis://`, `rediss://`, or `unix:///path/to/redis.sock`
 */
export function connectRedis(url: string, name: string, log: Log): Redis {
  // 0: reject at the first loss. With null, ioredis would leave what was under way unanswered for ever.
  return open(url, name, log, { autoResendUnfulfilledCommands: false, maxRetriesPerRequest: 0 })
}

/** A connection as BullMQ wants it: its commands wait for Redis to come back. @see https://docs.bullmq.io/guide/connections */
export function connectQueue(url: string, name: string, log: Log): Redis {
  return open(url, name, log, { autoResendUnfulfilledCommands: true, maxRetriesPerRequest: null })
}

function open(
  url: string,
  name: string,
  log: Log,
  onLoss: { autoResendUnfulfilledCommands: boolean; maxRetriesPerRequest: number | null },
): Redis {
  const options = {
    ...onLoss,
    connectionName: `nephoscope-${name}`,
    retryStrategy: (times: number) => Math.min(2_000, 50 * 2 ** Math.min(times, 6)) * (0.5 + Math.random() / 2),
    socketTimeout: SOCKET_TIMEOUT_MS,
  }
  const redis = url.startsWith('unix://') ? new Redis(url.slice('unix://'.length), options) : new Redis(url, options)
  let lost = false
  redis.on('error', (error: Error) => {
    if (!lost) log.warn({ connection: name, error: error.message }, 'Redis cannot be reached; trying again')
    lost = true
  })
  redis.on('ready', () => {
    if (lost) log.info({ connection: name }, 'Redis is back')
    lost = false
  })
  return redis
}

/** Waits for a connection to be there for the first time, however long that takes. */
export function untilReady(redis: Redis): Promise<void> {
  return new Promise(resolve => {
    if (redis.status === 'ready') resolve()
    else redis.once('ready', () => resolve())
  })
}

/**
 * Whether an error says that Redis cannot be had now: the connection was lost, or it answers that it is not ready to work. Any other is
 * a fault of the command.
 * @see https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors
 */
export const isUnavailable = (error: unknown): boolean =>
  error instanceof Error &&
  (lossNames.has(error.name) ||
    error.message === 'Connection is closed.' ||
    /^(?:LOADING|MASTERDOWN|CLUSTERDOWN|READONLY) /.test(error.message))

/** What ioredis rejects commands with that were waiting or under way. */
const lossNames = new Set(['MaxRetriesPerRequestError', 'AbortError', 'InterruptError'])

/** Counts how often a connection was lost. What was read before a loss may not stand after it. */
export function countLosses(redis: Redis): () => number {
  let losses = 0
  redis.on('close', () => {
    losses += 1
  })
  return () => losses
}

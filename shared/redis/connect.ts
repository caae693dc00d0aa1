import { Redis } from 'ioredis'
import { type ConnectionOptions, clusterOwner, locatedConnector, MasterConnector } from './connectors.ts'
import type { RedisTarget } from './redis-settings.ts'

/** Silence on a socket, in ms, after which Redis counts as hung and the connection is made anew. Longer than any BLOCK. */
const SOCKET_TIMEOUT_MS = 15_000
/** How long a connection may take to stand, in ms. */
const CONNECT_TIMEOUT_MS = 5_000

export type Log = { warn(fields: object, message: string): void; info(fields: object, message: string): void }

/**
 * A connection that lasts: it reconnects for ever, at most 2 s apart, to whatever server is the master then. Commands that were under
 * way or waiting when it was lost are rejected, never silently sent again: only the caller knows whether repeating is right.
 */
export function connectRedis(target: RedisTarget, name: string, log: Log): Redis {
  // 0: reject at the first loss. With null, ioredis would leave what was under way unanswered for ever.
  return open(target, name, log, { autoResendUnfulfilledCommands: false, maxRetriesPerRequest: 0 })
}

/** A connection as BullMQ wants it: its commands wait for Redis to come back. @see https://docs.bullmq.io/guide/connections */
export function connectQueue(target: RedisTarget, name: string, log: Log): Redis {
  return open(target, name, log, { autoResendUnfulfilledCommands: true, maxRetriesPerRequest: null })
}

/** Replies of a server that is not the master of our keys, or not for now: another may be. */
const NOT_OUR_MASTER = /^(?:READONLY|MOVED|CLUSTERDOWN|MASTERDOWN|NOREPLICAS|UNBLOCKED) /

function open(
  target: RedisTarget,
  name: string,
  log: Log,
  onLoss: { autoResendUnfulfilledCommands: boolean; maxRetriesPerRequest: number | null },
): Redis {
  const redis = new Redis({
    ...placeOptions(target),
    ...onLoss,
    connectionName: `nephoscope-${name}`,
    // Redis' log of what it refuses would tell of each, where our user has few rights.
    disableClientInfo: true,
    retryStrategy: (times: number) => Math.min(2_000, 50 * 2 ** Math.min(times, 6)) * (0.5 + Math.random() / 2),
    // The command that was answered so did nothing.
    reconnectOnError: error => NOT_OUR_MASTER.test(error.message) && (onLoss.autoResendUnfulfilledCommands ? 2 : 1),
    connectTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
  })
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

function placeOptions({ address, tls, sentinel }: RedisTarget): ConnectionOptions {
  const { place, user, password } = address
  const access = {
    ...(user !== undefined && { username: user }),
    ...(password !== undefined && { password }),
    ...(tls && { tls }),
  }
  switch (place.kind) {
    case 'socket':
      return { ...access, path: place.path }
    case 'single':
      return { ...access, ...place.node, db: place.db }
    case 'cluster':
      return { ...access, Connector: locatedConnector(clusterOwner(place.nodes, access), tls) }
    case 'sentinel':
      return {
        ...access,
        Connector: MasterConnector,
        sentinels: place.nodes,
        name: place.master,
        db: place.db,
        sentinelRetryStrategy: () => null,
        sentinelCommandTimeout: CONNECT_TIMEOUT_MS,
        ...(sentinel?.user !== undefined && { sentinelUsername: sentinel.user }),
        ...(sentinel?.password !== undefined && { sentinelPassword: sentinel.password }),
        ...(tls && { enableTLSForSentinelMode: true, sentinelTLS: tls }),
      }
  }
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
  (lossErrors.has(error.name) ||
    error.message === 'Connection is closed.' ||
    /^(?:LOADING|ASK|TRYAGAIN) /.test(error.message) ||
    NOT_OUR_MASTER.test(error.message))

/** What ioredis rejects commands with that were waiting or under way. */
const lossErrors = new Set(['MaxRetriesPerRequestError', 'AbortError', 'InterruptError'])

/** Counts how often a connection was lost. What was read before a loss may not stand after it. */
export function countLosses(redis: Redis): () => number {
  let losses = 0
  redis.on('close', () => {
    losses += 1
  })
  return () => losses
}

/** What Redis answers to a write for which it has no room: in its memory, or on the disk below it. */
const REFUSED_WRITE = /^(?:OOM|MISCONF) /

/** What ails Redis, by the error of a command that a process could not do without while it started; null for any other error. */
export function describeRedisError(error: unknown): string | null {
  if (isUnavailable(error))
    return 'ended: Redis went away while this process started. Start it again, it waits until Redis answers'
  if (error instanceof Error && REFUSED_WRITE.test(error.message))
    return `ended: Redis refuses to write while this process starts (${error.message}). Make room for it, in memory or on its disk, and start this process again`
  return null
}

import { Redis } from 'ioredis'
import { type ConnectionOptions, clusterOwner, locatedConnector, MasterConnector } from './connectors.ts'
import type { RedisTarget } from './redis-settings.ts'

/** A socket that is silent for this long is replaced. Longer than any BLOCK. */
const SOCKET_TIMEOUT_MS = 15_000
const CONNECT_TIMEOUT_MS = 5_000

export type Log = { warn(fields: object, message: string): void; info(fields: object, message: string): void }

/**
 * A lasting connection: it reconnects for ever, at most 2 s apart, to the present master. Commands that are pending
 * when it is lost are rejected and never repeated: only the caller knows whether that is safe.
 */
export function connectRedis(target: RedisTarget, name: string, log: Log): Redis {
  // 0 rejects at the first loss. With null, ioredis leaves pending commands unanswered for ever.
  return open(target, name, log, { autoResendUnfulfilledCommands: false, maxRetriesPerRequest: 0 })
}

/** A connection for BullMQ: its commands wait until Redis is back. @see https://docs.bullmq.io/guide/connections */
export function connectQueue(target: RedisTarget, name: string, log: Log): Redis {
  return open(target, name, log, { autoResendUnfulfilledCommands: true, maxRetriesPerRequest: null })
}

/** Errors of a server that is not the master of our keys at present; another server may be. */
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
    // Without the right to CLIENT SETINFO, each connection would add to Redis' ACL log.
    disableClientInfo: true,
    retryStrategy: (times: number) => Math.min(2_000, 50 * 2 ** Math.min(times, 6)) * (0.5 + Math.random() / 2),
    // The refused command had no effect, so it can be sent again.
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

/** Resolves when the connection is ready for the first time, however long that takes. */
export function untilReady(redis: Redis): Promise<void> {
  return new Promise(resolve => {
    if (redis.status === 'ready') resolve()
    else redis.once('ready', () => resolve())
  })
}

/**
 * Whether Redis is unavailable: the connection was lost, or the server is not ready. Else the command is at fault.
 * @see https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors
 */
export const isUnavailable = (error: unknown): boolean =>
  error instanceof Error &&
  (lossErrors.has(error.name) ||
    error.message === 'Connection is closed.' ||
    /^(?:LOADING|ASK|TRYAGAIN) /.test(error.message) ||
    NOT_OUR_MASTER.test(error.message))

const lossErrors = new Set(['MaxRetriesPerRequestError', 'AbortError', 'InterruptError'])

/** Counts the losses of a connection. Data read before a loss may be outdated after it. */
export function countLosses(redis: Redis): () => number {
  let losses = 0
  redis.on('close', () => {
    losses += 1
  })
  return () => losses
}

const REFUSED_WRITE = /^(?:OOM|MISCONF) /

/** The message for an error of Redis that prevents a process from starting; null for any other error. */
export function describeRedisError(error: unknown): string | null {
  if (isUnavailable(error))
    return 'ended: Redis went away while this process started. Start it again, it waits until Redis answers'
  if (error instanceof Error && REFUSED_WRITE.test(error.message))
    return `ended: Redis refuses to write while this process starts (${error.message}). Make room for it, in memory or on its disk, and start this process again`
  return null
}

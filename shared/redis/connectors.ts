import { createConnection, Socket } from 'node:net'
import { connect as connectTls, type ConnectionOptions as TlsOptions } from 'node:tls'
import { AbstractConnector, Redis, type RedisOptions, SentinelConnector } from 'ioredis'
import { z } from 'zod'
import type { RedisNode } from './redis-url.ts'

/** ioredis' options without `replyMapping`, on which the type of a client depends. */
export type ConnectionOptions = Omit<RedisOptions, 'replyMapping'>

type Stream = Awaited<ReturnType<SentinelConnector['connect']>>

/** A stream that has failed already. ioredis retries after a failed stream, but not after a rejected promise. */
function failed(): Stream {
  return new Socket().destroy()
}

/** Asks the sentinels for the master at each attempt. While none answers, the connection keeps trying. */
export class MasterConnector extends SentinelConnector {
  constructor(options: unknown) {
    // ioredis constructs the connector and passes the options of the connection.
    super(options as ConnectionOptions)
  }

  override async connect(emit: Parameters<SentinelConnector['connect']>[0]): Promise<Stream> {
    try {
      return await super.connect(emit)
    } catch (error) {
      this.firstError = asError(error)
      return failed()
    }
  }
}

/** Connects to the node that `locate` finds at each attempt, if that node is a master. */
export function locatedConnector(locate: () => Promise<RedisNode>, tls: TlsOptions | undefined) {
  return class LocatedConnector extends AbstractConnector {
    constructor() {
      super(DISCONNECT_TIMEOUT_MS)
    }

    override async connect(): Promise<Stream> {
      this.connecting = true
      try {
        const node = await locate()
        if (!this.connecting) return failed()
        this.stream = tls ? connectTls({ ...node, ...tls }) : createConnection(node)
        this.stream.once('error', (error: Error) => {
          this.firstError = error
        })
        return this.stream
      } catch (error) {
        this.firstError = asError(error)
        return failed()
      }
    }

    /** @param info the fields of INFO; empty without the right to call it */
    override check({ role }: { role?: string }): boolean {
      return role === undefined || role === 'master'
    }
  }
}

const DISCONNECT_TIMEOUT_MS = 2_000

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

/** The cluster slot of all our keys: `CLUSTER KEYSLOT {nephoscope}`. */
export const KEY_SLOT = 1520

const NODE_TIMEOUT_MS = 2_000

/** @see https://redis.io/docs/latest/commands/cluster-slots/ */
const Slots = z.array(
  z.tuple([z.number(), z.number(), z.tuple([z.string().nullable(), z.number()]).rest(z.unknown())]).rest(z.unknown()),
)

/**
 * Finds the master of our keys. They share one slot, so one server holds them all, and a plain connection to it notices
 * when another takes over. Each call begins with another node, as an isolated one may have outdated information.
 */
export function clusterOwner(nodes: readonly RedisNode[], options: ConnectionOptions): () => Promise<RedisNode> {
  let turn = 0
  return async () => {
    const first = turn++
    let why = ''
    for (let n = 0; n < nodes.length; n++) {
      const node = nodes[(first + n) % nodes.length]
      if (node === undefined) continue
      try {
        const owner = await ask(node, options)
        if (owner !== undefined) return owner
        why = `${node.host}:${node.port} knows no master for our keys`
      } catch (error) {
        why = `${node.host}:${node.port}: ${error instanceof Error ? error.message : error}`
      }
    }
    throw new Error(`no node of the cluster tells where our keys are; the last, ${why}`)
  }
}

async function ask(node: RedisNode, options: ConnectionOptions): Promise<RedisNode | undefined> {
  const redis = new Redis({
    ...options,
    ...node,
    lazyConnect: true,
    disableClientInfo: true,
    enableReadyCheck: false,
    retryStrategy: () => null,
    connectTimeout: NODE_TIMEOUT_MS,
    commandTimeout: NODE_TIMEOUT_MS,
  })
  let failure: Error | undefined
  redis.on('error', (error: Error) => {
    failure = error
  })
  try {
    await redis.connect()
    const slots = Slots.parse(await redis.cluster('SLOTS'))
    const range = slots.find(([from, to]) => from <= KEY_SLOT && KEY_SLOT <= to)
    if (range === undefined) return undefined
    const [, , [host, port]] = range
    // A node that does not know its own address answers with an empty host.
    return { host: host || node.host, port }
  } catch (error) {
    throw failure ?? error
  } finally {
    redis.disconnect()
  }
}

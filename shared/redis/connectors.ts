import { createConnection, Socket } from 'node:net'
import { connect as connectTls, type ConnectionOptions as TlsOptions } from 'node:tls'
import { AbstractConnector, Redis, type RedisOptions, SentinelConnector } from 'ioredis'
import { z } from 'zod'
import type { RedisNode } from './redis-url.ts'

/** What ioredis takes, less the form of replies, by which it chooses its own type. */
export type ConnectionOptions = Omit<RedisOptions, 'replyMapping'>

type Stream = Awaited<ReturnType<SentinelConnector['connect']>>

/** A connection that failed before it began: ioredis then tries again as after any loss, where a rejection would be its end. */
function failed(): Stream {
  return new Socket().destroy()
}

/** Asks the sentinels for the master each time. While none answers, the connection counts as lost, and goes on trying. */
export class MasterConnector extends SentinelConnector {
  constructor(options: unknown) {
    // ioredis makes connectors of any class, with the options of the connection.
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

/** Connects to whichever node is told each time anew, as long as it turns out to be a master. */
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

    /** @param info what INFO tells; empty where we may not ask */
    override check({ role }: { role?: string }): boolean {
      return role === undefined || role === 'master'
    }
  }
}

/** How long a connection may take to end in good order, in ms. */
const DISCONNECT_TIMEOUT_MS = 2_000

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

/** The slot of the hash tag that all our keys share: `CLUSTER KEYSLOT {nephoscope}`. */
export const KEY_SLOT = 1520

/** How long one node may take to answer, in ms. */
const NODE_TIMEOUT_MS = 2_000

/** @see https://redis.io/docs/latest/commands/cluster-slots/ */
const Slots = z.array(
  z.tuple([z.number(), z.number(), z.tuple([z.string().nullable(), z.number()]).rest(z.unknown())]).rest(z.unknown()),
)

/**
 * Finds the master that holds our keys. All of them lie in one slot, so a cluster is to us one server at a time, and a plain
 * connection to it knows for certain when that is another: whatever was read before then has to be checked anew.
 * @param nodes of the cluster; another is asked first each time, for one that is cut off from the others may tell what was
 * @param options to log in with
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
    // A node that does not know by which name we reached it tells none.
    return { host: host || node.host, port }
  } catch (error) {
    throw failure ?? error
  } finally {
    redis.disconnect()
  }
}

import { createConnection, Socket } from 'node:net'
import { connect as connectTls, type ConnectionOptions as TlsOptions } from 'node:tls'
import { AbstractConnector, type RedisOptions, SentinelConnector } from 'ioredis'
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
      super(DISCONNECT_MS)
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
const DISCONNECT_MS = 2_000

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

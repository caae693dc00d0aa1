import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Socket } from 'socket.io'

/** An engine.io socket: one websocket with its heartbeat. */
export type Connection = Socket['conn']

/**
 * This file holds everything that we assume of engine.io and `ws` beyond their documentation. `direct-check.ts` tries
 * it out before a server relies on it:
 *
 * - a message is one text frame, `4` and the packet, and nothing but whole frames is ever written to the TCP socket;
 * - the engine emits `flush` when it hands packets to a transport, and the transport emits `drain` when the TCP socket
 *   has taken the last of them; only between the two may sent packets not have reached the TCP socket;
 * - packets that cannot be handed on yet wait in `writeBuffer`; while it is empty, all that was sent has been written
 *   to the TCP socket, in order, though the socket may still buffer it;
 * - between the event `upgrade` and `allowRequest` engine.io adds to the TCP socket only the listener of its response;
 * - engine.io has the server of `ws` as `ws`, whose `options` each websocket gets.
 */

/** The TCP socket of a connection. Drops its request to save memory. @see https://socket.io/docs/v4/memory-usage/ */
export function takeWire(conn: Connection): Duplex {
  const wire = conn.request.socket
  Reflect.set(conn, 'request', null)
  return wire
}

/**
 * engine.io makes a response for each upgrade, for middlewares, which we have none of. It listens for the end of the TCP
 * socket and keeps the request until then: 1.6 KB a client. @returns what forgets it, to be called while a request is
 * decided on
 */
export function dropResponses(http: Server): (wire: Duplex) => void {
  let before: readonly unknown[] = []
  http.prependListener('upgrade', (_request, wire) => {
    before = wire.rawListeners('close')
  })
  return wire => {
    // @types/node types listeners that come out less exactly than those that go in.
    for (const listener of wire.rawListeners('close'))
      if (!before.includes(listener)) wire.off('close', listener as () => void)
  }
}

/** What a client said when it connected is parsed once; its headers, address and query are not needed after that. */
export const dropHandshake = (socket: Pick<Socket, 'handshake'>): boolean => Reflect.set(socket, 'handshake', null)

/** Calls back when engine.io begins to send on a connection: from then on nothing may be written straight. */
export const onSending = (
  engine: { on(name: 'flush', listener: (conn: Connection) => void): unknown },
  listener: (conn: Connection) => void,
): void => void engine.on('flush', listener)

/** Calls back when all that engine.io was sending has reached the TCP socket. What waited meanwhile is sent next. */
export const onSent = (conn: Connection, listener: () => void): void => void conn.transport.on('drain', listener)

export const isSending = (conn: Connection): boolean => !conn.transport.writable

/** Whether something that was sent is not yet written to the TCP socket. Until then nothing may overtake it. */
export function isQueued(conn: Connection): boolean {
  const queue: unknown = Reflect.get(conn, 'writeBuffer')
  return !Array.isArray(queue) || queue.length > 0
}

/** How long a client whose websocket we close may take to say farewell, before it is cut. */
const FAREWELL_TIMEOUT_MS = 1_000

/** Parts of one message: clients send ours in one. Each is kept until the message is whole. */
const MAX_PARTS = 64

/** engine.io passes neither on: `ws` waits for half a minute, and takes 16,384 parts. */
export function limitWebsockets(engine: object): void {
  const options: unknown = Reflect.get(Object(Reflect.get(engine, 'ws')), 'options')
  if (typeof options === 'object' && options !== null) {
    Reflect.set(options, 'closeTimeout', FAREWELL_TIMEOUT_MS)
    Reflect.set(options, 'maxFragments', MAX_PARTS)
  }
}

/** Joins all writes until the turn after the next, as a write costs more than its frame and joining takes several. */
export function gatherWrites(wire: Duplex): void {
  wire.cork()
  setImmediate(() => setImmediate(() => wire.uncork()))
}

/** What waits for the client, in bytes of the wire and characters of packets. */
export function waitingIn(conn: Connection, wire: Duplex): number {
  const queue: unknown = Reflect.get(conn, 'writeBuffer')
  if (!Array.isArray(queue)) return wire.writableLength
  return queue.reduce((sum, packet) => sum + Number(packet?.data?.length ?? 0), wire.writableLength)
}

/** How long a client that catches up may take to read what it was sent, before it is cut. */
export const READ_TIMEOUT_MS = 30_000
/** What may wait for a client that does not read; then it is cut, and resumes when it reconnects. */
export const MAX_UNREAD_BYTES = 1024 * 1024

/** Waits until the client has read enough for more to be sent; throws when it reads nothing for `READ_TIMEOUT_MS`. */
export async function roomIn(conn: Connection, wire: Duplex): Promise<void> {
  const emitter = wire.writableNeedDrain ? wire : isSending(conn) ? conn.transport : null
  if (emitter === null || wire.destroyed) return
  const over = new AbortController()
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(READ_TIMEOUT_MS)])
  const drained = once(emitter, 'drain', { signal })
  const left = once(wire, 'close', { signal })
  // The one that loses the race is aborted, which is no error.
  for (const waiting of [drained, left]) waiting.catch(() => undefined)
  await Promise.race([drained, left]).finally(() => over.abort())
}

import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import type { Socket } from 'socket.io'

/** An engine.io socket: one websocket with its heartbeat. */
export type Connection = Socket['conn']

/**
 * Everything that we assume of engine.io and `ws` beyond what they document is in this file, and `direct-check.ts` tries it
 * out before a server relies on it:
 *
 * - a message is one text frame, `4` and the packet, and nothing but whole frames is ever written to the TCP socket;
 * - the engine tells `flush` when it hands packets to a transport, which tells `drain` when the TCP socket has taken the
 *   last of them; only between these two may something that was sent not have reached the TCP socket;
 * - what cannot be handed on yet waits in `writeBuffer`; where nothing waits there, all that was sent has been written to the TCP
 *   socket, in order, though that may not have passed it on.
 */

/** Takes the TCP socket of a new connection, and drops the request that it came with, which saves memory. @see https://socket.io/docs/v4/memory-usage/ */
export function takeWire(conn: Connection): Duplex {
  const wire = conn.request.socket
  Reflect.set(conn, 'request', null)
  return wire
}

/** Tells whenever engine.io begins to send on a connection, from which on nothing may be written straight. */
export const onSending = (
  engine: { on(name: 'flush', tell: (conn: Connection) => void): unknown },
  tell: (conn: Connection) => void,
): void => void engine.on('flush', tell)

/** Tells whenever all that engine.io was sending has reached the TCP socket. What has waited meanwhile is sent right after that. */
export const onSent = (conn: Connection, tell: () => void): void => void conn.transport.on('drain', tell)

/** Whether engine.io is sending now. */
export const isSending = (conn: Connection): boolean => !conn.transport.writable

/** Whether something that was sent has not been written to the TCP socket yet: until then, nothing may be written behind it. */
export function isQueued(conn: Connection): boolean {
  const queue: unknown = Reflect.get(conn, 'writeBuffer')
  return !Array.isArray(queue) || queue.length > 0
}

/**
 * What is written to a connection from now on, until the turn after the next, goes out at once: each write costs more than
 * the frame in it, and whoever comes is sent several.
 */
export function gatherWrites(wire: Duplex): void {
  wire.cork()
  setImmediate(() => setImmediate(() => wire.uncork()))
}

/** What waits to be read by the client, in bytes of the wire and characters of packets. */
export function waitingIn(conn: Connection, wire: Duplex): number {
  const queue: unknown = Reflect.get(conn, 'writeBuffer')
  if (!Array.isArray(queue)) return wire.writableLength
  return queue.reduce((sum, packet) => sum + Number(packet?.data?.length ?? 0), wire.writableLength)
}

/** How long a client may take to read what waits for it before more is sent, in ms. */
const READ_WITHIN_MS = 30_000

/** Waits until there is room for more; throws when the client reads nothing for a while. */
export async function roomIn(conn: Connection, wire: Duplex): Promise<void> {
  const emitter = wire.writableNeedDrain ? wire : isSending(conn) ? conn.transport : null
  if (emitter === null || wire.destroyed) return
  const over = new AbortController()
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(READ_WITHIN_MS)])
  const drained = once(emitter, 'drain', { signal })
  const left = once(wire, 'close', { signal })
  // The one that loses the race is aborted, and nobody is to hear of that.
  for (const waiting of [drained, left]) waiting.catch(() => undefined)
  await Promise.race([drained, left]).finally(() => over.abort())
}

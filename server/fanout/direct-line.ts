import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import type { Socket } from 'socket.io'

/** An engine.io socket: one websocket with its heartbeat. */
export type Connection = Socket['conn']

/**
 * A connection and the TCP socket below it. Everything that we assume of engine.io and `ws` beyond what they document is
 * in this file, and `direct-check.ts` tries it out before a server relies on it:
 *
 * - a message is one text frame, `4` and the packet, and nothing but whole frames is ever written to the TCP socket;
 * - while `transport.writable` holds, all that was sent before has been handed to the TCP socket;
 * - what cannot be handed on yet waits in `writeBuffer`.
 */
export type DirectLine = { readonly conn: Connection; readonly wire: Duplex }

/** How long a client may take to read what waits for it before more is sent, in ms. */
const READ_WITHIN_MS = 30_000

/**
 * The line of a connection that was just made. The request that it came with is dropped, which saves memory.
 * @see https://socket.io/docs/v4/memory-usage/
 */
export function directLine(conn: Connection): DirectLine {
  const wire = conn.request.socket
  Reflect.set(conn, 'request', null)
  return { conn, wire }
}

/** Whether bytes that are written to the wire now come right behind all that was sent before, and nothing waits there. */
export const isClear = ({ conn, wire }: DirectLine): boolean =>
  conn.transport.writable && conn.readyState === 'open' && wire.writableLength === 0 && wire.writable

/** What waits to be read by the client, in bytes of the wire or characters of a packet. */
export function waitingIn({ conn, wire }: DirectLine): number {
  const queue: unknown = Reflect.get(conn, 'writeBuffer')
  if (!Array.isArray(queue)) return wire.writableLength
  return queue.reduce((sum, packet) => sum + Number(packet?.data?.length ?? 0), wire.writableLength)
}

/** Ends it at once: the client's library comes again by itself, which it does not after a polite goodbye. */
export const cut = ({ wire }: DirectLine): void => void wire.destroy()

/** Waits until there is room for more; throws when the client reads nothing for a while. */
export async function roomIn({ conn, wire }: DirectLine): Promise<void> {
  const emitter = wire.writableNeedDrain ? wire : conn.transport.writable ? null : conn.transport
  if (emitter === null || wire.destroyed) return
  const over = new AbortController()
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(READ_WITHIN_MS)])
  const ended = () => undefined
  const left = once(wire, 'close', { signal })
  const drained = once(emitter, 'drain', { signal })
  left.catch(ended)
  drained.catch(ended)
  await Promise.race([drained, left]).finally(() => over.abort())
}

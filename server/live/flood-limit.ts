import type { Duplex } from 'node:stream'
import type { Server } from 'socket.io'

const WINDOW_MS = 10_000
/** What a client may send in a window. A screen with its screenshots and reports needs a quarter of it. */
const MAX_BYTES = 128 * 1024
/** Nobody clicks so fast, and a screen sends some thirty. */
const MAX_MESSAGES = 200

type Received = { window: number; bytes: number; messages: number }

type Connection = { request: { socket: Duplex }; on(event: 'packet', listener: () => void): void }

/**
 * Cuts clients that send too much. Bytes are counted on the wire, so pings, which are all answered, and parts of a
 * message that never ends count too. Must be attached before anything drops the request.
 */
export function limitFloods(engine: Server['engine'], now: () => number, onFlood: () => void): void {
  const received = new WeakMap<Duplex, Received>()

  function count(wire: Duplex, bytes: number, messages: number): void {
    const window = Math.floor(now() / WINDOW_MS)
    const known = received.get(wire)
    const current = known?.window === window ? known : { window, bytes: 0, messages: 0 }
    if (current !== known) received.set(wire, current)
    current.bytes += bytes
    current.messages += messages
    if ((current.bytes <= MAX_BYTES && current.messages <= MAX_MESSAGES) || wire.destroyed) return
    wire.destroy()
    onFlood()
  }

  engine.on('connection', (conn: Connection) => {
    const wire = conn.request.socket
    wire.on('data', (chunk: Buffer) => count(wire, chunk.length, 0))
    conn.on('packet', () => count(wire, 0, 1))
  })
}

import type { Duplex } from 'node:stream'
import type { Server } from 'socket.io'

/** How long is counted together, in ms. */
const WINDOW_MS = 10_000
/** What a client may send in that time, in bytes: a picture of a screen and its reports need a quarter of it. */
const MOST_BYTES = 128 * 1024
/** And in messages: nobody clicks so fast, and a screen sends some thirty. */
const MOST_MESSAGES = 200

/** What somebody sent in a window of time. */
type Sent = { window: number; bytes: number; messages: number }

type Connection = { request: { socket: Duplex }; on(event: 'packet', told: () => void): void }

/**
 * Cuts whoever sends more than anybody needs to. Bytes are counted as they come over the wire, so that what is no message counts too:
 * pings, each of which is answered, and parts of a message that never ends. Must be attached before anybody drops the request.
 * @param onFlood told of each that was cut
 */
export function boundIntake(engine: Server['engine'], now: () => number, onFlood: () => void): void {
  const sent = new WeakMap<Duplex, Sent>()

  function count(wire: Duplex, bytes: number, messages: number): void {
    const window = Math.floor(now() / WINDOW_MS)
    const known = sent.get(wire)
    const mine = known?.window === window ? known : { window, bytes: 0, messages: 0 }
    if (mine !== known) sent.set(wire, mine)
    mine.bytes += bytes
    mine.messages += messages
    if ((mine.bytes <= MOST_BYTES && mine.messages <= MOST_MESSAGES) || wire.destroyed) return
    wire.destroy()
    onFlood()
  }

  engine.on('connection', (conn: Connection) => {
    const wire = conn.request.socket
    wire.on('data', (chunk: Buffer) => count(wire, chunk.length, 0))
    conn.on('packet', () => count(wire, 0, 1))
  })
}

/** What a client that comes again costs a server, in ms of its processor, generously. */
const EACH_MS = 0.2
/** What socket.io's clients wait at most anyway when they are told nothing. */
const LEAST_MS = 1_000
const MOST_MS = 20_000

/** Over how long the clients of a server are to spread their return when all lose it at once, in ms. */
export const comeBackWithinMs = (clients: number): number =>
  Math.min(MOST_MS, Math.max(LEAST_MS, Math.round(clients * EACH_MS)))

import type { Duplex } from 'node:stream'
import type { Server } from 'socket.io'

const WINDOW_MS = 10_000
/** What a client may send in a window. A screen with its screenshots and reports needs a quarter of it. */
const MAX_BYTES = 128 * 1024
/** Nobody clicks so fast, and a screen sends some thirty. */
const MAX_MESSAGES = 200
/** Reads that one message may take: each is kept until the message is whole, and takes 400 bytes beside its own. */
const MAX_READS = 256

type Connection = { request: { socket: Duplex }; on(event: 'packet', listener: () => void): void }

/**
 * Cuts clients that send too much. Bytes are counted on the wire, so pings, which are all answered, and parts of a
 * message that never ends count too. Must be attached before anything drops the request.
 */
export function limitFloods(engine: Server['engine'], now: () => number, onFlood: () => void): void {
  engine.on('connection', (conn: Connection) => {
    const wire = conn.request.socket
    let window = 0
    let bytes = 0
    let messages = 0
    let reads = 0

    function count(moreBytes: number, moreMessages: number): void {
      const current = Math.floor(now() / WINDOW_MS)
      if (window !== current) {
        window = current
        bytes = 0
        messages = 0
      }
      bytes += moreBytes
      messages += moreMessages
      if ((bytes <= MAX_BYTES && messages <= MAX_MESSAGES && reads <= MAX_READS) || wire.destroyed) return
      wire.destroy()
      onFlood()
    }

    wire.on('data', (chunk: Buffer) => {
      reads += 1
      count(chunk.length, 0)
    })
    conn.on('packet', () => {
      reads = 0
      count(0, 1)
    })
  })
}

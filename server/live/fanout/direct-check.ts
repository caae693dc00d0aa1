import { createServer } from 'node:http'
import { Duplex } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Server, type ServerOptions } from 'socket.io'
import { type Event, ORIGIN } from '../../../shared/domain/events.ts'
import { directFanout } from './fanout.ts'
import { textFrame } from './frames.ts'

/** Everything happens in memory, so this is plenty. */
const TIMEOUT_MS = 2_000
const ROOM = 'check'
const END_OF_HEAD = '\r\n\r\n'

/**
 * Tries out what `wire.ts` assumes, on the installed versions: one client in memory gets events straight, the ordinary
 * way and both mixed. True when exactly the right frames arrive, in order. Never throws.
 * @param engine options of socket.io; a test passes a websocket that behaves differently
 */
export async function directWritesHold(engine: Partial<ServerOptions> = {}): Promise<boolean> {
  const http = createServer()
  const fanout = directFanout({ onSlow: () => undefined })
  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    ...engine,
    adapter: fanout.Adapter,
  })
  fanout.attach(io.engine)
  const [ours, theirs] = wire()
  try {
    const events = [1, 2, 3, 4, 5, 6].map(checkEvent)
    const [first, second, third, fourth, ...rest] = events
    io.on('connection', async socket => {
      await socket.join([ROOM, 'other'])
      await nextTurn()
      if (first) socket.emit('event', first)
      if (second) fanout.send(socket.id, [fanout.frameOf(second)])
      if (third) fanout.deliver([third])
      if (fourth) io.to(ROOM).emit('event', fourth)
      await nextTurn()
      fanout.gather(socket.conn)
      fanout.deliver(rest)
    })
    const expected = Buffer.concat(events.map(event => textFrame(messageOf(event))))
    const received = converse(theirs, expected)
    http.emit('connection', ours)
    return expected.equals(await received)
  } catch {
    return false
  } finally {
    ours.destroy()
    theirs.destroy()
    await io.close().catch(() => undefined)
  }
}

/** Text of more than one byte a character, and longer than a short frame. */
const checkEvent = (n: number): Event => ({
  id: `1-${n}`,
  type: 'source.removed',
  at: '2026-01-01T00:00:00.000Z',
  channels: [ROOM, 'other'],
  data: { id: `é雲☁️${ORIGIN}`.repeat(n * 5) }, // some frames are short, some are long
})

/** Two ends of a connection in memory. */
function wire(): [Duplex, Duplex] {
  const end = (other: () => Duplex): Duplex =>
    new Duplex({
      read: () => undefined,
      write(chunk, _encoding, done) {
        // Later, as over a network: the writer returns before the answer comes.
        setImmediate(() => {
          other().push(chunk)
          done()
        })
      },
    })
  const left: Duplex = end(() => right)
  const right: Duplex = end(() => left)
  return [left, right]
}

/** Plays the client. Resolves with the bytes from the first event on: as many as expected, or fewer when time is up. */
function converse(wire: Duplex, expected: Buffer): Promise<Buffer> {
  return new Promise(resolve => {
    const first = expected.subarray(0, textFrame(messageOf(checkEvent(1))).length)
    let all: Buffer = Buffer.alloc(0)
    let greeted = false
    const settle = () => {
      clearTimeout(timer)
      const at = all.indexOf(first)
      resolve(at === -1 ? all.subarray(0, 0) : all.subarray(at, at + expected.length))
    }
    const timer = setTimeout(settle, TIMEOUT_MS)
    wire.on('error', settle).on('data', (chunk: Buffer) => {
      all = Buffer.concat([all, chunk])
      if (!greeted && all.includes('"sid"')) {
        greeted = true
        wire.write(CONNECT)
      }
      const at = all.indexOf(first)
      if (at !== -1 && all.length >= at + expected.length) settle()
    })
    wire.write(UPGRADE)
  })
}

const messageOf = (event: Event): string => `42${JSON.stringify(['event', event])}`

/** @see https://www.rfc-editor.org/rfc/rfc6455#section-1.3 whose example key this is */
const UPGRADE =
  [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    'Host: in.memory',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ].join('\r\n') + END_OF_HEAD

/** A masked text frame, `40`: connect to the main namespace. The mask is zeros, which leave the bytes as they are. */
const CONNECT = Buffer.of(0x81, 0x82, 0, 0, 0, 0, 0x34, 0x30)

import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { textFrame } from '../../server/live/fanout/frames.ts'
import { eventOf } from '../support/broadcast-server.ts'
import { answerCommands } from '../support/child.ts'
import { cpuSeconds } from '../support/measuring.ts'

/** Servers that the return of thousands of clients is compared with; the argument names the library. */
export type PeerJoins = {
  /** Returns the processor time that its start has taken, in s. */
  listen(port: number): Promise<number>
  /** For `ws`: the messages that a client gets when it opens a connection, and when it says hello. */
  say(messages: { open: string[]; joined: string[] }): void
  /** For socket.io: sends so many events to all. */
  broadcast(events: number): void
  /** For socket.io: ends all connections at once, and sends so many events before anybody is back. */
  cut(events: number): void
  cpuSeconds(): number
}

const http = createServer()
const listen = (port: number) => {
  const startCpuSeconds = cpuSeconds()
  return new Promise<number>(resolve => http.listen(port, '127.0.0.1', () => resolve(startCpuSeconds)))
}
const unused = () => {
  throw new Error('this server does not do that')
}
answerCommands(process.argv[2] === 'ws' ? await serveWithWs() : await serveWithSocketIo())

/** The least that Node can do: `ws` without extras, and two prebuilt answers. */
async function serveWithWs(): Promise<PeerJoins> {
  const { WebSocketServer } = await import('ws')
  const accept = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  let open: Buffer = Buffer.alloc(0)
  let joined: Buffer = Buffer.alloc(0)
  http.on('upgrade', (request, socket: Duplex, head) =>
    accept.handleUpgrade(request, socket, head, websocket => {
      websocket.once('message', () => socket.write(joined))
      socket.write(open)
    }),
  )
  return {
    listen,
    say(messages) {
      open = Buffer.concat(messages.open.map(textFrame))
      joined = Buffer.concat(messages.joined.map(textFrame))
    },
    broadcast: unused,
    cut: unused,
    cpuSeconds,
  }
}

/** socket.io with its recovery of connections. @see https://socket.io/docs/v4/connection-state-recovery */
async function serveWithSocketIo(): Promise<PeerJoins> {
  const { Server } = await import('socket.io')
  const io = new Server(http, { transports: ['websocket'], connectionStateRecovery: {} })
  const wires = new Set<Duplex>()
  http.on('upgrade', (_request, socket: Duplex) => {
    wires.add(socket)
    socket.once('close', () => wires.delete(socket))
  })
  let sequence = 0
  const broadcast = (events: number) => {
    for (let n = 0; n < events; n++) io.emit('event', eventOf(sequence++))
  }
  return {
    listen,
    say: unused,
    broadcast,
    async cut(events) {
      for (const wire of wires) wire.destroy()
      while (io.sockets.sockets.size > 0) await new Promise(resolve => setImmediate(resolve))
      broadcast(events)
    },
    cpuSeconds,
  }
}

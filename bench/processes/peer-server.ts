import { createServer, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ServerOptions } from 'socket.io'
import { textFrame } from '../../server/live/fanout/frames.ts'
import { serveBroadcasts } from '../support/broadcast-server.ts'

/** A server that the project's own is compared with; its argument names the library, and only that is loaded. */
const http = createServer()
const library = process.argv[2]
if (library === 'ws') await serveWithWs()
else if (library === 'socket.io') await serveWithSocketIo()
else if (library === 'recovering') await serveWithSocketIo({ connectionStateRecovery: {} })
else if (library === 'sse') await serveWithHttp()
else throw new Error(`there is no peer '${library}'`)

/** The least that Node can do: `ws` without extras, the frame built once and written to each socket. */
async function serveWithWs(): Promise<void> {
  const { WebSocketServer } = await import('ws')
  const accept = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  const sockets: Duplex[] = []
  http.on('upgrade', (request, socket, head) => accept.handleUpgrade(request, socket, head, () => sockets.push(socket)))

  await serveBroadcasts(http, event => {
    const frame = textFrame(JSON.stringify(event))
    for (const socket of sockets) socket.write(frame)
  })
}

/** The least for Server-Sent Events: the text built once and written to each answer of `http`. */
async function serveWithHttp(): Promise<void> {
  const answers: ServerResponse[] = []
  http.on('request', (_request, answer) => {
    answer.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' }).flushHeaders()
    answers.push(answer)
  })
  await serveBroadcasts(http, event => {
    const text = Buffer.from(`id: ${event.id}\nevent: event\ndata: ${JSON.stringify(event)}\n\n`)
    for (const answer of answers) answer.write(text)
  })
}

/** socket.io as its documentation starts it, on websockets only. */
async function serveWithSocketIo(extras: Partial<ServerOptions> = {}): Promise<void> {
  const { Server } = await import('socket.io')
  const io = new Server(http, { transports: ['websocket'], ...extras })
  await serveBroadcasts(http, event => io.emit('event', event))
}

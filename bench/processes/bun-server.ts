import { Server as Engine } from '@socket.io/bun-engine'
import { Server } from 'socket.io'

/** socket.io on Bun's own websockets, as its documentation starts it, on the port of the argument. It broadcasts what is posted. */
declare const Bun: { serve(options: object): unknown }

const io = new Server()
const engine = new Engine({ path: '/socket.io/' })
io.bind(engine)
const { fetch: serveSocketIo, ...options } = engine.handler()

Bun.serve({
  ...options,
  hostname: '127.0.0.1',
  port: Number(process.argv[2]),
  async fetch(request: Request, server: Parameters<typeof serveSocketIo>[1]) {
    if (request.method !== 'POST') return serveSocketIo(request, server)
    io.emit('event', await request.json())
    return new Response(null, { status: 204 })
  },
})

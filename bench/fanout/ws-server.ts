import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { serveBroadcasts } from './broadcaster.ts'
import { textFrame } from './frames.ts'

/** The least that Node can do: `ws` without anything on it, the frame built once and written to each socket. */
const accept = new WebSocketServer({ noServer: true, perMessageDeflate: false })
const sockets: Duplex[] = []
const http = createServer()
http.on('upgrade', (request, socket, head) => accept.handleUpgrade(request, socket, head, () => sockets.push(socket)))

await serveBroadcasts(http, event => {
  const frame = textFrame(JSON.stringify(event))
  for (const socket of sockets) socket.write(frame)
})

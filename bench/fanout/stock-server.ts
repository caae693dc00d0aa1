import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { serveBroadcasts } from './broadcaster.ts'

/** socket.io as its documentation starts it, on websockets only. */
const http = createServer()
const io = new Server(http, { transports: ['websocket'] })

await serveBroadcasts(http, event => io.emit('event', event))

import type { Server as HttpServer } from 'node:http'
import type { Redis } from 'ioredis'
import { Server } from 'socket.io'
import type { CountryOf } from '../shared/domain/channels.ts'
import {
  type ClientToServer,
  type Event,
  Handshake,
  type Pulse,
  type Reset,
  type ServerToClient,
} from '../shared/domain/events.ts'
import type { ScreenId } from '../shared/domain/screen.ts'
import type { Log } from '../shared/redis/connect.ts'
import type { OnInvalid } from '../shared/redis/records.ts'
import { clientAddress, type MinuteLimit, originAllowed, sameSecret } from './admission.ts'
import { catchUp } from './catch-up.ts'
import type { Current } from './current.ts'
import { narrow } from './narrow.ts'
import type { ScreenDesk } from './screens/serve-screens.ts'
import type { PackedSnapshot } from './snapshot.ts'
import {
  CAUGHT_UP,
  channelsOf,
  checkChannels,
  describeHandshake,
  type LiveSocket,
  type SocketData,
  serveSubscriptions,
} from './subscriptions.ts'

/** The largest message that a client may send, in bytes: a full list of channels fits. */
const MOST_BYTES = 64 * 1024
export type LiveDeps = {
  http: HttpServer
  redis: Redis
  current: Current
  snapshot: () => PackedSnapshot
  pulse: () => Pulse
  countryOf: CountryOf
  build: string
  viewToken: string | undefined
  allowedOrigins: readonly string[]
  trustedProxies: number
  /** Counts the connections that an address makes. */
  connections: MinuteLimit
  screens: Pick<ScreenDesk, 'admitted' | 'serve'>
  /** Told how each resume ended. */
  onResume(how: 'live' | 'resumed' | 'reset'): void
  now: () => number
  log: Log
  onInvalid: OnInvalid
}

/** Those who follow over one transport. */
export type Live = {
  /** Sends each event once to everybody who is in one of its channels. */
  deliver(events: readonly Event[]): void
  /** The past no longer stands: everybody starts anew. */
  reset(reason: Reset['reason']): void
  /** A sign of life to everybody. */
  pulse(): void
  connected(): number
  close(): Promise<void>
}

/** Serves the sockets: admission, channels, resume, delivery. Websocket only, so that no stickiness is needed. */
export function serveSockets(deps: LiveDeps): Live {
  const io: Server<ClientToServer, ServerToClient, Record<string, never>, SocketData> = new Server(deps.http, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: MOST_BYTES,
    pingInterval: 10_000,
    pingTimeout: 8_000,
    connectTimeout: 10_000,
    cors: { origin: [...deps.allowedOrigins] },
    allowRequest(request, decide) {
      const admitted = deps.connections(clientAddress(request, deps.trustedProxies))
      if (!admitted.ok) decide(admitted.error, false)
      else if (!originAllowed(request, deps.allowedOrigins)) decide('this origin is not in ALLOWED_ORIGINS', false)
      else decide(null, deps.current.loaded)
    },
  })

  const admit = async (socket: LiveSocket, next: (error?: Error) => void) => {
    const handshake = Handshake.safeParse(socket.handshake.auth)
    if (!handshake.success) return next(new Error(describeHandshake(socket.handshake.auth, handshake.error)))
    const { channels, token } = handshake.data
    const isReader = deps.viewToken === undefined || (token !== undefined && sameSecret(token, deps.viewToken))
    const screen = token === undefined ? null : await deps.screens.admitted.identify(token)
    if (!isReader && screen === null) return next(new Error('unauthorized: give the view token as auth.token'))
    const known = checkChannels(channels, deps.countryOf)
    if (!known.ok) return next(new Error(known.error))
    socket.data = { handshake: handshake.data, screen }
    next()
  }
  io.use((socket, next) => {
    admit(socket, next).catch(() => next(new Error('Redis cannot be reached; try again in a moment')))
  })

  io.on('connection', socket => {
    const { screen } = socket.data
    if (screen !== null) holdScreen(socket, screen, deps)
    serveSubscriptions(socket, deps.countryOf)
    deps.screens.serve(socket)
    socket.emit('version', deps.build)
    socket.emit('pulse', deps.pulse())
    join(socket, deps).catch(error => {
      deps.log.warn({ error: String(error) }, 'a resume failed; the client will try again')
      socket.disconnect(true)
    })
  })

  return {
    deliver(events) {
      for (const event of events) io.to(event.channels).emit('event', event)
    },
    reset(reason) {
      const full = deps.snapshot().snapshot
      for (const socket of io.sockets.sockets.values())
        if (socket.rooms.has(CAUGHT_UP))
          socket.emit('reset', { reason, snapshot: narrow(full, channelsOf(socket), deps.countryOf) })
    },
    pulse() {
      io.emit('pulse', deps.pulse())
    },
    connected: () => io.engine.clientsCount,
    close: () => io.close(),
  }
}

/** A screen whose admission is withdrawn is told so and cut. */
function holdScreen(socket: LiveSocket, screen: ScreenId, { screens }: LiveDeps): void {
  const letGo = screens.admitted.hold(screen, {
    cut() {
      socket.emit('withdrawn')
      socket.disconnect(true)
    },
  })
  socket.once('disconnect', letGo)
}

/** Gives a socket what it missed, then puts it into its channels; nothing can slip in between. */
async function join(socket: LiveSocket, deps: LiveDeps): Promise<void> {
  const { channels, since } = socket.data.handshake
  const wanted = new Set(channels)
  const how = await catchUp(since, deps, {
    gone: () => !socket.connected,
    send(events) {
      for (const event of events) if (event.channels.some(channel => wanted.has(channel))) socket.emit('event', event)
    },
    reset(reason) {
      const { snapshot } = deps.snapshot()
      socket.emit('reset', { reason, snapshot: narrow(snapshot, channels, deps.countryOf) })
      return snapshot.head
    },
    goLive: () => void socket.join([CAUGHT_UP, ...channels]),
  })
  deps.onResume(how)
}

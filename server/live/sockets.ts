import { type Server as HttpServer, type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Redis } from 'ioredis'
import { Server } from 'socket.io'
import { withinStack } from '../../shared/domain/access.ts'
import { type Channel, reaches, reachOf } from '../../shared/domain/channels.ts'
import type { Event, EventId } from '../../shared/domain/events.ts'
import { ok } from '../../shared/domain/primitives.ts'
import type { ChannelFacts } from '../../shared/domain/snapshot.ts'
import {
  type ClientToServer,
  Handshake,
  type Pulse,
  type Reset,
  type ServerToClient,
} from '../../shared/domain/socket-protocol.ts'
import type { Log } from '../../shared/redis/connect.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import type { Access, Bearer } from '../access/access.ts'
import { sessionCookieOf } from '../access/sessions.ts'
import { clientAddress, type MinuteLimit, type OpenLimit, originAllowed, type WrongTokens } from '../http/admission.ts'
import { type KnownHosts, refusalOf } from '../http/known-hosts.ts'
import { LIMIT_RETRY_AFTER_S, PROBLEM_TYPE, problemText } from '../http/problem.ts'
import type { Current } from './current.ts'
import { directFanout, type Fanout } from './fanout/fanout.ts'
import { messageFrame, textFrame } from './fanout/frames.ts'
import { dropHandshake, dropResponses, gatherWrites, limitWebsockets } from './fanout/wire.ts'
import { limitFloods } from './flood-limit.ts'
import { checkChannels, type Known } from './known-channels.ts'
import { catchUp } from './resume.ts'
import { type PackedSnapshot, resetFrames } from './snapshot.ts'
import {
  CAUGHT_UP,
  channelsOf,
  describeHandshake,
  type LiveSocket,
  type SocketData,
  subscriptionsTo,
} from './subscriptions.ts'

/** The largest message that a client may send: a full list of channels fits. */
const MAX_MESSAGE_BYTES = 64 * 1024

/** How long a websocket may say nothing after it is open. A page asks for its channels at once. */
const GREETING_TIMEOUT_MS = 5_000

/** Of sockets that have caught up; an empty set of its own would take 150 bytes of each. */
const NOTHING_WANTED = new Set<Channel>()

export type LiveDeps = {
  http: HttpServer
  redis: Redis
  current: Current
  snapshot: () => PackedSnapshot
  pulse: () => Pulse
  channelFacts: ChannelFacts
  known: Known
  build: string
  access: Pick<Access, 'isGuarded' | 'identify' | 'identifyPerson' | 'may'>
  allowedOrigins: readonly string[]
  isKnownHost: KnownHosts
  trustedProxies: number
  connections: MinuteLimit
  open: OpenLimit
  wrongTokens: WrongTokens
  /** Whether events may be written straight to the websockets (`directWritesHold`). Else socket.io sends them. */
  direct: boolean
  onSlow(): void
  onFlood(): void
  screens: ScreenAccess
  onResume(how: 'live' | 'resumed' | 'reset'): void
  now: () => number
  log: Log
  onInvalid: OnInvalid
}

/** Screens on walls: they connect with tokens of their own, and say more than others. */
export type ScreenAccess = { serve(socket: LiveSocket): void }

export type Live = {
  deliver(events: readonly Event[]): void
  /** The stream was rebuilt, or means another thing for these followers: each starts from a snapshot. */
  reset(reason: Reset['reason'], isAffected?: (channels: Iterable<Channel>) => boolean): void
  pulse(): void
  connected(): number
  close(): Promise<void>
}

/** Serves the sockets: admission, channels, resume, delivery. Websocket only, so a proxy needs no sticky sessions. */
export function serveSockets(deps: LiveDeps): Live {
  const fanout = deps.direct ? directFanout(deps) : null
  const dropResponse = dropResponses(deps.http)
  const io: Server<ClientToServer, ServerToClient, Record<string, never>, SocketData> = new Server(deps.http, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    // rarely: a page watches our pulses itself, and each ping costs as much as delivering an event
    pingInterval: 20_000,
    pingTimeout: 8_000,
    connectTimeout: GREETING_TIMEOUT_MS,
    ...(fanout && { adapter: fanout.Adapter }),
    allowRequest(request, decide) {
      const refusal = refusalOf(request, deps.isKnownHost)
      if (refusal !== null) return refuse(request, refusal.status, null, refusal.line)
      if (!deps.current.loaded) return refuse(request, 503, 1, 'the view is not loaded yet: try again in a moment')
      const address = clientAddress(request, deps.trustedProxies)
      const admitted = deps.connections(address)
      const room = deps.open.admit(address)
      for (const counted of [admitted, room])
        if (!counted.ok) return refuse(request, 429, LIMIT_RETRY_AFTER_S, counted.error)
      dropResponse(request.socket)
      // The answer to the upgrade and the greeting go out in one write.
      if (fanout) gatherWrites(request.socket)
      decide(null, true)
    },
  })

  limitWebsockets(io.engine)
  // By then engine.io has made its server of websockets anew.
  deps.http.once('listening', () => limitWebsockets(io.engine))

  // Must come first: the fan-out drops the request.
  const origins = new WeakMap<object, { address: string; wire: Duplex; isForeign: boolean; cookie: string | null }>()
  io.engine.on('connection', (conn: { request: IncomingMessage; on(event: 'close', listener: () => void): void }) => {
    const address = clientAddress(conn.request, deps.trustedProxies)
    // refused with a sentence by `admit`: a page is told nothing of an upgrade that is refused
    const isForeign = !originAllowed(conn.request, deps.allowedOrigins)
    origins.set(conn, { address, wire: conn.request.socket, isForeign, cookie: sessionCookieOf(conn.request) })
    conn.on('close', deps.open.hold(address)) // `once` would take three objects more of each client
  })
  limitFloods(io.engine, deps.now, deps.onFlood)
  fanout?.attach(io.engine)

  const admit = async (socket: LiveSocket, next: (error?: Error) => void) => {
    const { address = 'unknown', wire, isForeign, cookie = null } = origins.get(socket.conn) ?? {}
    if (isForeign) return next(new Error('this origin is not in ALLOWED_ORIGINS'))
    const { auth } = socket.handshake
    const handshake = Handshake.safeParse(auth)
    if (!handshake.success) return next(new Error(describeHandshake(auth, handshake.error)))
    const { channels, token } = handshake.data
    const bearer = await (token === undefined ? deps.access.identifyPerson(cookie) : deps.access.identify(token))
    if (deps.access.isGuarded && bearer === null) {
      const counted = token === undefined ? ok(true) : deps.wrongTokens.limit(address)
      if (!counted.ok) wire?.destroy() // else it could go on trying on this connection
      return next(new Error('unauthorized: give the view token as auth.token'))
    }
    const stack = (deps.access.isGuarded && bearer?.stack) || null
    const mayAudit = bearer !== null && deps.access.may(bearer, 'admin')
    // first: whoever is for one stack learns of no other by its name
    for (const checked of [withinStack({ stack }, channels), checkChannels(channels, deps.known, mayAudit)])
      if (!checked.ok) return next(new Error(checked.error))
    socket.data = { handshake: handshake.data, wanted: new Set(channels), bearer, stack, mayAudit, address }
    dropHandshake(socket)
    fanout?.gather(socket.conn)
    next()
  }
  io.use((socket, next) => {
    admit(socket, next).catch(() => next(new Error('Redis cannot be reached; try again in a moment')))
  })

  const serveSubscriptions = subscriptionsTo(deps.known)
  io.on('connection', socket => {
    const { bearer, stack } = socket.data
    if (bearer !== null) holdSocket(socket, bearer)
    serveSubscriptions(socket)
    if (stack === null) deps.screens.serve(socket)
    // By the next turn socket.io has written its greeting, and ours goes out behind it.
    setImmediate(welcome, socket)
  })

  const version = messageFrame('version', deps.build)
  function welcome(socket: LiveSocket): void {
    if (!socket.connected) return
    if (fanout) fanout.send(socket.id, [version, messageFrame('pulse', deps.pulse())])
    else {
      socket.emit('version', deps.build)
      socket.emit('pulse', deps.pulse())
    }
    joinClient(socket, fanout, sendReset, deps).catch(error => {
      deps.log.warn({ error: String(error) }, 'a resume failed; the client will try again')
      // After a regular disconnect the client's library would not reconnect by itself.
      socket.conn.close()
    })
  }

  const resetOf = resetFrames(json => textFrame(`42["reset",${json}]`))
  /** Pages load a compact snapshot by themselves; others are sent one. Returns the head from which they go on. */
  function sendReset(socket: LiveSocket, reason: Reset['reason']): EventId {
    const packed = deps.snapshot()
    const narrowed = () => packed.narrowed(channelsOf(socket), deps.channelFacts)
    if (socket.data.handshake.renews) socket.emit('renew', reason)
    else if (fanout) fanout.send(socket.id, [resetOf(narrowed(), reason)])
    else socket.emit('reset', { reason, snapshot: narrowed().snapshot })
    return packed.snapshot.head
  }

  return {
    deliver(events) {
      if (fanout) fanout.deliver(events)
      else for (const event of events) io.to([...reachOf(event.channels)]).emit('event', event)
    },
    reset(reason, isAffected = () => true) {
      for (const socket of io.sockets.sockets.values())
        if (socket.rooms.has(CAUGHT_UP) && isAffected(socket.rooms)) sendReset(socket, reason)
    },
    pulse() {
      // who catches up has not all that the head names; and who names no event takes the first head as its own
      io.to(CAUGHT_UP).emit('pulse', deps.pulse())
    },
    connected: () => io.engine.clientsCount,
    close: () => io.close(),
  }
}

/**
 * Answers an upgrade, and no more is read of its connection. At 503 a proxy tries another server; engine.io's own answer
 * would blame the client.
 */
function refuse({ socket }: IncomingMessage, status: number, retryAfterS: number | null, line: string): void {
  socket.on('error', () => socket.destroy())
  const body = problemText(status, line)
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(retryAfterS === null ? [] : [`Retry-After: ${retryAfterS}`]),
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
}

function holdSocket(socket: LiveSocket, { screen, hold }: Bearer): void {
  const letGo = hold({
    cut() {
      if (screen !== null) socket.emit('withdrawn')
      socket.disconnect(true)
    },
  })
  socket.once('disconnect', letGo)
}

/** Sends a socket what it missed, then puts it into its channels; no event falls in between. */
async function joinClient(
  socket: LiveSocket,
  fanout: Fanout | null,
  sendReset: (socket: LiveSocket, reason: Reset['reason']) => EventId,
  deps: LiveDeps,
): Promise<void> {
  const { handshake, wanted } = socket.data
  const how = await catchUp(handshake.since, deps, {
    channels: () => wanted,
    isGone: () => !socket.connected,
    send(events) {
      const its = events.filter(event => reaches(event.channels, wanted))
      if (!fanout) for (const event of its) socket.emit('event', event)
      else if (its.length > 0) fanout.send(socket.id, its.map(fanout.frameOf))
    },
    ...(fanout && { room: () => fanout.room(socket.id) }),
    reset: reason => sendReset(socket, reason),
    goLive() {
      void socket.join([CAUGHT_UP, ...wanted])
      socket.data.wanted = NOTHING_WANTED
    },
  })
  deps.onResume(how)
}

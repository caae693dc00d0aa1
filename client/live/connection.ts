import type { Socket } from 'socket.io-client'
import type { LongTexts } from '../../shared/domain/compact-snapshot.ts'
import type { Event, EventId } from '../../shared/domain/events.ts'
import type { Snapshot } from '../../shared/domain/snapshot.ts'
import type { Auth, ClientToServer, Pulse, ServerToClient } from '../../shared/domain/socket-protocol.ts'
import { type ReadSnapshot, readEvent, readPulse } from './parse-messages.ts'
import {
  failure,
  fetchCompactSnapshot,
  fetchTexts,
  type RequestDeps,
  retryDelayMs,
  type Why,
} from './snapshot-request.ts'

export type LiveSocket = Socket<ServerToClient, ClientToServer>

/** Called at every (re)connect: gives the handshake, which says from where to go on. */
export type GiveAuth = (give: (auth: Auth) => void) => void

/** The outside world, which a test replaces. */
export type ConnectionDeps = RequestDeps & {
  /** A socket that is not connected yet and reconnects for ever. Rejects when its code cannot be loaded. */
  connect: (auth: GiveAuth) => Promise<LiveSocket>
  /** ms since the epoch */
  now: () => number
  random: () => number
  /** Runs it before one of the next frames is drawn; soon, when nothing is drawn. */
  frame: (run: () => void) => void
  warn: (line: string) => void
}

export type Phase =
  | { kind: 'connecting' }
  /** The first snapshot cannot be fetched. */
  | { kind: 'unreachable'; since: number; why: Why; nextTryAt: number }
  /** The server wants a token, or another one. */
  | { kind: 'locked' }
  | { kind: 'live'; since: number }
  | { kind: 'reconnecting'; since: number }

/** What the connection reports, in the order in which it happens. */
export type ConnectionListener = {
  phase(phase: Phase): void
  /** Replaces all that was known. */
  snapshot(snapshot: Snapshot): void
  /** The long texts that the last snapshot left out; at least as new as the snapshot. */
  texts(texts: LongTexts): void
  /** What happened since the last frame, oldest first. */
  events(events: Event[]): void
  pulse(pulse: Pulse): void
  /** The server sent something just now. */
  heard(): void
  version(build: string): void
  /** How long a message takes, in ms: half of a round trip. */
  latency(ms: number): void
  /** How many messages could not be read so far. */
  dropped(count: number): void
}

/** Another user of the socket, called with each socket that is opened; returns how to stop. */
export type SocketUse = (socket: LiveSocket) => () => void

/** Pulses come every 5 s. Without one for this long the connection is dead, whatever the socket believes. */
const DEAD_AFTER_MS = 20_000

/** The longest wait before a reconnect, unless the server asks for more. */
const MAX_RECONNECT_DELAY_MS = 3_000

/**
 * Keeps a page current for as long as it is open: a snapshot, then every event after it, across restarts of the
 * server, sleep and lost networks.
 */
export function openConnection(deps: ConnectionDeps, on: ConnectionListener) {
  let head: EventId = '0-0'
  let pending: Event[] = []
  let socket: LiveSocket | null = null
  let snapshotCount = 0
  const uses = new Map<SocketUse, () => void>()
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let textsTimer: ReturnType<typeof setTimeout> | undefined
  let attempt = 0
  let unreachableSince: number | null = null
  let lastHeardAt = deps.now()
  /** Over how long the server wants reconnects spread. */
  let comeBackWithinMs = 1_000
  let dropped = 0
  let isStopped = false
  let loads = 0

  const drop = (...lines: string[]) => {
    for (const line of lines) deps.warn(`Nephoscope left out what it could not read: ${line}`)
    dropped += lines.length
    if (lines.length > 0) on.dropped(dropped)
  }

  const heard = () => {
    lastHeardAt = deps.now()
    on.heard()
  }

  const takeSnapshot = ({ snapshot, dropped: lines }: ReadSnapshot) => {
    snapshotCount += 1
    clearTimeout(textsTimer)
    head = snapshot.head
    pending = []
    drop(...lines)
    on.snapshot(snapshot)
  }

  const deliverEvents = () => {
    if (pending.length === 0) return
    const batch = pending
    pending = []
    on.heard()
    on.events(batch)
  }

  const loadLater = (why: Why) => {
    const delay = retryDelayMs(attempt++, deps.random())
    unreachableSince ??= deps.now()
    // with a snapshot on the page only the connection is lost, not the page
    if (snapshotCount > 0) on.phase({ kind: 'reconnecting', since: lastHeardAt })
    else on.phase({ kind: 'unreachable', since: unreachableSince, why, nextTryAt: deps.now() + delay })
    clearTimeout(retryTimer)
    retryTimer = setTimeout(load, delay)
  }

  async function load(): Promise<void> {
    clearTimeout(retryTimer)
    const thisLoad = ++loads
    const isOutdated = () => isStopped || thisLoad !== loads
    const answer = await fetchCompactSnapshot(deps)
    if (isOutdated()) return
    if (answer === 'locked') return on.phase({ kind: 'locked' })
    if (!('snapshot' in answer)) return loadLater(answer)
    attempt = 0
    unreachableSince = null
    takeSnapshot(answer)
    socket?.removeAllListeners().disconnect()
    socket = null
    try {
      const opened = await deps.connect(give => {
        const token = deps.token()
        give({ channels: ['all'], since: head, renews: true, ...(token === null ? {} : { token }) })
      })
      if (isOutdated()) return
      listen(opened)
      void loadTexts(snapshotCount)
    } catch (error) {
      if (!isOutdated()) loadLater(failure(error))
    }
  }

  /** Runs after the first draw and the socket, as the texts can wait; repeats until they or another snapshot come. */
  async function loadTexts(ofSnapshot: number, attempts = 0): Promise<void> {
    const answer = await fetchTexts(deps)
    if (isStopped || ofSnapshot !== snapshotCount || answer === 'locked') return
    if ('summaries' in answer) on.texts(answer)
    else textsTimer = setTimeout(() => void loadTexts(ofSnapshot, attempts + 1), retryDelayMs(attempts, deps.random()))
  }

  function listen(opened: LiveSocket): void {
    socket = opened
    opened.on('connect', () => {
      attempt = 0
      heard()
      on.phase({ kind: 'live', since: deps.now() })
      const askedAt = deps.now()
      // subscribes to nothing more: the acknowledgement measures the round trip
      opened.timeout(DEAD_AFTER_MS).emit('subscribe', [], (lost: Error | null) => {
        if (lost === null) on.latency(Math.max(0, deps.now() - askedAt) / 2)
      })
    })
    opened.on('disconnect', reason => {
      on.phase({ kind: 'reconnecting', since: lastHeardAt })
      // the one case in which socket.io does not reconnect by itself
      if (reason === 'io server disconnect')
        retryTimer = setTimeout(() => opened.connect(), retryDelayMs(attempt++, deps.random()))
    })
    opened.on('connect_error', () => {
      on.phase({ kind: 'reconnecting', since: lastHeardAt })
      // inactive: the server refused; the answer to a snapshot says why, be it a token or a new epoch
      if (!opened.active) retryTimer = setTimeout(load, retryDelayMs(attempt++, deps.random()))
    })
    opened.on('event', message => {
      lastHeardAt = deps.now()
      const event = readEvent(message)
      if (!event.ok) return drop(event.error)
      head = event.value.id
      pending.push(event.value)
      if (pending.length === 1) deps.frame(deliverEvents)
    })
    opened.on('pulse', message => {
      const pulse = readPulse(message)
      if (!pulse.ok) return drop(pulse.error)
      // half the time with a factor of 1: waits are spread evenly over all of it
      comeBackWithinMs = pulse.value.comeBackWithinMs
      opened.io.reconnectionDelay(comeBackWithinMs / 2)
      opened.io.randomizationFactor(1)
      opened.io.reconnectionDelayMax(Math.max(MAX_RECONNECT_DELAY_MS, comeBackWithinMs))
      on.pulse(pulse.value)
      heard()
    })
    const renew = () => {
      heard()
      clearTimeout(retryTimer)
      retryTimer = setTimeout(load, deps.random() * comeBackWithinMs)
    }
    opened.on('renew', renew)
    // a server of an older build
    opened.on('reset', renew)
    opened.on('version', build => on.version(String(build)))
    opened.on('withdrawn', () => {
      closeSocket()
      clearTimeout(retryTimer)
      on.phase({ kind: 'locked' })
    })
    for (const use of uses.keys()) uses.set(use, use(opened))
    opened.connect()
  }

  const closeSocket = () => {
    for (const [use, stop] of uses) {
      stop()
      uses.set(use, () => {})
    }
    socket?.removeAllListeners().disconnect()
    socket = null
  }

  const isDead = () => deps.now() - lastHeardAt > DEAD_AFTER_MS

  const reconnect = () => {
    clearTimeout(retryTimer)
    // disconnecting first ends a pending wait of socket.io, which `connect` alone would respect
    socket?.disconnect().connect()
  }

  const watchdog = setInterval(() => {
    if (socket?.connected && isDead()) reconnect()
  }, DEAD_AFTER_MS / 4)

  void load()

  return {
    /** Tries at once: the page is seen again, the network is back, or a token was given. */
    wake() {
      attempt = 0
      if (!socket) return void load()
      if (!socket.connected || isDead()) reconnect()
    },
    /** Adds a user of the socket, now and whenever another is opened; returns how to stop. */
    extend(use: SocketUse): () => void {
      uses.set(use, socket ? use(socket) : () => {})
      return () => {
        uses.get(use)?.()
        uses.delete(use)
      }
    },
    stop() {
      isStopped = true
      clearTimeout(retryTimer)
      clearTimeout(textsTimer)
      clearInterval(watchdog)
      closeSocket()
    },
  }
}

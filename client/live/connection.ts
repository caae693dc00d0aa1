import type { Socket } from 'socket.io-client'
import type { Texts } from '../../shared/domain/compact-snapshot.ts'
import type { ClientToServer, Event, EventId, Handshake, Pulse, ServerToClient } from '../../shared/domain/events.ts'
import type { Result } from '../../shared/domain/primitives.ts'
import type { Snapshot } from '../../shared/domain/snapshot.ts'
import { backoff } from './backoff.ts'
import { type ReadSnapshot, readEvent, readPicture, readPulse, readTexts } from './edge.ts'

export type FeedSocket = Socket<ServerToClient, ClientToServer>

/** What is asked of the page at every (re)connect: from where to go on. */
export type Auth = (give: (handshake: Handshake) => void) => void

/** The world outside, so that a test may be it. */
export type FeedDeps = {
  /** `GET` of an address of this server, with these headers. */
  fetch: (address: string, headers: Record<string, string>) => Promise<Response>
  /** A socket that is not connected yet and reconnects for ever. Rejects where its code cannot be had. */
  connect: (auth: Auth) => Promise<FeedSocket>
  /** ms since the epoch */
  now: () => number
  /** In [0, 1). */
  random: () => number
  /** Runs it before one of the next frames is drawn; soon, when nothing is drawn. */
  frame: (run: () => void) => void
  /** The view token, when the reader has given one. */
  token: () => string | null
  warn: (line: string) => void
}

export type Phase =
  | { kind: 'connecting' }
  /** The first snapshot cannot be had. */
  | { kind: 'unreachable'; since: number; why: Why; nextTryAt: number }
  /** The server wants a token, or another one. */
  | { kind: 'locked' }
  | { kind: 'live'; since: number }
  | { kind: 'reconnecting'; since: number }

/** Why there is no snapshot: the server answered with this status, or what went wrong. */
export type Why = { answered: number } | { failed: string }

/** What the feed tells, in the order in which it happened. */
export type FeedListener = {
  phase(phase: Phase): void
  /** Everything starts anew from here. */
  picture(snapshot: Snapshot): void
  /** The long texts that were left out of the last picture; they are as true as the picture, or truer. */
  texts(texts: Texts): void
  /** What happened since the last frame, oldest first. */
  events(events: Event[]): void
  pulse(pulse: Pulse): void
  /** The server spoke just now. */
  sign(): void
  /** The build that serves now. */
  version(build: string): void
  /** How long a message is under way, in ms: half of a question and its answer. */
  latency(ms: number): void
  /** How many messages did not pass so far. */
  dropped(count: number): void
}

/** Uses the socket too. Called with each that is opened; returns how to stop. */
export type SocketUse = (socket: FeedSocket) => () => void

/** No pulse for so long (they come every 5 s) means that the line is dead, whatever the socket believes. */
const DEAD_LINE = 20_000

/** The longest wait before the page tries again to get its line back, unless the server asks for more: it may be there again any moment, in ms. */
const LONGEST_ABSENCE = 3_000

/**
 * Keeps a page supplied for as long as it is open: a snapshot, then every event after it, across restarts of the
 * server, sleep and lost networks. `wake` is for the moments at which waiting makes no sense any more.
 */
export function startFeed(deps: FeedDeps, on: FeedListener) {
  let head: EventId = '0-0'
  let pending: Event[] = []
  let socket: FeedSocket | null = null
  /** How many pictures there were. */
  let pictures = 0
  const uses = new Map<SocketUse, () => void>()
  let retry: ReturnType<typeof setTimeout> | undefined
  let retryTexts: ReturnType<typeof setTimeout> | undefined
  let attempt = 0
  let unreachableSince: number | null = null
  let lastSign = deps.now()
  /** Over how long the server wants those spread who come at once. */
  let comeBackWithinMs = 1_000
  let dropped = 0
  let stopped = false
  let run = 0

  const drop = (...lines: string[]) => {
    for (const line of lines) deps.warn(`Nephoscope left out what it could not read: ${line}`)
    dropped += lines.length
    if (lines.length > 0) on.dropped(dropped)
  }

  const sign = () => {
    lastSign = deps.now()
    on.sign()
  }

  const take = ({ snapshot, dropped: lines }: ReadSnapshot) => {
    pictures += 1
    clearTimeout(retryTexts)
    head = snapshot.head
    pending = []
    drop(...lines)
    on.picture(snapshot)
  }

  const deliver = () => {
    if (pending.length === 0) return
    const batch = pending
    pending = []
    on.sign()
    on.events(batch)
  }

  const later = (why: Why) => {
    const wait = backoff(attempt++, deps.random())
    unreachableSince ??= deps.now()
    // with a picture on the page, it is the line that is lost, not the page
    if (pictures > 0) on.phase({ kind: 'reconnecting', since: lastSign })
    else on.phase({ kind: 'unreachable', since: unreachableSince, why, nextTryAt: deps.now() + wait })
    clearTimeout(retry)
    retry = setTimeout(load, wait)
  }

  async function load(): Promise<void> {
    clearTimeout(retry)
    const mine = ++run
    const answer = await fetchPicture(deps)
    if (stopped || mine !== run) return
    if (answer === 'locked') return on.phase({ kind: 'locked' })
    if (!('snapshot' in answer)) return later(answer)
    attempt = 0
    unreachableSince = null
    take(answer)
    socket?.removeAllListeners().disconnect()
    socket = null
    try {
      const opened = await deps.connect(give => {
        const token = deps.token()
        give({ channels: ['all'], since: head, renews: true, ...(token === null ? {} : { token }) })
      })
      if (stopped || mine !== run) return
      listen(opened)
      void loadTexts(pictures)
    } catch (error) {
      if (!stopped && mine === run) later(failure(error))
    }
  }

  /** After the first look and the line, for it can wait; until another picture has come, or it is there. */
  async function loadTexts(picture: number, attempts = 0): Promise<void> {
    const answer = await fetchRead(deps, '/api/picture/texts', readTexts)
    if (stopped || picture !== pictures || answer === 'locked') return
    if ('summaries' in answer) on.texts(answer)
    else retryTexts = setTimeout(() => void loadTexts(picture, attempts + 1), backoff(attempts, deps.random()))
  }

  function listen(mine: FeedSocket): void {
    socket = mine
    mine.on('connect', () => {
      attempt = 0
      sign()
      on.phase({ kind: 'live', since: deps.now() })
      const askedAt = deps.now()
      // nothing more is subscribed to: the answer alone is wanted
      mine.timeout(DEAD_LINE).emit('subscribe', [], (lost: Error | null) => {
        if (lost === null) on.latency(Math.max(0, deps.now() - askedAt) / 2)
      })
    })
    mine.on('disconnect', reason => {
      on.phase({ kind: 'reconnecting', since: lastSign })
      // the one case in which socket.io does not come back by itself
      if (reason === 'io server disconnect') retry = setTimeout(() => mine.connect(), backoff(attempt++, deps.random()))
    })
    mine.on('connect_error', () => {
      on.phase({ kind: 'reconnecting', since: lastSign })
      // inactive: the server is there and refused; a snapshot tells why, be it a token or a new epoch
      if (!mine.active) retry = setTimeout(load, backoff(attempt++, deps.random()))
    })
    mine.on('event', message => {
      lastSign = deps.now()
      const event = readEvent(message)
      if (!event.ok) return drop(event.error)
      head = event.value.id
      pending.push(event.value)
      if (pending.length === 1) deps.frame(deliver)
    })
    mine.on('pulse', message => {
      const pulse = readPulse(message)
      if (!pulse.ok) return drop(pulse.error)
      // Each wait is this long, more or less by as much: evenly spread over what the server asks for.
      comeBackWithinMs = pulse.value.comeBackWithinMs
      mine.io.reconnectionDelay(comeBackWithinMs / 2)
      mine.io.randomizationFactor(1)
      mine.io.reconnectionDelayMax(Math.max(LONGEST_ABSENCE, comeBackWithinMs))
      on.pulse(pulse.value)
      sign()
    })
    const renew = () => {
      sign()
      clearTimeout(retry)
      retry = setTimeout(load, deps.random() * comeBackWithinMs)
    }
    mine.on('renew', renew)
    // a server of an older build
    mine.on('reset', renew)
    mine.on('version', build => on.version(String(build)))
    mine.on('withdrawn', () => {
      leaveSocket()
      clearTimeout(retry)
      on.phase({ kind: 'locked' })
    })
    for (const use of uses.keys()) uses.set(use, use(mine))
    mine.connect()
  }

  const leaveSocket = () => {
    for (const [use, stop] of uses) {
      stop()
      uses.set(use, () => {})
    }
    socket?.removeAllListeners().disconnect()
    socket = null
  }

  const reconnect = () => {
    if (!socket) return
    clearTimeout(retry)
    // disconnecting first ends a pending wait of socket.io, which `connect` alone would respect
    socket.disconnect().connect()
  }

  /** Tries at once: the page is seen again, the network is back, or a token was given. */
  const wake = () => {
    attempt = 0
    if (!socket) return void load()
    if (!socket.connected || deps.now() - lastSign > DEAD_LINE) reconnect()
  }

  const watchdog = setInterval(() => {
    if (socket?.connected && deps.now() - lastSign > DEAD_LINE) reconnect()
  }, DEAD_LINE / 4)

  void load()

  return {
    wake,
    /** Has somebody else use the socket too, now and whenever another is opened; returns how to stop. */
    extend(use: SocketUse): () => void {
      uses.set(use, socket ? use(socket) : () => {})
      return () => {
        uses.get(use)?.()
        uses.delete(use)
      }
    },
    stop() {
      stopped = true
      clearTimeout(retry)
      clearTimeout(retryTexts)
      clearInterval(watchdog)
      leaveSocket()
    },
  }
}

const fetchPicture = (deps: FeedDeps) => fetchRead(deps, '/api/picture', readPicture)

async function fetchRead<T extends object>(
  deps: FeedDeps,
  address: string,
  read: (json: unknown) => Result<T>,
): Promise<T | Why | 'locked'> {
  const token = deps.token()
  try {
    const answer = await deps.fetch(address, token === null ? {} : { authorization: `Bearer ${token}` })
    if (answer.status === 401) return 'locked'
    if (!answer.ok) return { answered: answer.status }
    const result = read(await answer.json())
    return result.ok ? result.value : { failed: result.error }
  } catch (error) {
    return failure(error)
  }
}

const failure = (error: unknown): Why => ({ failed: error instanceof Error ? error.message : String(error) })

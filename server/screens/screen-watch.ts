import type { Redis } from 'ioredis'
import { mayDo } from '../../shared/domain/access.ts'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import type { ScreenId, Screens, ScreensChange } from '../../shared/domain/screen.ts'
import { countWaiting } from '../../shared/redis/pairings.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { listScreens, markWatched, readScreen, readScreenshots } from '../../shared/redis/screens.ts'
import type { Access } from '../access/access.ts'
import type { WrongTokens } from '../http/admission.ts'
import type { LiveSocket } from '../live/subscriptions.ts'
import { acknowledge } from './screen-sockets.ts'

/** How long changes are collected before they are sent. */
const COLLECT_MS = 150
/** How often Redis is told that somebody watches; each time it holds for three times as long. */
const WATCH_INTERVAL_MS = 10_000

export type ScreenWatchDeps = {
  redis: Redis
  adminToken: string | undefined
  access: Pick<Access, 'identify'>
  /** Whether screens are admitted by a code at all. */
  admits: boolean
  wrongTokens: WrongTokens
  now: () => number
  log: { warn(fields: object, message: string): void }
  onInvalid: OnInvalid
}

export type ScreenWatch = {
  serve(socket: LiveSocket): void
  screenChanged(id: ScreenId): void
  screenshotChanged(id: ScreenId): void
  waitingChanged(): void
  /** Messages may have been missed: every watcher gets all screens again. */
  reload(): void
  stop(): void
}

/** The pages that watch the screens from this server. Each gets all screens, then every change. */
export function screenWatch(deps: ScreenWatchDeps): ScreenWatch {
  const { redis, adminToken, access, now, onInvalid } = deps
  const watchers = new Set<LiveSocket>()
  /** How to let go of each watcher's token. */
  const holding = new Map<LiveSocket, () => void>()
  let changes = new Set<ScreenId>()
  let screenshots = new Set<ScreenId>()
  let collecting: ReturnType<typeof setTimeout> | undefined

  const waiting = () => (deps.admits ? countWaiting(redis, now()) : Promise.resolve(null))

  async function all(): Promise<Screens> {
    const screens = await listScreens(redis, onInvalid)
    const ids = screens.map(({ id }) => id)
    return { screens, pictures: await readScreenshots(redis, ids, onInvalid), waiting: await waiting() }
  }

  const send = (change: ScreensChange) => {
    for (const socket of watchers) socket.emit('screens', change)
  }

  async function flush(): Promise<void> {
    collecting = undefined
    const ids = [...changes]
    const withScreenshot = [...screenshots]
    changes = new Set()
    screenshots = new Set()
    const read = await Promise.all(ids.map(async id => [id, await readScreen(redis, id, onInvalid)] as const))
    send({
      screens: read.flatMap(([, screen]) => screen ?? []),
      removed: read.flatMap(([id, screen]) => (screen === undefined ? [id] : [])),
      pictures: await readScreenshots(redis, withScreenshot, onInvalid),
      waiting: await waiting(),
    })
  }

  const letGo = (socket: LiveSocket) => {
    holding.get(socket)?.()
    holding.delete(socket)
  }
  const leave = (socket: LiveSocket) => {
    watchers.delete(socket)
    letGo(socket)
  }

  const flushSoon = () => {
    if (watchers.size === 0 || collecting !== undefined) return
    collecting = setTimeout(() => {
      flush().catch(error => deps.log.warn({ error: String(error) }, 'changes of screens could not be read'))
    }, COLLECT_MS)
  }

  async function watch(socket: LiveSocket, token: unknown): Promise<Result<Screens>> {
    if (adminToken === undefined) return fail('there is no admin token on this server')
    const bearer = typeof token === 'string' ? await access.identify(token) : socket.data.bearer
    if (bearer !== null && !mayDo(bearer, 'operate')) return fail('unauthorized')
    if (bearer === null) {
      const counted = deps.wrongTokens.limit(socket.data.address)
      return fail(counted.ok ? 'unauthorized' : 'too many wrong tokens')
    }
    await markWatched(redis, 3 * WATCH_INTERVAL_MS)
    if (!socket.connected) return fail('the connection has ended')
    // Added before the screens are read: a change in between is sent twice, not never.
    watchers.add(socket)
    letGo(socket)
    holding.set(socket, bearer.hold({ cut: () => socket.disconnect(true) }))
    return ok(await all())
  }

  const marking = setInterval(() => {
    if (watchers.size > 0) void markWatched(redis, 3 * WATCH_INTERVAL_MS).catch(() => undefined)
  }, WATCH_INTERVAL_MS)

  // All sockets share their listeners, which socket.io calls with `this`: few of them ever watch.
  function onWatch(this: LiveSocket, token: unknown, ack: unknown): void {
    acknowledge(ack, watch(this, token), deps.log)
  }
  function onLeave(this: LiveSocket): void {
    leave(this)
  }

  return {
    serve(socket) {
      socket.on('watchScreens', onWatch)
      socket.on('unwatchScreens', onLeave)
      socket.on('disconnect', onLeave)
    },
    screenChanged(id) {
      changes.add(id)
      flushSoon()
    },
    screenshotChanged(id) {
      screenshots.add(id)
      flushSoon()
    },
    waitingChanged: flushSoon,
    reload() {
      if (watchers.size === 0) return
      all()
        .then(screens => send({ ...screens, removed: [] }))
        .catch(error => deps.log.warn({ error: String(error) }, 'the screens could not be read'))
    },
    stop() {
      clearInterval(marking)
      clearTimeout(collecting)
    },
  }
}

import type { Redis } from 'ioredis'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import type { ScreenId, Screens, ScreensChange } from '../../shared/domain/screen.ts'
import { countWaiting } from '../../shared/redis/pairings.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { listScreens, markWatched, readPictures, readScreen } from '../../shared/redis/screens.ts'
import { sameSecret, type WrongTokens } from '../http/admission.ts'
import type { LiveSocket } from '../live/subscriptions.ts'
import { answer } from './screen-sockets.ts'

/** Changes are gathered for so long, in ms. */
const GATHER_MS = 150
/** That somebody looks is said anew so often, and holds for three times as long; in ms. */
const STILL_MS = 10_000

export type ScreenWatchDeps = {
  redis: Redis
  adminToken: string | undefined
  /** Whether screens are admitted by a code at all. */
  admits: boolean
  wrongTokens: WrongTokens
  now: () => number
  log: { warn(fields: object, message: string): void }
  onInvalid: OnInvalid
}

export type ScreenWatch = {
  serve(socket: LiveSocket): void
  /** These changed, are new, or are gone. */
  changed(id: ScreenId): void
  pictured(id: ScreenId): void
  /** Another number waits. */
  waiting(): void
  /** Whatever may have been missed: everybody gets all anew. */
  anew(): void
  stop(): void
}

/** Those who control the screens from this server: each gets all screens, then what changes. */
export function screenWatch(deps: ScreenWatchDeps): ScreenWatch {
  const { redis, adminToken, now, onInvalid } = deps
  const watchers = new Set<LiveSocket>()
  let changes = new Set<ScreenId>()
  let pictures = new Set<ScreenId>()
  let gathering: ReturnType<typeof setTimeout> | undefined

  const waiting = () => (deps.admits ? countWaiting(redis, now()) : Promise.resolve(null))

  async function all(): Promise<Screens> {
    const screens = await listScreens(redis, onInvalid)
    const ids = screens.map(({ id }) => id)
    return { screens, pictures: await readPictures(redis, ids, onInvalid), waiting: await waiting() }
  }

  const tell = (change: ScreensChange) => {
    for (const socket of watchers) socket.emit('screens', change)
  }

  async function flush(): Promise<void> {
    gathering = undefined
    const ids = [...changes]
    const pictured = [...pictures]
    changes = new Set()
    pictures = new Set()
    const read = await Promise.all(ids.map(async id => [id, await readScreen(redis, id, onInvalid)] as const))
    tell({
      screens: read.flatMap(([, screen]) => screen ?? []),
      removed: read.flatMap(([id, screen]) => (screen === undefined ? [id] : [])),
      pictures: await readPictures(redis, pictured, onInvalid),
      waiting: await waiting(),
    })
  }

  const soon = () => {
    if (watchers.size === 0 || gathering !== undefined) return
    gathering = setTimeout(() => {
      flush().catch(error => deps.log.warn({ error: String(error) }, 'changes of screens could not be read'))
    }, GATHER_MS)
  }

  async function watch(socket: LiveSocket, token: unknown): Promise<Result<Screens>> {
    if (adminToken === undefined) return fail('there is no admin token on this server')
    if (typeof token !== 'string' || !sameSecret(token, adminToken)) {
      const counted = deps.wrongTokens.limit(socket.data.address)
      return fail(counted.ok ? 'unauthorized' : 'too many wrong tokens')
    }
    await markWatched(redis, 3 * STILL_MS)
    if (!socket.connected) return fail('the connection has ended')
    // in before it is read: a change in between is told twice, not never
    watchers.add(socket)
    return ok(await all())
  }

  const still = setInterval(() => {
    if (watchers.size > 0) void markWatched(redis, 3 * STILL_MS).catch(() => undefined)
  }, STILL_MS)

  return {
    serve(socket) {
      socket.on('watchScreens', (token, ack) => answer(ack, watch(socket, token), deps.log))
      socket.on('unwatchScreens', () => watchers.delete(socket))
      socket.on('disconnect', () => watchers.delete(socket))
    },
    changed(id) {
      changes.add(id)
      soon()
    },
    pictured(id) {
      pictures.add(id)
      soon()
    },
    waiting: soon,
    anew() {
      if (watchers.size === 0) return
      all()
        .then(screens => tell({ ...screens, removed: [] }))
        .catch(error => deps.log.warn({ error: String(error) }, 'the screens could not be read'))
    },
    stop() {
      clearInterval(still)
      clearTimeout(gathering)
    },
  }
}

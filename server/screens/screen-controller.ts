import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Outcome, ScreenId, ScreenTask } from '../../shared/domain/screen.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { type BusMessage, publishToServers, subscribeToServers } from '../../shared/redis/screen-bus.ts'
import { forgetSilentScreens, readScreen } from '../../shared/redis/screens.ts'
import type { Access } from '../access/access.ts'
import type { WrongTokens } from '../http/admission.ts'
import type { LiveSocket } from '../live/subscriptions.ts'
import type { AdmittedScreens } from './admitted-screens.ts'
import { screenSockets } from './screen-sockets.ts'
import { screenWatch } from './screen-watch.ts'

/** How long a command waits for the screen's answer; a little more than a screen may take. */
const ANSWER_TIMEOUT_MS = 4_000
/** How often screens that are silent for good are deleted. */
const FORGET_INTERVAL_MS = 3_600_000

export type ScreensDeps = {
  redis: Redis
  /** A connection that only listens. */
  subscriber: Redis
  admitted: AdmittedScreens
  access: Pick<Access, 'identify'>
  viewToken: string | undefined
  adminToken: string | undefined
  wrongTokens: WrongTokens
  /** Whose keys and tokens are valid has changed, or may have. */
  onAccess(): void
  now: () => number
  log: { warn(fields: object, message: string): void }
  onInvalid: OnInvalid
}

/** The screens on walls, on whichever server they are connected. */
export type ScreenController = {
  /** Answers the messages of screens, and of pages that control them. */
  serve(socket: LiveSocket): void
  /** Has a screen carry out a task, wherever it is connected. */
  perform(id: ScreenId, task: ScreenTask): Promise<Outcome>
  connected(): number
  announce(message: BusMessage): Promise<void>
  stop(): void
}

/** Joins this server to all others: what happens to a screen on one server is known on each. */
export function serveScreens(deps: ScreensDeps): ScreenController {
  const { redis, subscriber, viewToken, admitted, onInvalid } = deps
  const sockets = screenSockets(deps)
  const watch = screenWatch({ ...deps, admits: viewToken !== undefined })
  /** By ticket: commands that wait for a screen's answer. */
  const pending = new Map<string, () => void>()

  const reloadAdmitted = () =>
    void admitted.reload().catch(error => deps.log.warn({ error: String(error) }, 'who is admitted could not be read'))

  const take = (message: BusMessage) => {
    switch (message.kind) {
      case 'changed':
        return watch.screenChanged(message.id)
      case 'picture':
        return watch.screenshotChanged(message.id)
      case 'waiting':
        return watch.waitingChanged()
      case 'access':
        return deps.onAccess()
      case 'admitted':
        reloadAdmitted()
        return watch.screenChanged(message.id)
      case 'withdrawn':
        admitted.withdraw(message.id)
        reloadAdmitted()
        return watch.screenChanged(message.id)
      case 'task':
        return void sockets
          .perform(message.id, message.task)
          .then(done => (done ? publishToServers(redis, { kind: 'done', ticket: message.ticket }) : undefined))
          .catch(error => deps.log.warn({ error: String(error) }, 'what a screen did could not be told'))
      case 'done':
        return pending.get(message.ticket)?.()
    }
  }

  const subscribed = () => {
    reloadAdmitted()
    deps.onAccess()
    watch.reload()
  }
  const bus = subscribeToServers(subscriber, { subscribed, message: take }, onInvalid)

  const forgetting = setInterval(() => {
    forgetSilentScreens(redis, deps.now())
      .then(ids => Promise.all(ids.map(id => publishToServers(redis, { kind: 'withdrawn', id }))))
      .catch(error => deps.log.warn({ error: String(error) }, 'silent screens could not be forgotten'))
  }, FORGET_INTERVAL_MS)

  async function perform(id: ScreenId, task: ScreenTask): Promise<Outcome> {
    if (!(await readScreen(redis, id, onInvalid))?.connected) return 'not-connected'
    const ticket = randomUUID()
    let timer: ReturnType<typeof setTimeout> | undefined
    const answered = new Promise<Outcome>(resolve => {
      pending.set(ticket, () => resolve('shown'))
      timer = setTimeout(() => resolve('unanswered'), ANSWER_TIMEOUT_MS)
    })
    try {
      await publishToServers(redis, { kind: 'task', id, task, ticket })
      return await answered
    } finally {
      clearTimeout(timer)
      pending.delete(ticket)
    }
  }

  return {
    serve(socket) {
      sockets.serve(socket)
      watch.serve(socket)
    },
    perform,
    connected: sockets.count,
    announce: message => publishToServers(redis, message),
    stop() {
      clearInterval(forgetting)
      bus.leave()
      watch.stop()
    },
  }
}

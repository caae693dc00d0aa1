import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Outcome, ScreenId, ScreenTask } from '../../shared/domain/screen.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { type BusMessage, joinBus, tellServers } from '../../shared/redis/screen-bus.ts'
import { forgetSilentScreens, readScreen } from '../../shared/redis/screens.ts'
import type { WrongTokens } from '../http/admission.ts'
import type { LiveSocket } from '../live/subscriptions.ts'
import { type AdmittedScreens, admittedScreens } from './admitted-screens.ts'
import { screenSockets } from './screen-sockets.ts'
import { screenWatch } from './screen-watch.ts'

/** How long a person waits for the word of a screen, in ms; a little more than a screen may take. */
const ANSWER_WITHIN_MS = 4_000
/** How often it is looked for screens that are silent for good, in ms. */
const FORGET_EVERY_MS = 3_600_000

export type ScreensDeps = {
  redis: Redis
  /** A connection for listening alone. */
  subscriber: Redis
  viewToken: string | undefined
  adminToken: string | undefined
  wrongTokens: WrongTokens
  now: () => number
  log: { warn(fields: object, message: string): void }
  onInvalid: OnInvalid
}

/** The screens on walls, whichever server they are connected to. */
export type ScreenDesk = {
  admitted: AdmittedScreens
  /** Answers what screens, and those who control them, say on a socket. */
  serve(socket: LiveSocket): void
  /** Has a screen do something, wherever it is connected. */
  perform(id: ScreenId, task: ScreenTask): Promise<Outcome>
  /** How many screens are connected to this server. */
  connected(): number
  /** Tells every server what changed. */
  tell(message: BusMessage): Promise<void>
  stop(): void
}

/** Joins this server to all others: what happens to a screen on one is known on each. */
export function serveScreens(deps: ScreensDeps): ScreenDesk {
  const { redis, subscriber, viewToken, onInvalid } = deps
  const admitted = admittedScreens(redis)
  const sockets = screenSockets(deps)
  const watch = screenWatch({ ...deps, admits: viewToken !== undefined })
  const waiting = new Map<string, () => void>()

  const lookAgain = () =>
    void admitted.reload().catch(error => deps.log.warn({ error: String(error) }, 'who is admitted could not be read'))

  const take = (message: BusMessage) => {
    switch (message.kind) {
      case 'changed':
        return watch.changed(message.id)
      case 'picture':
        return watch.pictured(message.id)
      case 'waiting':
        return watch.waiting()
      case 'admitted':
        lookAgain()
        return watch.changed(message.id)
      case 'withdrawn':
        admitted.withdraw(message.id)
        lookAgain()
        return watch.changed(message.id)
      case 'task':
        return void sockets
          .perform(message.id, message.task)
          .then(done => (done ? tellServers(redis, { kind: 'done', ticket: message.ticket }) : undefined))
          .catch(error => deps.log.warn({ error: String(error) }, 'what a screen did could not be told'))
      case 'done':
        return waiting.get(message.ticket)?.()
    }
  }

  const bus = joinBus(
    subscriber,
    {
      joined() {
        lookAgain()
        watch.anew()
      },
      message: take,
    },
    onInvalid,
  )

  const forgetting = setInterval(() => {
    forgetSilentScreens(redis, deps.now())
      .then(ids => Promise.all(ids.map(id => tellServers(redis, { kind: 'withdrawn', id }))))
      .catch(error => deps.log.warn({ error: String(error) }, 'silent screens could not be forgotten'))
  }, FORGET_EVERY_MS)

  async function perform(id: ScreenId, task: ScreenTask): Promise<Outcome> {
    if (!(await readScreen(redis, id, onInvalid))?.connected) return 'not-connected'
    const ticket = randomUUID()
    let timer: ReturnType<typeof setTimeout> | undefined
    const answered = new Promise<Outcome>(resolve => {
      waiting.set(ticket, () => resolve('shown'))
      timer = setTimeout(() => resolve('unanswered'), ANSWER_WITHIN_MS)
    })
    try {
      await tellServers(redis, { kind: 'task', id, task, ticket })
      return await answered
    } finally {
      clearTimeout(timer)
      waiting.delete(ticket)
    }
  }

  return {
    admitted,
    serve(socket) {
      sockets.serve(socket)
      watch.serve(socket)
    },
    perform,
    connected: sockets.count,
    tell: message => tellServers(redis, message),
    stop() {
      clearInterval(forgetting)
      bus.leave()
      watch.stop()
    },
  }
}

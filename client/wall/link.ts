import {
  PICTURE_EVERY_MS,
  REPORT_EVERY_MS,
  Reported,
  type ScreenOrders,
  type ScreenReport,
  ScreenTask,
} from '../../shared/domain/screen.ts'
import type { LiveSocket, SocketUse } from '../live/connection.ts'

export type LinkDeps = {
  /** Uses the socket of the page; returns how to stop. */
  extend: (use: SocketUse) => () => void
  /** What is to be told of this screen now. */
  report: () => ScreenReport
  /** Does something once; throws when it cannot be done. */
  perform: (task: Exclude<ScreenTask, { kind: 'orders' }>) => void
  /** From now on this is so. */
  follow: (orders: ScreenOrders) => void
  /** What the screen shows, as a small picture; null when none can be made. */
  picture: () => Promise<string | null>
  /** ms */
  now: () => number
}

/** The server takes no more than two reports in a second. */
const LEAST_BETWEEN_MS = 700

/**
 * Ties a screen to those who control it: it tells what it shows every few seconds and at each change, does what it is told, and
 * sends a picture while somebody looks.
 */
export function startLink(deps: LinkDeps) {
  let socket: LiveSocket | null = null
  let reportedAt = Number.NEGATIVE_INFINITY
  let picturedAt = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  /** The orders that are followed, and how often they came by themselves. */
  let followed = -1
  let pushed = 0

  const follow = (orders: ScreenOrders) => {
    if (orders.revision === followed) return
    followed = orders.revision
    deps.follow(orders)
  }

  async function tell(): Promise<void> {
    const to = socket
    if (!to?.connected) return
    reportedAt = deps.now()
    again(REPORT_EVERY_MS)
    const before = pushed
    const answer = await to.timeout(REPORT_EVERY_MS).emitWithAck('report', deps.report())
    const reported = answer.ok ? Reported.safeParse(answer.value).data : undefined
    if (reported === undefined) return
    // orders that came in between are newer than this answer
    if (before === pushed) follow(reported.orders)
    if (reported.watched && deps.now() - picturedAt >= PICTURE_EVERY_MS) await send(to)
  }

  async function send(to: LiveSocket): Promise<void> {
    picturedAt = deps.now()
    const image = await deps.picture()
    if (image !== null) await to.timeout(REPORT_EVERY_MS).emitWithAck('picture', image)
  }

  function again(ms: number): void {
    clearTimeout(timer)
    // an answer that does not come is asked for again like any other
    timer = setTimeout(() => void tell().catch(() => undefined), ms)
  }

  const perform = (given: unknown): boolean => {
    const task = ScreenTask.safeParse(given).data
    if (task === undefined) return false
    try {
      if (task.kind !== 'orders') deps.perform(task)
      else {
        pushed += 1
        follow(task.orders)
      }
      return true
    } catch {
      return false
    }
  }

  const stop = deps.extend(opened => {
    socket = opened
    const onTask = (given: unknown, ack: unknown) => {
      const done = perform(given)
      if (typeof ack === 'function') ack(done)
      changed()
    }
    const onConnect = () => again(0)
    opened.on('task', onTask)
    opened.on('connect', onConnect)
    if (opened.connected) onConnect()
    return () => {
      opened.off('task', onTask)
      opened.off('connect', onConnect)
    }
  })

  /** Something is different from what was told. */
  function changed(): void {
    again(Math.max(0, LEAST_BETWEEN_MS - (deps.now() - reportedAt)))
  }

  return {
    changed,
    stop() {
      clearTimeout(timer)
      stop()
      socket = null
    },
  }
}

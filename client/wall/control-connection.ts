import {
  REPORT_INTERVAL_MS,
  ReportAnswer,
  SCREENSHOT_INTERVAL_MS,
  type ScreenOrders,
  type ScreenReport,
  ScreenTask,
} from '../../shared/domain/screen.ts'
import type { LiveSocket, SocketUse } from '../live/connection.ts'

export type ControlConnectionDeps = {
  extend: (use: SocketUse) => () => void
  report: () => ScreenReport
  /** Performs a task once; throws if it cannot. */
  perform: (task: Exclude<ScreenTask, { kind: 'orders' }>) => void
  /** Applies orders that hold from now on. */
  follow: (orders: ScreenOrders) => void
  /** A small screenshot as a data URL; null if none can be made. */
  screenshot: () => Promise<string | null>
  now: () => number
}

/** The server accepts two reports a second. */
const MIN_REPORT_INTERVAL_MS = 700

/**
 * Connects a screen to its remote control: reports its state regularly and after each change, performs tasks, follows
 * orders, and sends screenshots while somebody watches.
 */
export function openControlConnection(deps: ControlConnectionDeps) {
  let socket: LiveSocket | null = null
  let reportedAt = Number.NEGATIVE_INFINITY
  let screenshotAt = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  let followedRevision = -1
  /** How often orders were pushed by the server. */
  let pushCount = 0

  const follow = (orders: ScreenOrders) => {
    if (orders.revision === followedRevision) return
    followedRevision = orders.revision
    deps.follow(orders)
  }

  async function report(): Promise<void> {
    const to = socket
    if (!to?.connected) return
    reportedAt = deps.now()
    schedule(REPORT_INTERVAL_MS)
    const before = pushCount
    const answer = await to.timeout(REPORT_INTERVAL_MS).emitWithAck('report', deps.report())
    const reported = answer.ok ? ReportAnswer.safeParse(answer.value).data : undefined
    if (reported === undefined) return
    // orders that were pushed meanwhile are newer than this answer
    if (before === pushCount) follow(reported.orders)
    if (reported.watched && deps.now() - screenshotAt >= SCREENSHOT_INTERVAL_MS) await sendScreenshot(to)
  }

  async function sendScreenshot(to: LiveSocket): Promise<void> {
    screenshotAt = deps.now()
    const image = await deps.screenshot()
    if (image !== null) await to.timeout(REPORT_INTERVAL_MS).emitWithAck('picture', image)
  }

  function schedule(ms: number): void {
    clearTimeout(timer)
    // a report without an answer is repeated like any other
    timer = setTimeout(() => void report().catch(() => undefined), ms)
  }

  const perform = (given: unknown): boolean => {
    const task = ScreenTask.safeParse(given).data
    if (task === undefined) return false
    try {
      if (task.kind !== 'orders') deps.perform(task)
      else {
        pushCount += 1
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
      reportSoon()
    }
    const onConnect = () => schedule(0)
    opened.on('task', onTask)
    opened.on('connect', onConnect)
    if (opened.connected) onConnect()
    return () => {
      opened.off('task', onTask)
      opened.off('connect', onConnect)
    }
  })

  function reportSoon(): void {
    schedule(Math.max(0, MIN_REPORT_INTERVAL_MS - (deps.now() - reportedAt)))
  }

  return {
    reportSoon,
    stop() {
      clearTimeout(timer)
      stop()
      socket = null
    },
  }
}

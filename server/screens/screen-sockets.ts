import type { Redis } from 'ioredis'
import type { z } from 'zod'
import { fail, ok, type Result, toInstant } from '../../shared/domain/primitives.ts'
import {
  type ReportAnswer,
  SCREENSHOT_INTERVAL_MS,
  type ScreenId,
  ScreenReport,
  ScreenshotImage,
  type ScreenTask,
} from '../../shared/domain/screen.ts'
import { isUnavailable } from '../../shared/redis/connect.ts'
import { publishToServers } from '../../shared/redis/screen-bus.ts'
import {
  disconnectScreen,
  MAX_SCREENS_OF_ADDRESS,
  readScreenDigest,
  reportScreen,
  writeScreenshot,
} from '../../shared/redis/screens.ts'
import { networkOf } from '../http/admission.ts'
import type { LiveSocket } from '../live/subscriptions.ts'

/** The shortest time between two reports of a screen. */
const MIN_REPORT_INTERVAL_MS = 500
/** How long a screen may take to carry out a task. */
const TASK_TIMEOUT_MS = 3_000
/** How early a screenshot may arrive: clocks and networks differ. */
const SCREENSHOT_TOLERANCE_MS = 1_000

export type ScreenSocketsDeps = {
  /** Unset: nobody could look at reports, so none is stored. */
  adminToken: string | undefined
  redis: Redis
  now: () => number
  log: { warn(fields: object, message: string): void }
}

export type ScreenSockets = {
  serve(socket: LiveSocket): void
  /** Has the sockets of this screen on this server carry out a task; true when one confirms it. */
  perform(id: ScreenId, task: ScreenTask): Promise<boolean>
  count(): number
}

type Reporter = {
  takeReport(given: unknown): Promise<Result<ReportAnswer>>
  takeScreenshot(given: unknown): Promise<Result<true>>
}

export function screenSockets({ redis, adminToken, now, log }: ScreenSocketsDeps): ScreenSockets {
  const here = new Map<ScreenId, Set<LiveSocket>>()
  const reporters = new WeakMap<LiveSocket, Reporter>()

  function leave(socket: LiveSocket, id: ScreenId): void {
    const sockets = here.get(id)
    sockets?.delete(socket)
    if (sockets?.size === 0) here.delete(id)
    disconnectScreen(redis, id, socket.id)
      .then(left => (left ? publishToServers(redis, { kind: 'changed', id }) : undefined))
      // its silence will show
      .catch(error => log.warn({ error: String(error) }, 'a screen left and Redis could not be told'))
  }

  async function take(socket: LiveSocket, report: ScreenReport): Promise<Result<ReportAnswer>> {
    const { id } = report
    const admitted = socket.data.bearer?.screen != null
    const network = networkOf(socket.data.address)
    const kept = await reportScreen(redis, report, { connection: socket.id, admitted, network, now: now() })
    if (kept === 'crowded')
      return fail(`one address may have ${MAX_SCREENS_OF_ADDRESS} screens, and this one has: forget some on /walls`)
    if (kept === 'full') return fail('there are too many screens: forget some on /walls')
    if (kept === 'withdrawn') return fail('the admission of this screen was withdrawn')
    if (!socket.connected) {
      await disconnectScreen(redis, id, socket.id)
      return fail('the connection has ended')
    }
    const sockets = here.get(id) ?? new Set()
    here.set(id, sockets.add(socket))
    if (kept.watched) await publishToServers(redis, { kind: 'changed', id })
    return ok(kept)
  }

  /** Takes what a screen says: made with its first report, as most sockets are no screens. */
  function reporterOf(socket: LiveSocket): Reporter {
    const known = reporters.get(socket)
    if (known !== undefined) return known
    let id: ScreenId | null = null
    let reportedAt = Number.NEGATIVE_INFINITY
    let screenshotAt = Number.NEGATIVE_INFINITY
    let watched = false

    const reporter: Reporter = {
      async takeReport(given) {
        if (adminToken === undefined) return fail('there is no admin token on this server: nobody controls its screens')
        if (now() - reportedAt < MIN_REPORT_INTERVAL_MS)
          return fail(`a screen reports at most every ${MIN_REPORT_INTERVAL_MS} ms`)
        reportedAt = now()
        const parsed = ScreenReport.safeParse(given)
        if (!parsed.success) return fail(`the report does not pass: ${firstLine(parsed.error)}`)
        const claimed = parsed.data.id
        if (id !== null && id !== claimed) return fail('a socket reports for one screen')
        // an admitted screen is the one of its token; nothing else may pass for it
        const own = socket.data.bearer?.screen ?? ((await readScreenDigest(redis, claimed)) === null ? claimed : null)
        if (own !== claimed) return fail('this id is another screen’s')
        if (id === null) socket.on('disconnect', () => leave(socket, claimed))
        id = claimed
        const taken = await take(socket, parsed.data)
        watched = taken.ok && taken.value.watched
        return taken
      },
      async takeScreenshot(given) {
        if (id === null || !watched) return fail('nobody asked for a picture')
        if (now() - screenshotAt < SCREENSHOT_INTERVAL_MS - SCREENSHOT_TOLERANCE_MS)
          return fail(`a picture is taken every ${SCREENSHOT_INTERVAL_MS} ms`)
        screenshotAt = now()
        const image = ScreenshotImage.safeParse(given)
        if (!image.success) return fail(`the picture ${firstLine(image.error)}`)
        if (!isPicture(image.data)) return fail('the picture must be what its type says')
        await writeScreenshot(redis, { id, at: toInstant(now()), image: image.data })
        await publishToServers(redis, { kind: 'picture', id })
        return ok(true)
      },
    }
    reporters.set(socket, reporter)
    return reporter
  }

  // All sockets share their listeners, which socket.io calls with `this`.
  function onReport(this: LiveSocket, given: unknown, ack: unknown): void {
    acknowledge(ack, reporterOf(this).takeReport(given), log)
  }
  function onPicture(this: LiveSocket, given: unknown, ack: unknown): void {
    acknowledge(ack, reporterOf(this).takeScreenshot(given), log)
  }

  return {
    serve(socket) {
      socket.on('report', onReport)
      socket.on('picture', onPicture)
    },
    count: () => here.size,
    async perform(id, task) {
      const ask = (socket: LiveSocket) => socket.timeout(TASK_TIMEOUT_MS).emitWithAck('task', task)
      const answers = await Promise.allSettled([...(here.get(id) ?? [])].map(ask))
      return answers.some(answer => answer.status === 'fulfilled' && answer.value === true)
    },
  }
}

const firstLine = (error: z.ZodError): string => {
  const issue = error.issues[0]
  return [issue?.path.join('.'), issue?.message ?? 'is not understood'].filter(Boolean).join(' ')
}

/** Acknowledges a message with the result of its work. A failure becomes one line; our own mistakes go to the log. */
export function acknowledge<T>(
  ack: unknown,
  work: Promise<Result<T>>,
  log: { warn(fields: object, message: string): void },
): void {
  const send = (result: Result<T>) => {
    if (typeof ack === 'function') ack(result)
  }
  work.then(send, error => {
    if (isUnavailable(error)) return send(fail('Redis cannot be reached; try again in a moment'))
    log.warn({ error: String(error) }, 'a message about screens could not be answered')
    send(fail('the server made a mistake; its log says more'))
  })
}

/**
 * Whether a data address holds what its type says. @see https://developers.google.com/speed/webp/docs/riff_container
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf Annex B: SOI and the marker after it
 */
export function isPicture(image: string): boolean {
  const bytes = pictureBytes(image)
  return image.startsWith('data:image/webp')
    ? bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'
    : bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff
}

export const pictureBytes = (image: string): Buffer => Buffer.from(image.slice(image.indexOf(',') + 1), 'base64')

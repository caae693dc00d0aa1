import { lookup as dnsLookup } from 'node:dns/promises'
import { Agent } from 'undici'
import {
  guardedLookup,
  isLoopback,
  type Resolve,
  redirectTarget,
  refuseHost,
  unlessAborted,
  webAddress,
} from './address-guard.ts'
import { type Delivery, deliver, exchange, type OutgoingRequest, submit } from './exchange.ts'
import {
  type Answered,
  type Ending,
  type Failed,
  type HttpOutcome,
  type HttpReceipt,
  type Moved,
  Refusal,
  reasonOf,
} from './outcome.ts'
import { createPacing, createQueue, type Pacing, unpaced } from './pacing.ts'
import { type IsPublic, type PrivateReach, type Reach, reachOf } from './reach.ts'

export type { HttpOutcome, HttpReceipt } from './outcome.ts'

export type HttpRequest = {
  url: string
  /** Where the address is inside; absent: it is on the internet. */
  isPrivate?: PrivateReach | undefined
  accept: string
  /** For everything together: waiting in the host's queue, name lookup, connecting, all redirects and the body. */
  timeoutMs: number
  etag: string | null
  lastModified: string | null
  mustRevalidate?: boolean
}

export type HttpForm = Pick<HttpRequest, 'url' | 'isPrivate' | 'timeoutMs'> & { form: URLSearchParams }

/** A message to a service. `timeoutMs` is for everything together. */
export type HttpMessage = Pick<Delivery, 'method' | 'headers' | 'body'> &
  Pick<HttpRequest, 'url' | 'isPrivate' | 'timeoutMs'>

export type HttpOptions = {
  userAgent: string
  /** Of a decoded body; default: 8 MB. */
  maxBytes?: number
  /** Default: 5. */
  maxRedirects?: number
  /** Requests to one host (and port) at a time; default: 2. */
  perHost?: number
  /** Name → addresses; default: the system's lookup. */
  lookup?: Resolve
  /** Default: IANA's registries. */
  isPublic?: IsPublic
}

export type Http = {
  /** Fetches an address. Whatever the network does is an outcome, never an exception. */
  get(request: HttpRequest): Promise<HttpOutcome>
  post(request: HttpForm): Promise<HttpReceipt>
  /** Sends a message. Whatever status comes back is an answer; redirects are not followed. */
  send(request: HttpMessage): Promise<Answered | Failed>
  /** Ends requests under way as failures, and closes all connections. */
  close(): Promise<void>
}

/** The only client for outside addresses. It bounds time, size, redirects and reachable addresses. */
export function createHttp(options: HttpOptions): Http {
  const { userAgent, maxBytes = 8_000_000, maxRedirects = 5 } = options
  const enqueue = createQueue(options.perHost ?? 2)
  const pacing = createPacing(monotonic)
  /** By reach, so that no request uses a connection that another reach has opened. */
  const ways = new Map<string, Way>()
  const wayFor = (isPrivate: PrivateReach | undefined): Way => {
    const key = JSON.stringify(isPrivate ?? null)
    const known = ways.get(key)
    if (known !== undefined) return known
    const reach = reachOf(isPrivate, options.isPublic)
    const way = { reach, agent: createAgent(options.lookup ?? resolveAll, reach) }
    ways.set(key, way)
    return way
  }
  const underWay = new Set<AbortController>()
  let isClosed = false

  async function get(request: HttpRequest): Promise<HttpOutcome> {
    const { accept, etag, lastModified, mustRevalidate = false, isPrivate } = request
    const timing = stopwatch(monotonic)
    const ending = await within(request.timeoutMs, signal =>
      follow(request, signal, ({ url, isFirst, movedTo, agent }) => {
        const validators = isFirst ? { etag, lastModified } : noValidators // they belong to the first address
        const outgoing = { accept, userAgent, maxBytes, signal, mustRevalidate, ...validators, url, movedTo }
        const pace = isPrivate !== undefined && isLoopback(url.hostname) ? unpaced : pacing
        return requestPaced(agent, outgoing, pace, timing)
      }),
    )
    return { ...ending, latencyMs: timing.ms() }
  }

  const post = (request: HttpForm): Promise<HttpReceipt> =>
    within(request.timeoutMs, signal =>
      follow(request, signal, ({ url, agent }) => submit(agent, { url, form: request.form, userAgent, signal })),
    )

  const send = ({ url, isPrivate, timeoutMs, ...message }: HttpMessage): Promise<Answered | Failed> =>
    within(timeoutMs, async signal => {
      const target = webAddress(url)
      const { reach, agent } = wayFor(isPrivate)
      refuseHost(target, reach)
      return enqueue(target.host, signal, () => deliver(agent, { url: target, ...message, userAgent, signal }))
    })

  async function within<T>(timeoutMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T | Failed> {
    const controller = new AbortController()
    const end = (reason: string) => controller.abort(new Refusal(reason))
    const timer = setTimeout(end, timeoutMs, `timeout after ${timeoutMs / 1000} s`)
    underWay.add(controller)
    if (isClosed) end('the client is closed')
    try {
      return await unlessAborted(controller.signal, work(controller.signal))
    } catch (error) {
      return { kind: 'failed', status: null, reason: reasonOf(error), retryAfterMs: null, gone: false }
    } finally {
      clearTimeout(timer)
      underWay.delete(controller)
      controller.abort(ended) // ends what is unread, such as the rest of a body that is too large
    }
  }

  async function follow<T>(
    { url: address, isPrivate }: Pick<HttpRequest, 'url' | 'isPrivate'>,
    signal: AbortSignal,
    ask: (hop: Hop) => Promise<T | Moved>,
  ): Promise<T> {
    const { reach, agent } = wayFor(isPrivate)
    let url = webAddress(address)
    const { hostname } = url
    let movedTo: string | null = null
    let isPermanent = true
    for (let redirects = 0; redirects <= maxRedirects; redirects++) {
      if (isPrivate === true && url.hostname !== hostname)
        throw new Refusal('a redirect from a private host to another: list its networks in place of private: true')
      refuseHost(url, reach)
      const hop: Hop = { url, agent, isFirst: redirects === 0, movedTo }
      const answer: T | Moved = await enqueue(url.host, signal, () => ask(hop))
      if (!isMoved(answer)) return answer
      url = redirectTarget(url, answer.location)
      isPermanent &&= answer.isPermanent
      movedTo = isPermanent ? url.href : null
    }
    throw new Refusal(`too many redirects (${maxRedirects})`)
  }

  async function requestPaced(
    agent: Agent,
    outgoing: OutgoingRequest,
    pace: Pacing,
    timing: Stopwatch,
  ): Promise<Ending | Moved> {
    const { url, signal } = outgoing
    const waitMs = pace.heldMs(url.host)
    if (waitMs > 0) return { kind: 'held', host: url.host, waitMs }
    await pace.begin(url.host, signal)
    const answer = await timing.during(() => exchange(agent, outgoing))
    if (answer.kind === 'failed' && answer.retryAfterMs !== null && hostWideStatuses.has(answer.status))
      pace.hold(url.host, answer.retryAfterMs)
    return answer
  }

  async function close(): Promise<void> {
    isClosed = true
    for (const controller of underWay) controller.abort(new Refusal('the client is closed'))
    await Promise.all([...ways.values()].map(({ agent }) => agent.destroy()))
  }

  return { get, post, send, close }
}

/** One address of a chain of redirects. `movedTo` is that address where all redirects to it were permanent. */
type Hop = { url: URL; agent: Agent; isFirst: boolean; movedTo: string | null }

type Way = { reach: Reach; agent: Agent }

const isMoved = (answer: unknown): answer is Moved =>
  typeof answer === 'object' && answer !== null && 'kind' in answer && answer.kind === 'moved'

const noValidators = { etag: null, lastModified: null }

/** Made once: a reason with its own stack for each request costs more than the request's headers. */
const ended = new Refusal('the request has ended')

const monotonic = () => performance.now()

/** Only with these does `Retry-After` hold for the host; with another status it is about the one address. */
const hostWideStatuses: ReadonlySet<number | null> = new Set([429, 503])

const resolveAll: Resolve = hostname => dnsLookup(hostname, { all: true })

/** The queue bounds connections, as the agent's own ignores the signal and forgets a host whose connection fails. */
const createAgent = (resolve: Resolve, reach: Reach): Agent =>
  new Agent({
    pipelining: 1,
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 10_000, // the next poll comes later anyway
    maxHeaderSize: 16_384,
    headersTimeout: 0, // the request's own timeout covers these two
    bodyTimeout: 0,
    connect: {
      lookup: guardedLookup(resolve, reach),
      timeout: 10_000, // ends an attempt whose request has timed out
      autoSelectFamilyAttemptTimeout: 1_000, // Node's 250 ms are less than a round trip to the far side of the earth
    },
  })

type Stopwatch = {
  during<T>(task: () => Promise<T>): Promise<T>
  /** The time of all tasks together, the one under way included, in whole ms; null before the first. */
  ms(): number | null
}

export function stopwatch(now: () => number): Stopwatch {
  let spent: number | null = null
  let since: number | null = null
  return {
    async during(task) {
      since = now()
      spent ??= 0
      try {
        return await task()
      } finally {
        spent += now() - since
        since = null
      }
    },
    ms: () => (spent === null ? null : Math.round(spent + (since === null ? 0 : now() - since))),
  }
}

export const userAgent = 'Nephoscope/0.1 (status and news reader; +https://github.com/nephoscope/nephoscope)'

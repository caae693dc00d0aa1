import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { toInstant } from '../../shared/domain/primitives.ts'
import { keys } from '../../shared/redis/keys.ts'
import { holdLease, releaseLease } from '../../shared/redis/lease.ts'
import {
  dropHubAnswer,
  dropSubscription,
  type HubRequest,
  type HubSubscription,
  listSubscriptions,
  pushSource,
  writeHubRequest,
} from '../../shared/redis/push.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import type { Http, HttpReceipt } from '../http/http.ts'
import type { ReachFor } from '../http/reach.ts'

/** How often subscriptions are checked, in ms. */
const TICK_MS = 2_000
const TIMEOUT_MS = 10_000
/** Requests per check; the rest waits for the next one, so that a check ends before the lease does. */
const MAX_REQUESTS = 10
/** Another worker takes over this long after a worker died, in ms: well beyond one check. */
const LEASE_MS = 30_000
/** The lease that a hub is asked for, in seconds: ten days, the usual maximum of large hubs. */
const WANTED_LEASE_S = 10 * 86_400

export type WebSubDeps = {
  redis: Redis
  http: Http
  reachFor: ReachFor
  /** The server's address on the internet, without a slash at its end. */
  publicUrl: string
  now: () => number
  log: Logger
  onInvalid: OnInvalid
}

/**
 * Subscribes to the hubs that feeds name, and renews; one worker at a time. A hub's message only makes its source due
 * earlier, so nothing is lost while this does not run. @see https://www.w3.org/TR/websub/
 */
export function startWebSub(deps: WebSubDeps): { stop(): Promise<void> } {
  const workerId = randomUUID()
  const stopping = new AbortController()
  const { signal } = stopping
  const done = (async () => {
    while (!signal.aborted) {
      try {
        if (await holdLease(deps.redis, keys.hubLease, workerId, LEASE_MS)) await checkSubscriptions(deps)
      } catch (error) {
        if (!signal.aborted) deps.log.warn({ error: String(error) }, 'the hubs could not be asked; trying again')
      }
      await sleep(TICK_MS, undefined, { signal }).catch(() => undefined)
    }
  })()
  return {
    /** A request under way ends when the HTTP client closes, which happens after this. */
    async stop() {
      stopping.abort()
      await Promise.race([done, sleep(500)])
      await releaseLease(deps.redis, keys.hubLease, workerId).catch(() => undefined)
    },
  }
}

async function checkSubscriptions(deps: WebSubDeps): Promise<void> {
  const { redis, publicUrl, onInvalid } = deps
  const sending: Promise<void>[] = []
  for (const [source, known] of await listSubscriptions(redis, onInvalid)) {
    const step = hubStep({ ...known, source, publicUrl, now: deps.now(), randomText })
    switch (step.do) {
      case 'wait':
        break
      case 'drop':
        await dropSubscription(redis, source)
        break
      case 'lapse': // so that the next poll sees that the hub is gone
        await dropHubAnswer(redis, source)
        await pushSource(redis, source)
        break
      case 'ask':
        if (sending.length < MAX_REQUESTS) sending.push(sendRequest(source, step.request, deps))
    }
  }
  await Promise.all(sending)
}

const randomText = (): string => randomBytes(32).toString('base64url')

/** Stores the request before it is sent: hubs verify it even before they answer. */
async function sendRequest(source: string, request: HubRequest, deps: WebSubDeps): Promise<void> {
  await writeHubRequest(deps.redis, source, request)
  const form = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.callback': request.callback,
    'hub.topic': request.topic,
    'hub.secret': request.secret,
    'hub.lease_seconds': String(WANTED_LEASE_S),
  })
  const { hub: url } = request
  const isPrivate = deps.reachFor(source, url)
  const receipt = await deps.http.post({ url, isPrivate, form, timeoutMs: TIMEOUT_MS })
  const about = { source, hub: request.hub, attempts: request.attempts }
  if (receipt.kind === 'accepted') return deps.log.debug(about, 'asked a hub to tell of news')
  const waitMs = isRefusal(receipt) ? REFUSAL_PAUSE_MS : (receipt.retryAfterMs ?? 0)
  const retryAt = toInstant(Math.max(Date.parse(request.retryAt), deps.now() + waitMs))
  await writeHubRequest(deps.redis, source, { ...request, retryAt })
  const level = isRefusal(receipt) || request.attempts === 1 ? 'warn' : 'debug'
  const message = isRefusal(receipt)
    ? 'a hub refuses to tell of news; its feed is only polled'
    : 'a hub could not be asked; trying again later'
  deps.log[level]({ ...about, error: receipt.reason, retryAt }, message)
}

/** A 4xx, except those that mean 'not now'. */
const isRefusal = ({ status }: HttpReceipt): boolean =>
  status !== null && status >= 400 && status < 500 && status !== 408 && status !== 429

/** The next step between a source and its hub: a request to store and send, or the end of the subscription. */
export type HubStep = { do: 'wait' | 'drop' | 'lapse' } | { do: 'ask'; request: HubRequest }

export type HubStepInput = HubSubscription & {
  source: string
  publicUrl: string
  now: number
  randomText: () => string
}

/** The share of a lease after which it is renewed. */
const RENEW_AT = 0.8
/** How long to wait for a hub's answer before the second request, in ms; */
const FIRST_RETRY_MS = 60_000
/** it doubles with each request up to this. */
const LAST_RETRY_MS = 6 * 3_600_000
/** A hub that refused gets no request for this long, in ms, unless the feed names another hub. */
const REFUSAL_PAUSE_MS = 7 * 86_400_000

/**
 * Decides the next step. Pure. A hub that is new to the source gets its own token and secret. A renewal keeps both,
 * because the old lease is valid until the new one is granted.
 */
export function hubStep(input: HubStepInput): HubStep {
  const { named, request, answer, now } = input
  if (named === null) return { do: 'drop' }
  const isSame =
    request !== null &&
    request.hub === named.hub &&
    request.topic === named.topic &&
    request.callback === callbackOf(input, request.token)
  if (!isSame) return requestOf(input, input.randomText(), input.randomText(), 1)

  const { token, secret, attempts } = request
  const answered = answer?.token === token ? answer : null
  if (answered?.kind === 'granted' && Date.parse(answered.until) <= now) return { do: 'lapse' }
  if (answered?.askedAt !== request.askedAt)
    return Date.parse(request.retryAt) <= now ? requestOf(input, token, secret, attempts + 1) : { do: 'wait' }
  return renewAt(answered) <= now ? requestOf(input, token, secret, 1) : { do: 'wait' }
}

function requestOf(input: HubStepInput, token: string, secret: string, attempts: number): HubStep {
  const { named, now } = input
  if (named === null) return { do: 'drop' }
  const retryMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1))
  const callback = callbackOf(input, token)
  const [askedAt, retryAt] = [toInstant(now), toInstant(now + retryMs)]
  return { do: 'ask', request: { ...named, callback, token, secret, askedAt, attempts, retryAt } }
}

const callbackOf = ({ publicUrl, source }: HubStepInput, token: string): string =>
  `${publicUrl}/hooks/websub/${source}/${token}`

function renewAt(answer: NonNullable<HubSubscription['answer']>): number {
  const at = Date.parse(answer.at)
  return answer.kind === 'denied' ? at + REFUSAL_PAUSE_MS : at + RENEW_AT * (Date.parse(answer.until) - at)
}

import type { Dispatcher } from 'undici'
import { ACCEPT_ENCODING, readBody } from './body.ts'
import { type Answered, BROWSER_WANTED, type Ending, type Failed, type HttpReceipt, type Moved } from './outcome.ts'
import { retryAfterMs } from './retry-after.ts'

export type OutgoingRequest = {
  url: URL
  accept: string
  userAgent: string
  etag: string | null
  lastModified: string | null
  /** Makes caches on the way ask the host, however fresh their copy is. */
  mustRevalidate: boolean
  /** The address after earlier redirects where all of them were permanent; null otherwise. */
  movedTo: string | null
  maxBytes: number
  signal: AbortSignal
}

/**
 * Sends one request, without following redirects. Throws what the network throws, or a `Refusal`. The body of a failure
 * stays unread; the owner of the signal ends it.
 */
export async function exchange(agent: Dispatcher, outgoing: OutgoingRequest): Promise<Ending | Moved> {
  const { url, signal, movedTo } = outgoing
  const path = url.pathname + url.search
  const headers = requestHeaders(outgoing)
  const answer = await agent.request({ method: 'GET', origin: url.origin, path, headers, signal })
  const { statusCode: status, body } = answer
  const header = headerReader(answer.headers)

  if (redirects.has(status)) {
    await body.dump({ limit: MAX_DUMPED_BYTES })
    return { kind: 'moved', location: header('location'), isPermanent: status === 301 || status === 308 }
  }

  const etag = validator(header('etag'))
  const lastModified = validator(header('last-modified'))
  const maxAgeMs = remainingLifetimeMs(header('cache-control'), header('age'))
  if (status === 304 && isConditional(outgoing)) {
    await body.dump()
    const kept = { etag: etag ?? outgoing.etag, lastModified: lastModified ?? outgoing.lastModified }
    return { kind: 'unchanged', status, ...kept, maxAgeMs }
  }

  if (!whole.has(status)) return failure(status, header)

  const bytes = await readBody(body, header('content-encoding'), outgoing.maxBytes)
  const contentType = header('content-type')
  const link = header('link')
  const date = validator(header('date'))
  const fields = { contentType, etag, lastModified, date, link }
  return { kind: 'fresh', status, body: bytes, ...fields, maxAgeMs, url: url.href, movedTo }
}

/** How much of an unused body is read, in bytes, so that its connection can be used again. */
const MAX_DUMPED_BYTES = 16_384

const failure = (status: number, header: (name: string) => string | null): Failed => ({
  kind: 'failed',
  status,
  reason: isChallenge(header) ? `HTTP ${status}: ${BROWSER_WANTED}` : `HTTP ${status}`,
  retryAfterMs: retryAfterMs(header('retry-after'), Date.now()),
  gone: status === 410,
})

/**
 * Whether a guard before the host wants proof of a browser. A program can not give it.
 * @see https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html
 */
const isChallenge = (header: (name: string) => string | null): boolean =>
  /challenge/i.test(header('cf-mitigated') ?? header('x-vercel-mitigated') ?? '') ||
  /challenge|captcha/i.test(header('x-amzn-waf-action') ?? '') ||
  header('x-datadome') !== null

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Only these carry the whole document: a 206, or a challenge's empty 202, would look like the end of all incidents. */
const whole: ReadonlySet<number> = new Set([200, 203])

const isConditional = ({ etag, lastModified }: OutgoingRequest): boolean => etag !== null || lastModified !== null

function requestHeaders(outgoing: OutgoingRequest): Record<string, string> {
  const { accept, userAgent, etag, lastModified, mustRevalidate } = outgoing
  return {
    accept,
    'accept-encoding': ACCEPT_ENCODING,
    'user-agent': userAgent,
    ...(etag !== null && { 'if-none-match': etag }),
    ...(lastModified !== null && { 'if-modified-since': lastModified }),
    ...(mustRevalidate && { 'cache-control': 'no-cache' }),
  }
}

/** Several headers of one name are one list. @see https://www.rfc-editor.org/rfc/rfc9110#section-5.2 */
const headerReader =
  (headers: Dispatcher.ResponseData['headers']) =>
  (name: string): string | null => {
    const value = headers[name]
    return Array.isArray(value) ? value.join(', ') : (value ?? null)
  }

/** Stored, and validators are sent back, so it must be printable and short. */
const validator = (value: string | null): string | null => (value && /^[\x20-\x7e]{1,256}$/.test(value) ? value : null)

/**
 * How long an answer stays valid, in ms: `max-age` less `Age`. Null when it does not say, or must not be stored.
 * @see https://www.rfc-editor.org/rfc/rfc9111#name-calculating-freshness-lifet
 */
export function remainingLifetimeMs(cacheControl: string | null, age: string | null): number | null {
  let maxAge: number | null = null
  for (const directive of (cacheControl ?? '').toLowerCase().split(',')) {
    const [name = '', value = ''] = directive.split('=', 2).map(part => part.trim())
    if (name === 'no-store' || name === 'no-cache') return null
    if (name === 'max-age') maxAge ??= seconds(value.replaceAll('"', ''))
  }
  return maxAge === null ? null : Math.max(0, maxAge - (seconds(age ?? '') ?? 0)) * 1000
}

const seconds = (text: string): number | null => (/^\d{1,10}$/.test(text) ? Number(text) : null)

export type Submission = Pick<OutgoingRequest, 'url' | 'userAgent' | 'signal'> & { form: URLSearchParams }

/** Posts a form. A redirect is not followed; one that would change the method is a failure. Throws as `exchange`. */
export async function submit(agent: Dispatcher, submission: Submission): Promise<HttpReceipt | Moved> {
  const { url, userAgent, signal, form } = submission
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': userAgent }
  const target = { method: 'POST', origin: url.origin, path: url.pathname + url.search } as const
  const answer = await agent.request({ ...target, headers, body: form.toString(), signal })
  const { statusCode: status, body } = answer
  const header = headerReader(answer.headers)
  const isAccepted = status >= 200 && status < 300
  const isMoved = status === 307 || status === 308
  if (!isAccepted && !isMoved) return failure(status, header)
  await body.dump({ limit: MAX_DUMPED_BYTES })
  return isAccepted
    ? { kind: 'accepted', status }
    : { kind: 'moved', location: header('location'), isPermanent: status === 308 }
}

export type Delivery = Pick<OutgoingRequest, 'url' | 'userAgent' | 'signal'> & {
  method: 'POST' | 'PUT' | 'PATCH'
  headers: Readonly<Record<string, string>>
  body: string | Uint8Array
}

/** Longer answers of the services that take messages are cut off as failures. */
const MAX_ANSWER_BYTES = 65_536

/** Sends a message to a service. A redirect is an answer: it would carry secrets to another host. Throws as `exchange`. */
export async function deliver(agent: Dispatcher, delivery: Delivery): Promise<Answered> {
  const { url, userAgent, signal, method, headers, body: content } = delivery
  const target = { method, origin: url.origin, path: url.pathname + url.search } as const
  const sent = { 'accept-encoding': ACCEPT_ENCODING, 'user-agent': userAgent, ...headers }
  const answer = await agent.request({ ...target, headers: sent, body: content, signal })
  const header = headerReader(answer.headers)
  const body = await readBody(answer.body, header('content-encoding'), MAX_ANSWER_BYTES)
  return {
    kind: 'answered',
    status: answer.statusCode,
    body: new TextDecoder().decode(body),
    retryAfterMs: retryAfterMs(header('retry-after'), Date.now()),
  }
}

import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Context } from 'koa'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import { networkOf } from './limits.ts'

/** Compares secrets without telling by time how much of them agrees; lengths differ as digests do not. */
export const sameSecret = (given: string, expected: string): boolean => timingSafeEqual(sha256(given), sha256(expected))

/** The same for a secret of which only the SHA-256 is known, in hex; null for one that does not exist. */
export const isSecretOf = (given: string, digest: string | null): boolean =>
  timingSafeEqual(sha256(given), digest === null ? Buffer.alloc(32) : Buffer.from(digest, 'hex'))

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** The token in `Authorization: Bearer …`; null when there is none. */
export const bearerToken = (authorization: string | undefined): string | null =>
  /^Bearer ([^\s]{1,512})$/i.exec(authorization ?? '')?.[1] ?? null

/**
 * The address that a request came from. Only the last `trustedProxies` entries of X-Forwarded-For were written by
 * proxies that we believe; what stands before them may be anybody's invention.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const direct = request.socket.remoteAddress ?? 'unknown'
  if (trustedProxies === 0) return direct
  const header = request.headers['x-forwarded-for']
  const hops = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map(hop => hop.trim())
    .filter(Boolean)
  return hops.at(-trustedProxies) ?? direct
}

/** Browsers say where a page comes from; other programs say nothing and are not bound by it. */
export function originAllowed(request: IncomingMessage, allowed: readonly string[]): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return true
  if (allowed.includes(origin)) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

/** Counts in windows of a minute by address. */
export type MinuteLimit = (address: string) => Result<true>

/** @param most how many a minute; 0 is no limit */
export function minuteLimit(most: number, now: () => number): MinuteLimit {
  let minute = 0
  let counts = new Map<string, number>()
  return address => {
    if (most === 0) return ok(true)
    const current = Math.floor(now() / 60_000)
    if (current !== minute) {
      minute = current
      counts = new Map()
    }
    const network = networkOf(address)
    const count = (counts.get(network) ?? 0) + 1
    counts.set(network, count)
    return count <= most ? ok(true) : fail(`more than ${most} a minute from one address`)
  }
}

/** Counts the wrong secrets that an address gives, so that none can be guessed. */
export type WrongTokens = { limit: MinuteLimit; trustedProxies: number }

/**
 * Lets a request pass that carries one of the tokens as `Authorization: Bearer …`. Any other is answered 401 with `demand`;
 * where it carried a wrong token that is counted, and answered 429 when its address has given too many.
 */
export function demandToken(ctx: Context, tokens: readonly string[], wrong: WrongTokens, demand: string): void {
  const given = bearerToken(ctx.get('Authorization'))
  if (given !== null && tokens.some(token => sameSecret(given, token))) return
  if (given !== null) countWrongToken(ctx, wrong)
  ctx.set('WWW-Authenticate', 'Bearer')
  ctx.throw(401, demand)
}

/** Answers 429 when the address that sent a wrong secret has sent too many. */
export function countWrongToken(ctx: Context, { limit, trustedProxies }: WrongTokens): void {
  const counted = limit(clientAddress(ctx.req, trustedProxies))
  if (!counted.ok) ctx.throw(429, counted.error)
}

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isIP, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Context } from 'koa'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'

/** Compares secrets in constant time. Their digests are of one length, whatever theirs is. */
export const sameSecret = (given: string, expected: string): boolean => timingSafeEqual(sha256(given), sha256(expected))

/** The same for a secret of which only the SHA-256 is known, in hex; null for one that does not exist. */
export const isSecretOf = (given: string, digest: string | null): boolean =>
  timingSafeEqual(sha256(given), digest === null ? Buffer.alloc(32) : Buffer.from(digest, 'hex'))

/** 32 random bytes, and their SHA-256 in hex, which is all that the store may know of them. */
export function newSecret(): { secret: string; digest: string } {
  const secret = randomBytes(32).toString('base64url')
  return { secret, digest: sha256(secret).toString('hex') }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** The token in `Authorization: Bearer …`; null when there is none. */
export const bearerToken = (authorization: string | undefined): string | null =>
  /^Bearer ([^\s]{1,512})$/i.exec(authorization ?? '')?.[1] ?? null

/** Browsers say where a page comes from. Other programs send no origin and are admitted. @param allowed `*`: all */
export function originAllowed(request: IncomingMessage, allowed: readonly string[]): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return true
  if (allowed.includes(origin) || allowed.includes('*')) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

/** Counts the wrong secrets that an address gives, so that none can be guessed. */
export type WrongTokens = { limit: MinuteLimit; trustedProxies: number }

/** Admits a request with one of the tokens in `Authorization`. Else 401 with `demand`, or 429 after many wrong ones. */
export function demandToken(ctx: Context, tokens: readonly string[], wrong: WrongTokens, demand: string): void {
  const given = bearerToken(ctx.get('Authorization'))
  if (given !== null && tokens.some(token => sameSecret(given, token))) return
  if (given !== null) countWrongToken(ctx, wrong)
  ctx.set('WWW-Authenticate', 'Bearer')
  ctx.throw(401, given === null ? demand : `the token that was given is none of this server: ${demand}`)
}

/** Counts a wrong secret; answers 429 when its address has given too many. */
export function countWrongToken(ctx: Context, { limit, trustedProxies }: WrongTokens): void {
  const counted = limit(clientAddress(ctx.req, trustedProxies))
  if (!counted.ok) ctx.throw(429, counted.error)
}

/** Counts requests of an address within a minute, and says when there are too many. */
export type MinuteLimit = (address: string) => Result<true>

/** @param max how many an address may make in a minute; 0 is no limit */
export function minuteLimit(max: number, now: () => number): MinuteLimit {
  let minute = 0
  let counts = new Map<string, number>()
  return address => {
    if (max === 0) return ok(true)
    const current = Math.floor(now() / 60_000)
    if (current !== minute) {
      minute = current
      counts = new Map()
    }
    const network = networkOf(address)
    const count = (counts.get(network) ?? 0) + 1
    counts.set(network, count)
    return count <= max ? ok(true) : fail(`more than ${max} a minute from one address`)
  }
}

export type OpenLimit = {
  admit(address: string): Result<true>
  /** One is open; returns what to call when it is closed. */
  hold(address: string): () => void
}

/** @param max how many one address may hold; 0 is no limit */
export function openLimit(max: number): OpenLimit {
  const counts = new Map<string, number>()
  return {
    admit(address) {
      if (max === 0 || (counts.get(networkOf(address)) ?? 0) < max) return ok(true)
      return fail(`one address may hold ${max} connections open, and this one does`)
    },
    hold(address) {
      const network = networkOf(address)
      counts.set(network, (counts.get(network) ?? 0) + 1)
      return () => {
        const left = (counts.get(network) ?? 0) - 1
        if (left > 0) counts.set(network, left)
        else counts.delete(network)
      }
    },
  }
}

/** The address that a request came from. Only proxies that we trust wrote the last entries of X-Forwarded-For. */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const direct = request.socket.remoteAddress ?? 'unknown'
  if (trustedProxies === 0) return direct
  const header = request.headers['x-forwarded-for']
  const hops = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map(hop => hop.trim())
    .filter(Boolean)
  return addressOf(hops.at(-trustedProxies) ?? '') ?? direct
}

/** Some proxies add the port, quotes or brackets, each client another. Null for what is no address, such as 'unknown'. */
function addressOf(hop: string): string | null {
  const bare = hop.replace(/^"|"$/g, '')
  const [, bracketed, withPort] = /^\[([^\]]{1,80})\](?::\d{1,5})?$|^([\d.]{7,15}):\d{1,5}$/.exec(bare) ?? []
  const address = bracketed ?? withPort ?? bare
  return isIP(address) === 0 ? null : address
}

/**
 * The network by which an address is counted: all of IPv4, the first 64 bits of IPv6, of which one client has them all.
 * Whoever has an address of IPv4 has those that are made of it with it, so they count as that one.
 * @see https://www.rfc-editor.org/rfc/rfc6177#section-2
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const parsed = ipaddr.IPv6.parse(address)
  const [high, low] = madeOf(parsed)
  if (high !== undefined && low !== undefined) return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  return `${parsed.parts
    .slice(0, 4)
    .map(part => part.toString(16))
    .join(':')}::/64`
}

/** The two halves of the address of IPv4 that one of IPv6 stands for: mapped, translated (NAT64), 6to4, Teredo. */
function madeOf(address: ipaddr.IPv6): number[] {
  const { parts } = address
  switch (address.range()) {
    case 'ipv4Mapped':
    case 'rfc6145':
    case 'rfc6052':
      return parts.slice(6)
    case '6to4':
      return parts.slice(1, 3)
    case 'teredo':
      return parts.slice(6).map(part => part ^ 0xffff)
    default:
      return []
  }
}

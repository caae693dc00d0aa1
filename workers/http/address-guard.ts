import type { LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { clip } from '../text/plain-text.ts'
import { Refusal } from './outcome.ts'

/** Name → all of its addresses, at least one; rejects as `dns.promises.lookup` does. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>

export type IsPublic = (ip: string) => boolean

export class PrivateAddress extends Refusal {}

/**
 * Whether an address is public. In IPv6 only global unicast space (2000::/3) is. An IPv4 address inside an IPv6 one
 * counts as the IPv4 address that a packet would reach.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry/
 */
export function isPublicAddress(ip: string): boolean {
  if (isIP(ip) === 0) return false
  const address = innermost(ipaddr.parse(ip))
  if (address instanceof ipaddr.IPv6 && !address.match(globalUnicast, 3)) return false
  return address.range() === 'unicast'
}

/** A lookup for the socket itself, so that DNS cannot change after the check. One private address refuses the name. */
export function guardedLookup(resolve: Resolve, isPublic: IsPublic): LookupFunction {
  return (hostname, options, callback) => {
    resolvePublic(hostname, resolve, isPublic).then(
      ([first, ...others]) =>
        options.all ? callback(null, [first, ...others]) : callback(null, first.address, first.family),
      error => callback(error, ''),
    )
  }
}

export const isLoopback = (hostname: string): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)

/** Checks a host that is an address, as it is never looked up. `URL` has normalised decimal, octal and hex forms. */
export function refusePrivateHost(url: URL, isPublic: IsPublic): void {
  const host = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname
  if (isIP(host) !== 0 && !isPublic(host)) throw new PrivateAddress(`${host} is a private address`)
}

/** All addresses of a name, every one public. Throws a `PrivateAddress`, or what `resolve` throws. */
export async function resolvePublic(
  hostname: string,
  resolve: Resolve,
  isPublic: IsPublic,
): Promise<[LookupAddress, ...LookupAddress[]]> {
  const [first, ...others] = await resolve(hostname)
  if (first === undefined) throw new Refusal('name not found')
  const refused = [first, ...others].find(({ address }) => !isPublic(address))
  if (refused) throw new PrivateAddress(`resolves to a private address (${refused.address})`)
  return [first, ...others]
}

const globalUnicast = ipaddr.IPv6.parse('2000::')
/** NAT64: on IPv6-only networks every IPv4 host appears under it. @see https://www.rfc-editor.org/rfc/rfc6052 */
const nat64 = ipaddr.IPv6.parse('64:ff9b::')

function innermost(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (address instanceof ipaddr.IPv4) return address
  if (address.isIPv4MappedAddress()) return address.toIPv4Address()
  return address.match(nat64, 96) ? new ipaddr.IPv4(address.toByteArray().slice(12)) : address
}

const MAX_LENGTH = 2048

/** Text, relative to `base` → an address that may be requested, without its fragment. Throws a `Refusal`. */
export function webAddress(text: string, base?: URL): URL {
  if (!URL.canParse(text, base)) throw new Refusal(`'${clip(text, 80)}' is not a web address`)
  const url = new URL(text, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Refusal(`'${url.protocol}' addresses are not fetched, only http and https`)
  if (url.username !== '' || url.password !== '')
    throw new Refusal('addresses with a user name in them are not fetched')
  url.hash = ''
  if (url.href.length > MAX_LENGTH) throw new Refusal(`the address is over ${MAX_LENGTH} characters`)
  return url
}

/** The target of a redirect, which must not go from https to http. Throws a `Refusal`. */
export function redirectTarget(from: URL, location: string | null): URL {
  if (location === null) throw new Refusal('a redirect without a Location')
  const to = webAddress(location, from)
  if (from.protocol === 'https:' && to.protocol === 'http:') throw new Refusal('a redirect from https to http')
  return to
}

/** The result of the work, or the signal's reason once it aborts: for work that does not take a signal. */
export function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    work.then(resolve, reject)
  })
}

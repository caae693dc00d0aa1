import type { LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Refusal } from './outcome.ts'

/** Name → all of its addresses, at least one; rejects as `dns.promises.lookup` does. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>

export type IsPublic = (ip: string) => boolean

/** What was asked for is not on the open internet. */
export class PrivateAddress extends Refusal {}

/**
 * Whether an address belongs to the open internet. Of IPv6 only global unicast space (2000::/3) does; an IPv4 address that is
 * written as IPv6 counts as what a packet to it would reach.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/ and https://www.iana.org/assignments/iana-ipv6-special-registry/
 */
export function isPublicAddress(ip: string): boolean {
  if (isIP(ip) === 0) return false
  const address = innermost(ipaddr.parse(ip))
  if (address instanceof ipaddr.IPv6 && !address.match(globalUnicast, 3)) return false
  return address.range() === 'unicast'
}

/**
 * The lookup of the socket itself, so that what was checked is what is connected to: nothing can change the name in between.
 * One address that is not public refuses the whole name.
 */
export function guardedLookup(resolve: Resolve, isPublic: IsPublic): LookupFunction {
  return (hostname, options, callback) => {
    resolvePublic(hostname, resolve, isPublic).then(
      ([first, ...others]) =>
        options.all ? callback(null, [first, ...others]) : callback(null, first.address, first.family),
      error => callback(error, ''),
    )
  }
}

/** Whether a host is this very machine, by its name. */
export const isLoopback = (hostname: string): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)

/** A host that is an address is never looked up, so it is checked here. `URL` has made one form of decimal, octal and hex. */
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
/** NAT64: on networks that speak only IPv6 every IPv4 host appears under it. @see https://www.rfc-editor.org/rfc/rfc6052 */
const nat64 = ipaddr.IPv6.parse('64:ff9b::')

function innermost(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (address instanceof ipaddr.IPv4) return address
  if (address.isIPv4MappedAddress()) return address.toIPv4Address()
  return address.match(nat64, 96) ? new ipaddr.IPv4(address.toByteArray().slice(12)) : address
}

/** As long as a web address may be in our records. */
const MAX_LENGTH = 2048

/** Text, against `base` where it is relative → an address that may be fetched, without its fragment. Throws a `Refusal`. */
export function webAddress(text: string, base?: URL): URL {
  if (!URL.canParse(text, base)) throw new Refusal(`'${text.slice(0, 80)}' is not a web address`)
  const url = new URL(text, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Refusal(`'${url.protocol}' addresses are not fetched, only http and https`)
  if (url.username !== '' || url.password !== '')
    throw new Refusal('addresses with a user name in them are not fetched')
  url.hash = ''
  if (url.href.length > MAX_LENGTH) throw new Refusal(`the address is over ${MAX_LENGTH} characters`)
  return url
}

/** Where a redirect leads. What came over https stays there. Throws a `Refusal`. */
export function redirectTarget(from: URL, location: string | null): URL {
  if (location === null) throw new Refusal('a redirect without a Location')
  const to = webAddress(location, from)
  if (from.protocol === 'https:' && to.protocol === 'http:') throw new Refusal('a redirect from https to http')
  return to
}

/** What the work comes to, or the signal's reason as soon as there is one: for work that does not hear the signal itself. */
export function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    work.then(resolve, reject)
  })
}

import type { LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { clip } from '../text/plain-text.ts'
import { Refusal } from './outcome.ts'
import { isMetadataName, type Reach } from './reach.ts'

/** Name → all of its addresses, at least one; rejects as `dns.promises.lookup` does. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>

export class PrivateAddress extends Refusal {}

/** A lookup for the socket itself, so that DNS cannot change after the check. One address that is not allowed refuses the name. */
export function guardedLookup(resolve: Resolve, reach: Reach): LookupFunction {
  return (hostname, options, callback) => {
    resolveWithin(hostname, resolve, reach).then(
      ([first, ...others]) =>
        options.all ? callback(null, [first, ...others]) : callback(null, first.address, first.family),
      error => callback(error, ''),
    )
  }
}

export const isLoopback = (hostname: string): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)

/** Checks a host that is an address, as it is never looked up. `URL` has normalised decimal, octal and hex forms. */
export function refuseHost(url: URL, { allows, refusal }: Reach): void {
  const host = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname
  if (isIP(host) !== 0 && !allows(host)) throw new PrivateAddress(`${host} is ${refusal}`)
}

/** All addresses of a name, every one allowed. Throws a `PrivateAddress`, or what `resolve` throws. */
export async function resolveWithin(
  hostname: string,
  resolve: Resolve,
  { allows, refusal }: Reach,
): Promise<[LookupAddress, ...LookupAddress[]]> {
  if (isMetadataName(hostname)) throw new PrivateAddress(`${hostname} is the metadata of a cloud`)
  const [first, ...others] = await resolve(hostname)
  if (first === undefined) throw new Refusal('name not found')
  const refused = [first, ...others].find(({ address }) => !allows(address))
  if (refused) throw new PrivateAddress(`resolves to ${refused.address}, which is ${refusal}`)
  return [first, ...others]
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

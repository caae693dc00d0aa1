import { nearest } from '../domain/nearest.ts'
import { ascending, descending, firstOf } from '../domain/order.ts'
import { foldAccents } from '../domain/text.ts'
import type { Vendor } from '../domain/vendor.ts'

/** The vendors that a word may mean, the best first: the whole of a name, then its beginning, then what is in it. */
export function findVendors<V extends Vendor>(vendors: Iterable<V>, word: string): V[] {
  const wanted = foldAccents(word.trim())
  if (wanted === '') return []
  return [...vendors]
    .map(vendor => ({ vendor, rank: Math.min(...namesOf(vendor).map(name => rankOf(name, wanted))) }))
    .filter(({ rank }) => rank < NOT_FOUND)
    .sort(
      firstOf(
        ascending('rank'),
        ascending(({ vendor }) => vendor.id),
      ),
    )
    .map(({ vendor }) => vendor)
}

const namesOf = ({ id, name, aliases, domains }: Vendor): string[] =>
  [id, name, ...aliases, ...domains].map(foldAccents)

const NOT_FOUND = 4
/** Shorter words are inside of too many. */
const MIN_INSIDE = 3

function rankOf(name: string, wanted: string): number {
  if (name === wanted) return 0
  if (name.startsWith(wanted)) return 1
  if (name.split(/[^\p{L}\p{N}]+/u).some(part => part.startsWith(wanted))) return 2
  return name.includes(wanted) && wanted.length >= MIN_INSIDE ? 3 : NOT_FOUND
}

/** The vendor that a word is exactly: its id, name, alias or domain, or a host below one of its domains. */
export function vendorNamed<V extends Vendor>(vendors: Iterable<V>, word: string): V | null {
  const wanted = foldAccents(word.trim())
  const all = [...vendors]
  return all.find(vendor => namesOf(vendor).includes(wanted)) ?? ownerOfHost(all, wanted)
}

/** The id that a mistyped name most likely means; null where none is near. */
export function nearestVendor(vendors: Iterable<Vendor>, word: string): string | null {
  const all = [...vendors]
  const near = nearest(word.toLowerCase(), all.flatMap(namesOf))
  return near === null ? null : (vendorNamed(all, near)?.id ?? null)
}

/** The vendor with the longest domain that the host is, or is below. */
function ownerOfHost<V extends Vendor>(vendors: readonly V[], host: string): V | null {
  const owned = vendors.flatMap(vendor => vendor.domains.map(domain => ({ vendor, domain })))
  const found = owned.filter(({ domain }) => host === domain || host.endsWith(`.${domain}`))
  return found.sort(descending(({ domain }) => domain.length))[0]?.vendor ?? null
}

/** The vendor whose status page an address is, or is a page of, with the site that it is for; null for other addresses. */
export function vendorAt<V extends Vendor & { addresses: readonly { url: string; site: string | null }[] }>(
  vendors: Iterable<V>,
  url: string,
): { vendor: V; site: string | null } | null {
  const asked = placeOf(url)
  const pages = [...vendors].flatMap(vendor =>
    vendor.addresses.map(address => ({ vendor, site: address.site, place: placeOf(address.url) })),
  )
  const found = pages.filter(({ place }) => asked === place || asked.startsWith(`${place}/`))
  const [best] = found.sort(descending(({ place }) => place.length))
  return best === undefined ? null : { vendor: best.vendor, site: best.site }
}

/** Host and path, which tell pages apart: some hosts have one of several vendors. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url)
  return (host.replace(/^www\./, '') + pathname).replace(/\/$/, '').toLowerCase()
}

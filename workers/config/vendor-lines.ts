import type { KnownVendor } from '../../shared/vendors/catalogue.ts'
import { findVendors, nearestVendor, vendorAt, vendorNamed } from '../../shared/vendors/find-vendors.ts'
import type { Vendors } from './named-source.ts'

/** The vendors that a word may mean, each with what to write for it, as text for people; null where it means none. */
export function tellVendors(word: string, vendors: Vendors): string | null {
  const found = findVendors(vendors.values(), word)
  const near =
    found.length > 0
      ? undefined
      : (vendorOfAddress(word, vendors) ?? vendors.get(nearestVendor(vendors.values(), word) ?? ''))
  const told = near === undefined ? found : [near]
  if (told.length === 0) return null
  const more = told.length - MAX_TOLD
  return [...told.slice(0, MAX_TOLD).map(tell), ...(more > 0 ? [`and ${more} more: write more of the name`] : [])].join(
    '\n',
  )
}

/** The vendor of `status.stripe.com`, or of an address as a browser shows it. */
function vendorOfAddress(word: string, vendors: Vendors): KnownVendor | null {
  const url = /^https?:/i.test(word) ? word : `https://${word}`
  if (!word.includes('.') || !URL.canParse(url)) return null
  return vendorAt(vendors.values(), url)?.vendor ?? vendorNamed(vendors.values(), new URL(url).hostname)
}

const MAX_TOLD = 10
const MAX_SITES = 12

function tell({ id, name, category, home, source, siteSources, sites, isUnsure }: KnownVendor): string {
  const pages = [...siteSources.keys()]
  const [page = null] = pages.slice(-1)
  const [site] = sites
  const lines =
    source === null
      ? [`not under sources: ${home} has no format that can be read; tell us if you know one`]
      : [`under sources: - ${lineFor(id, null)}`, page && `               - ${lineFor(id, page)}, or ${listed(pages)}`]
  lines.push(`in a stack:    - ${id}`, site ? `               - ${id}@${site}, or ${listed(sites)}` : null)
  if (isUnsure && source !== null) lines.push(`seen in one list only: npm run detect -- ${source.url} tries it`)
  return [`${name} (${category})`, ...lines.flatMap(line => (line === null ? [] : `  ${line}`))].join('\n')
}

const listed = (sites: readonly string[]): string =>
  sites.length > MAX_SITES ? `${sites.slice(0, MAX_SITES).join(', ')} … (${sites.length})` : sites.join(', ')

/** A vendor as a line of `sources:` has it. */
export const lineFor = (vendor: string, site: string | null): string =>
  site === null ? quoted(vendor) : `{ use: ${quoted(vendor)}, site: ${site} }`

/** YAML takes digits for a number. */
const quoted = (word: string): string => (/^[\d-]+$/.test(word) ? `'${word}'` : word)

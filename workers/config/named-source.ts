import { didYouMean } from '../../shared/domain/nearest.ts'
import type { KnownVendor, VendorSource } from '../../shared/vendors/catalogue.ts'
import { nearestVendor } from '../../shared/vendors/find-vendors.ts'

export type Vendors = ReadonlyMap<string, KnownVendor>

type Refusal = { key: 'use' | 'site'; message: string }

/** `stripe`, `{ use: datadog, site: us1 }` → the source that the list of vendors has for it, or what is wrong. */
export function namedSource(use: string, site: string | undefined, vendors: Vendors): VendorSource | Refusal {
  const vendor = vendors.get(use)
  if (vendor === undefined) return { key: 'use', message: `is not a vendor: ${meantFor(use, vendors)}` }
  if (vendor.source === null)
    return {
      key: 'use',
      message: `has no status page in a format that can be read: leave it out, people find it at ${vendor.home}`,
    }
  if (site === undefined) return vendor.source
  const sites = [...vendor.siteSources.keys()]
  const message =
    sites.length === 0
      ? `has no status page of its own: leave it out, ${use} has one for all`
      : `is not a site of ${use}${didYouMean(site, sites) || `: use ${sites.join(', ')}`}`
  return vendor.siteSources.get(site) ?? { key: 'site', message }
}

/** 'did you mean stripe?', or how to find the name. */
export function meantFor(word: string, vendors: Vendors): string {
  const near = word.length > 80 ? null : nearestVendor(vendors.values(), word)
  return near === null ? 'npm run vendors -- find <word> lists them' : `did you mean ${near}?`
}

/** Whether a line of `sources:` names a vendor rather than an address. */
export const isByName = (line: unknown): boolean => typeof line === 'object' && line !== null && 'use' in line

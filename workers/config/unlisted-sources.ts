import { isStatusSource } from '../../shared/domain/source.ts'
import type { SimpleUse, Stack } from '../../shared/domain/stack.ts'
import { providerOfUse } from '../../shared/domain/stack-status.ts'
import type { VendorSource } from '../../shared/vendors/catalogue.ts'
import type { Vendors } from './named-source.ts'
import { EVERY_MS, type SourceConfig } from './source-config.ts'

/**
 * The sources of the vendors and clouds that stacks use and nobody has listed, so that they are watched without being
 * written twice. A vendor whose status cannot be read has none.
 */
export function unlistedSources(
  stacks: readonly Stack[],
  listed: readonly SourceConfig[],
  vendors: Vendors,
): SourceConfig[] {
  // those of other stacks are listed with these
  const uses = stacks.flatMap(stack => stack.uses.flatMap(use => (use.kind === 'stack' ? [] : use)))
  const taken = new Set(listed.flatMap(({ id, url }) => [id, url]))
  const watched = new Set(listed.filter(isStatusSource).map(({ provider }) => provider))
  const wanted = uses
    .flatMap(use => wantedSources(use, watched, vendors))
    .filter(({ id, url }) => !taken.has(id) && !taken.has(url))
  const sources = new Map(wanted.map(source => [source.id, { ...source, everyMs: EVERY_MS, topics: [] }]))
  return [...sources.values()]
}

/** The pages of the sites that a use chooses; else its provider's, where that is not watched by any source. */
function wantedSources(use: SimpleUse, watched: ReadonlySet<string>, vendors: Vendors): VendorSource[] {
  const vendor = vendors.get(providerOfUse(use) ?? '')
  if (vendor === undefined) return []
  const sites = use.kind === 'vendor' ? use.sites.flatMap(site => vendor.siteSources.get(site) ?? []) : []
  if (sites.length > 0) return sites
  return vendor.source === null || watched.has(vendor.id) ? [] : [vendor.source]
}

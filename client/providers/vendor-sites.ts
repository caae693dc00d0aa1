import { ascending, firstOf, groupBy } from '../../shared/domain/order.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import type { SimpleUse } from '../../shared/domain/stack.ts'
import type { VendorList } from '../../shared/domain/vendor.ts'

/** Where one site of a vendor runs. */
export type VendorSite = {
  site: string
  regions: readonly RegionId[]
  /** Whether it runs nowhere else. */
  isOnly: boolean
  /** The page that says so. */
  source: string
  isOwn: boolean
}

/** A vendor's sites by name, those that the stack has chosen first. */
export function vendorSites(
  { dependencies }: Pick<VendorList, 'dependencies'>,
  vendor: string,
  uses: readonly SimpleUse[],
): VendorSite[] {
  const chosen = new Set(uses.flatMap(use => (use.kind === 'vendor' && use.vendor === vendor ? use.sites : [])))
  const own = dependencies.filter(one => one.vendor === vendor)
  return [...groupBy(own, ({ site }) => site)]
    .map(([site, its]) => ({
      site,
      regions: [...new Set(its.map(({ region }) => region))].sort(),
      isOnly: its.every(({ isCertain }) => isCertain),
      source: its[0]?.source ?? '',
      isOwn: chosen.has(site),
    }))
    .sort(
      firstOf(
        ascending(({ isOwn }) => (isOwn ? 0 : 1)),
        ascending(({ site }) => site),
      ),
    )
}

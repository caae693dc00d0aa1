import { groupBy } from '../domain/order.ts'
import type { StackFacts } from '../domain/reason.ts'
import type { VendorList } from '../domain/vendor.ts'

/** What `concerns` asks about vendors, from the list as pages have it. */
export function factsOfList({ dependencies, siteSources }: VendorList): Pick<StackFacts, 'dependencies' | 'siteOf'> {
  const places = groupBy(dependencies, ({ vendor, site }) => `${vendor}@${site}`)
  const sites = new Map(Object.entries(siteSources))
  return {
    dependencies: (vendor, site) => places.get(`${vendor}@${site}`) ?? [],
    siteOf: source => sites.get(source) ?? null,
  }
}

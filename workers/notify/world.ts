import { groupBy } from '../../shared/domain/order.ts'
import type { Dependency } from '../../shared/domain/vendor.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'
import { type VendorCatalogue, vendorFacts } from '../../shared/vendors/catalogue.ts'
import type { World } from './notifier.ts'

/** The lists of regions, services and vendors, as the notifier asks them. */
export function worldOf(
  { providers, regions }: Catalogue,
  services: World['services'],
  vendors: VendorCatalogue,
): World {
  const homes = groupBy<Dependency>(vendors.dependencies, ({ vendor }) => vendor)
  return {
    providers,
    regions,
    services,
    vendors: vendors.vendors,
    ...vendorFacts(vendors),
    homesOf: vendor => homes.get(vendor)?.map(({ region }) => region) ?? [],
  }
}

import type { StackFacts } from '../../shared/domain/concerns.ts'
import type { Service, ServiceId } from '../../shared/domain/service.ts'
import type { Vendor } from '../../shared/domain/vendor.ts'
import { factsOfList } from '../../shared/vendors/vendor-facts.ts'
import { loadServices } from './services.ts'
import { loadVendorList } from './vendor-list.ts'

/** What is known of services and vendors, beside the stacks themselves. */
export type StackCatalogue = Pick<StackFacts, 'dependencies' | 'siteOf'> & {
  services: ReadonlyMap<ServiceId, Pick<Service, 'id' | 'name' | 'scope' | 'under' | 'isBroad'>>
  vendors: ReadonlyMap<string, Pick<Vendor, 'name'>>
}

/** Until it is loaded only what is named exactly concerns a stack. */
export const emptyStackCatalogue: StackCatalogue = {
  services: new Map(),
  vendors: new Map(),
  dependencies: () => [],
  siteOf: () => null,
}

export async function loadStackFacts(): Promise<StackCatalogue> {
  const [services, list] = await Promise.all([loadServices(), loadVendorList()])
  return { services, vendors: new Map(list.vendors.map(vendor => [vendor.id, vendor])), ...factsOfList(list) }
}

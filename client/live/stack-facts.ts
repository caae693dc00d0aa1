import type { StackFacts } from '../../shared/domain/reason.ts'
import type { Service, ServiceId } from '../../shared/domain/service.ts'
import type { Vendor } from '../../shared/domain/vendor.ts'
import { factsOfList } from '../../shared/vendors/vendor-facts.ts'
import { loadServices, loadVendorList } from './lists.ts'

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
  return {
    services: new Map([...services].map(([id, service]) => [id, { ...service, name: shortName(service) }])),
    vendors: new Map(list.vendors.map(vendor => [vendor.id, vendor])),
    ...factsOfList(list),
  }
}

/** The name that people say, which the id is made of: 'EC2' for Amazon Elastic Compute Cloud; else the full one. */
export function shortName({ id, name, aliases }: Pick<Service, 'id' | 'name' | 'aliases'>): string {
  const wanted = lettersOf(id.slice(id.indexOf('/') + 1))
  return [name, ...aliases].find(one => lettersOf(one) === wanted) ?? name
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')

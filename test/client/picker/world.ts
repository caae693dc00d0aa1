import { type Candidate, candidatesOf } from '../../../client/picker/candidates.ts'
import { loadCatalogue } from '../../../shared/regions/catalogue.ts'
import { loadServices } from '../../../shared/services/service-table.ts'
import { loadVendors, slimVendors } from '../../../shared/vendors/catalogue.ts'

const shared = (place: string): URL => new URL(`../../../shared/${place}`, import.meta.url)
export const { regions, providers } = await loadCatalogue(shared('regions/'))
export const services = await loadServices(shared('services/'))
export const { vendors } = slimVendors(await loadVendors(shared('vendors/')))
export const candidates: Candidate[] = candidatesOf({ regions, services, vendors })

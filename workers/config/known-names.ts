import { loadCatalogue } from '../../shared/regions/catalogue.ts'
import { loadServices } from '../../shared/services/service-table.ts'
import { loadVendors } from '../../shared/vendors/catalogue.ts'
import type { Known } from './source-config.ts'

/** What a sources file may name, for commands that read one. @param shared the folder with all lists */
export async function loadKnownNames(shared: URL): Promise<Required<Known>> {
  const [{ regions }, services, { vendors }] = await Promise.all([
    loadCatalogue(new URL('regions/', shared)),
    loadServices(new URL('services/', shared)),
    loadVendors(new URL('vendors/', shared)),
  ])
  return { regions, services, vendors }
}

import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import type { ServiceId } from '../../shared/domain/service.ts'
import { loadCatalogue } from '../../shared/regions/catalogue.ts'
import { loadServices } from '../../shared/services/service-table.ts'
import { loadVendors } from '../../shared/vendors/catalogue.ts'
import type { AnyTarget } from '../notify/target.ts'
import type { Vendors } from './named-source.ts'

/** What a sources file may name. Without regions probes may name any, without services stacks may. */
export type Known = {
  regions?: ReadonlyMap<RegionId, Region>
  vendors: Vendors
  services?: Pick<ReadonlySet<ServiceId>, 'has' | 'keys'>
  /** The kinds of targets, by their names. Without them a target may be of any kind, and is not used. */
  targets?: Readonly<Record<string, AnyTarget>>
}

/** What a sources file may name, for commands that read one. @param shared the folder with all lists */
export async function loadKnownNames(shared: URL): Promise<Required<Omit<Known, 'targets'>>> {
  const [{ regions }, services, { vendors }] = await Promise.all([
    loadCatalogue(new URL('regions/', shared)),
    loadServices(new URL('services/', shared)),
    loadVendors(new URL('vendors/', shared)),
  ])
  return { regions, services, vendors }
}

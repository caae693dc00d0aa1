import type { Service, ServiceId } from '../../shared/domain/service.ts'
import { VendorList } from '../../shared/domain/vendor.ts'
import { servicesIn } from './service-table.ts'

export type Services = ReadonlyMap<ServiceId, Service>

/** Every known service, a file of its own. */
export const loadServices = loadOnce(
  async (): Promise<Services> => servicesIn((await import('virtual:services?raw')).default),
)

/** The list of vendors, a file of its own. */
export const loadVendorList = loadOnce(async () =>
  VendorList.parse(JSON.parse((await import('virtual:vendors?raw')).default)),
)

/** Loads when it is first asked for, and then never again. Rejects where it fails; the next call tries again. */
function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined
  return () => {
    loading ??= load().catch(error => {
      loading = undefined
      throw error
    })
    return loading
  }
}

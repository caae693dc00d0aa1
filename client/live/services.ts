import type { Service, ServiceId } from '../../shared/domain/service.ts'
import { servicesIn } from './service-table.ts'

export type Services = ReadonlyMap<ServiceId, Service>

let loading: Promise<Services> | undefined

/** Every known service, loaded once and only when it is asked for. After a failure the next call tries again. */
export function loadServices(): Promise<Services> {
  loading ??= import('virtual:services?raw')
    .then(table => servicesIn(table.default))
    .catch(error => {
      loading = undefined
      throw error
    })
  return loading
}

import { reasonsFor } from '../../shared/domain/concerns.ts'
import { providerOf } from '../../shared/domain/primitives.ts'
import type { ServiceId } from '../../shared/domain/service.ts'
import type { Concern, Standpoint } from './standpoint.ts'

/** A service in trouble at one place. */
export type ServiceTrouble = {
  region: string
  /** As its provider calls it; null for the region as a whole. */
  service: string | null
  id: ServiceId | null
  zones: readonly string[]
}

/** Whether a trouble concerns a stack, by the rules for incidents. */
export function concernOfTrouble(
  { stack, facts }: Pick<Standpoint, 'stack' | 'facts'>,
  { region, service, id, zones }: ServiceTrouble,
): Concern {
  if (stack === null) return null
  const [strongest] = reasonsFor(
    stack,
    {
      source: '',
      provider: providerOf(region),
      scope: 'regional',
      regions: [region],
      services: service === null ? [] : [service],
      serviceIds: id === null ? [] : [id],
      zones,
      isAboutAll: service === null,
      isArticle: false,
    },
    facts,
  )
  return strongest === undefined ? null : strongest.strength === 'possible' ? 'may' : 'concerns'
}

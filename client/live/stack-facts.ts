import type { StackFacts } from '../../shared/domain/concerns.ts'
import type { Service, ServiceId } from '../../shared/domain/service.ts'

/** What the page knows of a service. */
export type KnownService = Pick<Service, 'id' | 'name' | 'scope' | 'under' | 'isBroad'>

/** What is known of services and vendors, beside the stacks themselves. */
export type StackCatalogue = Pick<StackFacts, 'dependencies' | 'siteOf'> & {
  services: ReadonlyMap<ServiceId, KnownService>
}

/** Until it is loaded only what is named exactly concerns a stack. */
export const emptyStackCatalogue: StackCatalogue = { services: new Map(), dependencies: () => [], siteOf: () => null }

/** The services of the clouds, and where vendors run. */
export const loadStackFacts = async (): Promise<StackCatalogue> => emptyStackCatalogue

import { type Incident, isActive, servicesEverIn } from '../../shared/domain/incident.ts'
import { ascending, descending, firstOf } from '../../shared/domain/order.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import { publicView } from '../../shared/domain/private-words.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import { ServiceId } from '../../shared/domain/service.ts'
import type { Stack } from '../../shared/domain/stack.ts'
import { type StackView, stackStatus } from '../../shared/domain/stack-status.ts'
import { type Status, severity } from '../../shared/domain/status.ts'
import type { StackCatalogue } from '../live/stack-facts.ts'

/** How a service of a cloud is, everywhere. */
export type ServiceView = {
  id: ServiceId
  name: string
  /** The service that it is a part of. */
  wider: { id: ServiceId; name: string } | null
  status: Status
  places: readonly { region: RegionId; status: Status; zones: readonly string[] }[]
  incidents: readonly Incident[]
}

/** The service that an address of a provider's page asks for; null where it asks for none that is known. */
export function serviceAsked(
  provider: string,
  query: Pick<URLSearchParams, 'get'>,
  services: StackCatalogue['services'],
): ServiceId | null {
  const id = ServiceId.safeParse(`${provider}/${query.get('service') ?? ''}`)
  return id.success && services.has(id.data) ? id.data : null
}

/** Its status is unknown where its provider is silent. Pure. @param now ms */
export function serviceView(
  id: ServiceId,
  { services, dependencies, siteOf }: StackCatalogue,
  all: StackView,
  now: number,
): ServiceView {
  const view = publicView(all)
  const stack: Stack = { id: 'use', name: '', uses: [{ kind: 'service', service: id, regions: [], zones: [] }] }
  const wider = services.get(services.get(id)?.under ?? '')
  return {
    id,
    name: services.get(id)?.name ?? id.slice(id.indexOf('/') + 1),
    wider: wider === undefined ? null : { id: wider.id, name: wider.name },
    status: stackStatus(stack, view, { stacks: new Map(), services, dependencies, siteOf }, now).status,
    places: [...view.statuses.values()].flatMap(status => placeOf(id, status)).sort(worstPlaceFirst),
    incidents: [...view.incidents.values()].filter(
      incident => isActive(incident) && servicesEverIn(incident).includes(id),
    ),
  }
}

const placeOf = (id: ServiceId, { region, services }: RegionStatus): ServiceView['places'] =>
  services.filter(service => service.id === id).map(({ status, zones = [] }) => ({ region, status, zones }))

const worstPlaceFirst = firstOf<ServiceView['places'][number]>(
  descending(({ status }) => severity[status]),
  ascending(({ region }) => region),
)

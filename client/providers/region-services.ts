import { concerns } from '../../shared/domain/concerns.ts'
import { type Incident, isActive, isFaded } from '../../shared/domain/incident.ts'
import { ascending, descending, firstOf } from '../../shared/domain/order.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Region, RegionStatus } from '../../shared/domain/region.ts'
import { reportOf } from '../../shared/domain/region-report.ts'
import type { ServiceId } from '../../shared/domain/service.ts'
import type { SimpleUse } from '../../shared/domain/stack.ts'
import { type StackView, stackStatus } from '../../shared/domain/stack-status.ts'
import { type Status, severity } from '../../shared/domain/status.ts'
import { foldAccents } from '../../shared/domain/text.ts'
import { concernOfTrouble } from '../stacks/service-concern.ts'
import { type Standpoint, strongReasons } from '../stacks/standpoint.ts'

/** A service as a region's page lists it. */
export type ServiceRow = {
  key: string
  /** As the catalogue calls it, else as its provider does. */
  name: string
  /** Null where the catalogue does not know the name. */
  id: ServiceId | null
  status: Status
  zones: readonly string[]
  /** What goes on there that names it. */
  incidents: readonly Incident[]
  /** Whether it is of the stack that the page speaks of. */
  isOwn: boolean
}

export type RegionServicesInput = {
  region: Region
  status: RegionStatus | undefined
  /** Of any region. */
  incidents: Iterable<Incident>
  regions: ReadonlyMap<RegionId, Region>
  standpoint: Standpoint
  view: StackView
}

/**
 * The services of a region: those of the stack first, well or not, then all others in trouble, the worst first. One
 * whose source is silent is unknown, never operational. Pure. @param now ms
 */
export function regionServices(input: RegionServicesInput, now: number): ServiceRow[] {
  const { region, status, standpoint } = input
  const here = [...input.incidents].filter(
    incident => incident.regions.includes(region.id) && isActive(incident) && !isFaded(incident, now),
  )
  const nameOf = (id: ServiceId | null) => (id === null ? undefined : standpoint.facts.services.get(id)?.name)
  const troubled = (status?.services ?? []).map(({ service, id = null, status, zones = [] }): ServiceRow => {
    const isNamedIn = (incident: Incident) =>
      (id !== null && incident.serviceIds?.includes(id)) || namesIn(incident, input).has(foldAccents(service))
    return {
      key: id ?? foldAccents(service),
      name: nameOf(id) ?? service,
      id,
      status,
      zones,
      incidents: here.filter(isNamedIn),
      isOwn: concernOfTrouble(standpoint, { region: region.id, service, id, zones }) === 'concerns',
    }
  })
  const listed = new Set(troubled.map(({ key }) => key))
  const quiet = standpoint.uses.flatMap(use =>
    use.kind === 'service' && use.regions.includes(region.id) && !listed.has(use.service)
      ? [ownRow({ ...use, regions: [region.id] }, here, input, now)]
      : [],
  )
  return [...new Map([...troubled, ...quiet].map(row => [row.key, row])).values()].sort(ownFirst)
}

type ServiceUse = Extract<SimpleUse, { kind: 'service' }>

/** A service of the stack that nobody names there: it is as what concerns it. */
function ownRow(use: ServiceUse, here: Incident[], { standpoint, view }: RegionServicesInput, now: number): ServiceRow {
  const stack = { id: 'use', name: '', uses: [use] }
  const { facts } = standpoint
  return {
    key: use.service,
    name: facts.services.get(use.service)?.name ?? use.service.slice(use.service.indexOf('/') + 1),
    id: use.service,
    status: stackStatus(stack, view, facts, now).status,
    zones: [],
    incidents: here.filter(incident => strongReasons(concerns(stack, incident, facts)).length > 0),
    isOwn: true,
  }
}

/** The services that an incident names in the region, folded. */
const namesIn = (incident: Incident, { region, regions }: RegionServicesInput): Set<string> =>
  new Set(reportOf(region, [incident], [], regions).services.map(({ service }) => foldAccents(service)))

const ownFirst = firstOf<ServiceRow>(
  ascending(({ isOwn }) => (isOwn ? 0 : 1)),
  descending(({ status }) => Math.abs(severity[status])),
  ascending(({ name }) => foldAccents(name)),
)

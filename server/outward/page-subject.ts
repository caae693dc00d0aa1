import type { ChannelParts } from '../../shared/domain/channels.ts'
import { type Incident, isActive, isEnded, isFaded, statusOfIncident } from '../../shared/domain/incident.ts'
import { ascending } from '../../shared/domain/order.ts'
import { partName } from '../../shared/domain/part-names.ts'
import { providerOf, type RecordId, type RegionId, sourceOf } from '../../shared/domain/primitives.ts'
import { publicView } from '../../shared/domain/private-words.ts'
import type { Region } from '../../shared/domain/region.ts'
import type { ServiceId } from '../../shared/domain/service.ts'
import { isSilent } from '../../shared/domain/source.ts'
import { type Status, worst } from '../../shared/domain/status.ts'
import { stackPage } from './stack-page.ts'
import { stackSummary } from './stack-summary.ts'
import {
  isWatched,
  nameOfProvider,
  openRegionsOf,
  providerSummary,
  regionSummary,
  type StatusSummary,
  type SummaryFacts,
} from './status-summary.ts'
import { type PagePart, type PageSubject, pageId } from './statuspage.ts'
import { type SubjectFacts, serviceName, subjectOf } from './subject.ts'

/** The status page of a channel's subject; undefined where it has none, or is not watched. Pure. */
export function pageSubject(parts: ChannelParts, facts: SubjectFacts): PageSubject | undefined {
  switch (parts.kind) {
    case 'provider':
      return providerPage(parts.provider, facts)
    case 'region':
      return regionPage(parts.region, facts)
    case 'service':
    case 'regionService':
      return servicePage(parts, facts)
    case 'stack': {
      const stack = facts.stackFacts.stacks.get(parts.stack)
      return stack && stackPage(stack, facts)
    }
    default:
      return undefined
  }
}

/** Its regions, its own components, and the services that its incidents name. Undefined when it is not watched. Pure. */
export function providerPage(provider: string, all: SummaryFacts): PageSubject | undefined {
  const facts = { ...all, view: publicView(all.view) }
  const summary = providerSummary(provider, facts)
  if (summary === undefined) return undefined
  const regions = openRegionsOf(provider, facts.catalogue)
  const components = [...facts.view.components.values()].filter(component => component.provider === provider)
  const incidents = [...facts.view.incidents.values()].filter(incident => incident.provider === provider)
  const codes = new Map<string, string>(regions.map(({ id, code }) => [id, code]))
  const named = new Map(
    components.flatMap(component => [component.name, partName(component)].map(name => [name, pageId(component.id)])),
  )
  const services = serviceParts(incidents, facts, name => named.has(name))
  for (const { id, name } of services) named.set(name, id)
  return {
    id: provider,
    name: nameOfProvider(provider, facts),
    summary,
    parts: [
      ...regions.map(region => regionPart(region, facts)),
      ...components.map(({ id, name, status }) => ({ id: pageId(id), name, summary: heard(id, status, facts) })),
      ...services,
    ],
    incidents,
    partsOf: ({ regions, services }) => [
      ...regions.flatMap(region => codes.get(region) ?? []),
      ...services.flatMap(service => named.get(service) ?? []),
    ],
  }
}

/** The region as a whole, and the services that its incidents name. */
function regionPage(id: RegionId, facts: SubjectFacts): PageSubject | undefined {
  const region = facts.catalogue.regions.get(id)
  const subject = subjectOf({ kind: 'region', region: id }, facts)
  if (region === undefined || subject === undefined) return undefined
  const { name, summary, incidents } = subject
  const services = serviceParts(incidents, facts, () => false)
  const ids = new Map(services.map(part => [part.name, part.id]))
  return {
    id: pageId(id),
    name,
    summary,
    parts: [regionPart(region, facts), ...services],
    incidents,
    partsOf: incident => [region.code, ...incident.services.flatMap(service => ids.get(service) ?? [])],
  }
}

/** A service by its regions; one in a region, or that is global, as a whole. */
function servicePage(
  parts: Extract<ChannelParts, { kind: 'service' | 'regionService' }>,
  facts: SubjectFacts,
): PageSubject | undefined {
  const subject = subjectOf(parts, facts)
  if (subject === undefined) return undefined
  const { service } = parts
  const isGlobal = facts.stackFacts.services.get(service)?.scope === 'global'
  const regions = parts.kind === 'regionService' || isGlobal ? [] : openRegionsOf(providerOf(service), facts.catalogue)
  const id = pageId(parts.kind === 'service' ? service : `${parts.region}/${service.slice(service.indexOf('/') + 1)}`)
  const whole = { id, name: subject.name, summary: subject.summary }
  return {
    ...whole,
    parts: regions.length === 0 ? [whole] : regions.map(region => inRegion(service, region, facts)),
    incidents: subject.incidents,
    partsOf: incident =>
      regions.length === 0 ? [id] : regions.flatMap(one => (incident.regions.includes(one.id) ? one.code : [])),
  }
}

function inRegion(service: ServiceId, { id, code }: Region, facts: SubjectFacts): PagePart {
  const name = serviceName(service, [id], facts)
  const uses = [{ kind: 'service' as const, service, regions: [id], zones: [] }]
  return { id: code, name, summary: stackSummary({ id: 'use', name, uses }, facts) }
}

function regionPart(region: Region, facts: SummaryFacts): PagePart {
  const summary = regionSummary(region, facts)
  const limited = summary.services
    ? servicesText(facts.view.statuses.get(region.id)?.services ?? [], summary.services)
    : null
  return { id: region.code, name: region.name, summary, description: limited }
}

const MAX_NAMED_SERVICES = 6

/** 'Limited to services: Storage, Virtual Machines and 3 more.' */
function servicesText(services: readonly { service: string }[], count: number): string {
  const names = services.slice(0, MAX_NAMED_SERVICES).map(({ service }) => service)
  const more = count > names.length ? ` and ${count - names.length} more` : ''
  return `Limited to services: ${names.join(', ')}${more}.`
}

/** As many as one incident of a large cloud names. */
const MAX_SERVICES = 300

/** The services that incidents name and that are no parts yet, by name: as bad as the worst that is open. */
function serviceParts(
  incidents: readonly Incident[],
  facts: SummaryFacts,
  isPart: (name: string) => boolean,
): PagePart[] {
  const claims = new Map<string, { id: RecordId; status: Status }>()
  for (const incident of [...incidents.filter(one => !isEnded(one)), ...incidents.filter(isEnded)]) {
    const { id, services } = incident
    const isNow = isActive(incident) && !isFaded(incident, facts.now)
    for (const name of services) {
      const before = claims.get(name)
      if (isPart(name) || (before === undefined && claims.size === MAX_SERVICES)) continue
      const status = worst([before?.status ?? 'operational', isNow ? statusOfIncident(incident) : 'operational'])
      claims.set(name, before?.status === status ? before : { id, status })
    }
  }
  return [...claims]
    .map(([name, { id, status }]) => ({ id: serviceId(name), name, summary: heard(id, status, facts) }))
    .sort(ascending('name'))
}

/** The same for the same name for ever. */
const serviceId = (name: string): string =>
  `service.${name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')}`

/** What a source said of a part: known while the source is read. */
function heard(id: RecordId, status: Status, { view, workersAt, now }: SummaryFacts): StatusSummary {
  const source = view.sources.get(sourceOf(id))
  if (source !== undefined && !isSilent(source, now) && isWatched(workersAt, now))
    return { status, since: null, lastKnown: null }
  const at = source?.lastOkAt ?? null
  return { status: 'unknown', since: null, lastKnown: at === null ? null : { status, at } }
}

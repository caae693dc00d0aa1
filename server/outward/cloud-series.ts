import { type Incident, isActive, isFaded, isPublic } from '../../shared/domain/incident.ts'
import { ascending, groupBy } from '../../shared/domain/order.ts'
import { providerOf } from '../../shared/domain/primitives.ts'
import { servicesIn } from '../../shared/domain/region.ts'
import { worstFirst } from '../../shared/domain/region-status.ts'
import type { ServiceId } from '../../shared/domain/service.ts'
import { isSilent, isStatusSource, type Source, watchedProviders } from '../../shared/domain/source.ts'
import { type Stack, usesOf } from '../../shared/domain/stack.ts'
import { Impact, Status } from '../../shared/domain/status.ts'
import type { View } from '../../shared/domain/view.ts'
import { type StackSummaryFacts, stackStatusesNow } from './stack-summary.ts'
import { isWatched, openRegionsOf, providerSummary, regionSummary } from './status-summary.ts'

export type CloudFacts = StackSummaryFacts & {
  /** The stacks that an incident may concern. */
  stacksOf: (incident: Incident) => readonly string[]
  /** The sources as they are stored: events carry their health only now and then. */
  sources: Iterable<Source>
}

export type Sample = { labels: Record<string, string>; value: number }

/** The metrics of the clouds: what they mean, their labels, and how many things they tell of at most. */
export const cloudMetrics = {
  nephoscope_region_status: metric('Status of a region: 1 for the one it has, 0 for the others', [
    'provider',
    'region',
    'status',
  ]),
  nephoscope_service_status: metric(
    'Status of a service that is in trouble or that a stack uses: 1 for the one it has, 0 for the others',
    ['provider', 'service', 'status'],
    1_000,
  ),
  nephoscope_vendor_status: metric(
    'Status of a watched provider or vendor: 1 for the one it has, 0 for the others',
    ['vendor', 'status'],
    1_000,
  ),
  nephoscope_stack_status: metric('Status of a stack: 1 for the one it has, 0 for the others', ['stack', 'status']),
  nephoscope_incident_active: metric('Incidents and maintenances under way, by how severe they are', [
    'provider',
    'severity',
  ]),
  nephoscope_incident_info: metric(
    'An incident or maintenance under way, always 1',
    ['id', 'provider', 'severity', 'title'],
    200,
  ),
  nephoscope_source_up: metric('Whether what a source last said counts as the present', ['source'], 2_000),
  nephoscope_source_age_seconds: metric('Since a source was last read; absent where it never was', ['source'], 2_000),
}
export type CloudMetric = keyof typeof cloudMetrics
export type CloudSeries = Record<CloudMetric, Sample[]>

/** @param most how many regions, services … a metric tells of; without it the catalogue or the sources file decides */
function metric(help: string, labels: readonly string[], most = Number.POSITIVE_INFINITY) {
  return { help, labels, most }
}

/** Titles in labels are cut here: every label is kept by whoever scrapes. */
const MAX_TITLE = 120

/**
 * What is watched, as samples of Prometheus. Unknown is a status like the others: without workers for a minute all is
 * unknown, and no count says 0 of a provider that nobody hears. Pure.
 */
export function cloudSeries(facts: CloudFacts): CloudSeries {
  const { view, catalogue, now } = facts
  const active = [...view.incidents.values()].filter(incident => isActive(incident) && !isFaded(incident, now))
  const all = active.sort(worstFirst)
  const incidents = all.filter(isPublic)
  const vendors = upTo('nephoscope_vendor_status', [...watchedProviders(view.sources.values())].sort())
  const sources = upTo('nephoscope_source_up', [...facts.sources].sort(statusSourcesFirst))
  const watched = isWatched(facts.workersAt, now)
  return {
    nephoscope_region_status: vendors.flatMap(provider =>
      openRegionsOf(provider, catalogue)
        .filter(({ id }) => view.statuses.has(id))
        .flatMap(region => stateSet({ provider, region: region.code }, regionSummary(region, facts).status)),
    ),
    nephoscope_service_status: servicesNow(facts, incidents),
    nephoscope_vendor_status: vendorsNow(vendors, facts, incidents),
    nephoscope_stack_status: stacksNow(facts, all),
    nephoscope_incident_active: countsNow(vendors, facts, incidents),
    nephoscope_incident_info: upTo('nephoscope_incident_info', incidents).map(incident => ({
      labels: {
        ...{ id: incident.id, provider: incident.provider, severity: severityOf(incident) },
        title: [...incident.title].slice(0, MAX_TITLE).join(''),
      },
      value: 1,
    })),
    nephoscope_source_up: sources.map(source => ({
      labels: { source: source.id },
      value: watched && !isSilent(source, now) ? 1 : 0,
    })),
    nephoscope_source_age_seconds: sources.flatMap(({ id, lastOkAt }) =>
      lastOkAt === null ? [] : { labels: { source: id }, value: Math.max(0, (now - Date.parse(lastOkAt)) / 1000) },
    ),
  }
}

const upTo = <T>(name: CloudMetric, items: readonly T[]): T[] => items.slice(0, cloudMetrics[name].most)

const stateSet = (labels: Record<string, string>, is: Status): Sample[] =>
  Status.options.map(status => ({ labels: { ...labels, status }, value: status === is ? 1 : 0 }))

function stacksNow(facts: CloudFacts, incidents: readonly Incident[]): Sample[] {
  const { stacks } = facts.stackFacts
  const concerning = groupBy(incidents, facts.stacksOf)
  const statusOf = stackStatusesNow(facts)
  return [...stacks.values()].flatMap(stack =>
    stateSet({ stack: stack.id }, statusOf(stack, concerning.get(stack.id) ?? [])),
  )
}

/** A service is the stack that uses it in every region, as for its badge. Those of stacks come first. */
function servicesNow(facts: CloudFacts, incidents: readonly Incident[]): Sample[] {
  const { view, catalogue, stackFacts } = facts
  const used = [...stackFacts.stacks.values()].flatMap(stack =>
    usesOf(stack, stackFacts.stacks).flatMap(({ use }) => (use.kind === 'service' ? use.service : [])),
  )
  const inTrouble = [
    ...[...view.statuses.values()].flatMap(servicesIn),
    ...incidents.flatMap(one => one.serviceIds ?? []),
  ]
  const services = new Set<ServiceId>([...new Set(used)].sort().concat([...new Set(inTrouble)].sort()))
  const ofProvider = groupBy(incidents, incident => incident.provider)
  const regionsOf = new Map<string, string[]>()
  const statusOf = stackStatusesNow(facts)
  return upTo('nephoscope_service_status', [...services]).flatMap(service => {
    const provider = providerOf(service)
    const regions = regionsOf.get(provider) ?? openRegionsOf(provider, catalogue).map(({ id }) => id)
    regionsOf.set(provider, regions)
    const stack: Stack = { id: 'service', name: service, uses: [{ kind: 'service', service, regions, zones: [] }] }
    const labels = { provider, service: service.slice(provider.length + 1) }
    return stateSet(labels, statusOf(stack, ofProvider.get(provider) ?? []))
  })
}

function vendorsNow(vendors: readonly string[], facts: CloudFacts, incidents: readonly Incident[]): Sample[] {
  const narrowed = byProvider(facts.view, incidents)
  return vendors.flatMap(vendor =>
    stateSet({ vendor }, providerSummary(vendor, { ...facts, view: narrowed(vendor) })?.status ?? 'unknown'),
  )
}

/** Counts above 0 stay while a provider is silent, as they were last known. A 0 is a claim, so it must be heard. */
function countsNow(vendors: readonly string[], facts: CloudFacts, incidents: readonly Incident[]): Sample[] {
  const { view, workersAt, now } = facts
  const ofProvider = groupBy(incidents, incident => incident.provider)
  const silent = new Set(
    [...view.sources.values()].flatMap(one => (isStatusSource(one) && isSilent(one, now) ? one.provider : [])),
  )
  return [...new Set([...vendors, ...ofProvider.keys()])].flatMap(provider => {
    const isHeard = isWatched(workersAt, now) && !silent.has(provider)
    const its = groupBy(ofProvider.get(provider) ?? [], severityOf)
    return Impact.options.flatMap(severity => {
      const value = its.get(severity)?.length ?? 0
      return value > 0 || isHeard ? { labels: { provider, severity }, value } : []
    })
  })
}

const severityOf = ({ kind, impact }: Incident): Impact => (kind === 'maintenance' ? 'maintenance' : impact)

/** Status sources first, as they colour; then by id. */
const statusSourcesFirst = (a: Source, b: Source): number =>
  Number(isStatusSource(b)) - Number(isStatusSource(a)) || ascending<Source>('id')(a, b)

function byProvider(view: View, incidents: readonly Incident[]): (provider: string) => View {
  const components = groupBy(view.components.values(), ({ provider }) => provider)
  const told = groupBy(incidents, ({ provider }) => provider)
  return provider => ({
    ...view,
    components: new Map((components.get(provider) ?? []).map(one => [one.id, one])),
    incidents: new Map((told.get(provider) ?? []).map(one => [one.id, one])),
  })
}

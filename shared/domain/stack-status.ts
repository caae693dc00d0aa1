import { concerns, isOfOtherSite } from './concerns.ts'
import { type Incident, isActive, isFaded, statusOfIncident } from './incident.ts'
import { groupBy } from './order.ts'
import { partName, partStrength } from './part-names.ts'
import { providerOf, type RegionId, sourceOf } from './primitives.ts'
import type { Probe } from './probe.ts'
import type { Reason, StackFacts } from './reason.ts'
import type { RegionStatus } from './region.ts'
import { isSilent, isStatusSource, type Source } from './source.ts'
import { formatUse, type SimpleUse, type Stack, usesOf } from './stack.ts'
import { type Component, type Status, severity, worst } from './status.ts'

/** What is known now, as a view holds it. */
export type StackView = {
  statuses: ReadonlyMap<RegionId, RegionStatus>
  incidents: ReadonlyMap<string, Incident>
  components: ReadonlyMap<string, Component>
  sources: ReadonlyMap<string, Source>
  probes: ReadonlyMap<string, Probe>
  /** The names of all parts that a source lists, well or not; null while they are not known. */
  partsOf?(source: Source): readonly string[] | null
}

export type StackStatus = {
  /** The worst of what is certain or likely; `unknown` rather than operational where a source of it is silent. */
  status: Status
  /** Sources of it that are silent. */
  silent: Source[]
  /** Uses that no source reports on, of a service that is not known, or with a part that its page does not list. */
  unwatched: SimpleUse[]
}

/**
 * The status of a stack. Pure. A region that it uses counts as the roll-up has it, by impact and breadth; everything
 * else by the incidents that certainly or likely concern the stack, by its vendors' parts, sources and probes. Whether
 * workers or the server are silent is for who asks: then nothing in the view is known. @param now ms
 */
export const stackStatus = (stack: Stack, view: StackView, facts: StackFacts, now: number): StackStatus =>
  stackStatuses(view, facts, now)(stack, view.incidents.values())

/**
 * The same for many stacks: what is known of a use is found once, however many of them have it. The incidents of a
 * stack may be given without those that cannot concern it.
 */
export function stackStatuses(
  view: StackView,
  facts: StackFacts,
  now: number,
): (stack: Stack, incidents: Iterable<Incident>) => StackStatus {
  const isHeard = (id: string): boolean => {
    const source = view.sources.get(sourceOf(id))
    return source !== undefined && !isSilent(source, now)
  }
  const stateOf = useStates(view, facts, isHeard)
  const presents = new WeakMap<Incident, Incident | null>()
  /** As it is now; null where it colours nothing. */
  const presentOf = (incident: Incident): Incident | null => {
    const known = presents.get(incident)
    if (known !== undefined) return known
    const counts = isActive(incident) && !isFaded(incident, now) && isHeard(incident.id)
    const present = counts ? asItIsNow(incident) : null
    presents.set(incident, present)
    return present
  }
  return (stack, incidents) => {
    const states = usesOf(stack, facts.stacks).map(({ use }) => stateOf(use))
    const silent = [...new Set(states.flatMap(({ by }) => by))].filter(source => isSilent(source, now))
    const unwatched = states.filter(({ isUnwatched }) => isUnwatched).map(({ use }) => use)
    const parts = states.flatMap(({ statuses }) => statuses)
    let status = worst(parts)
    for (const incident of incidents) {
      const its = statusOfIncident(incident)
      // whether one concerns the stack costs the most, so it is asked only of those that would make it worse
      if (severity[its] <= severity[status]) continue
      const present = presentOf(incident)
      if (present !== null && concerns(stack, present, facts).some(reason => countsBesideRegions(reason, present)))
        status = its
    }
    const isUnknown = states.length === 0 || silent.length > 0 || unwatched.length > 0 || parts.includes('unknown')
    return { status: severity[status] <= 0 && isUnknown ? 'unknown' : status, silent, unwatched }
  }
}

/** What is known of a use beside incidents. `by`: the sources that report on it. */
type UseState = { use: SimpleUse; by: Source[]; isUnwatched: boolean; statuses: Status[] }

function useStates(view: StackView, facts: StackFacts, isHeard: (id: string) => boolean): (use: SimpleUse) => UseState {
  const sources = [...view.sources.values()]
  let grouped: ReadonlyMap<string, readonly Component[]> | undefined
  /** By provider and by source; regions and services need none. */
  const parts = (key: string): readonly Component[] => {
    grouped ??= groupBy(view.components.values(), ({ id, provider }) => [provider, `from ${sourceOf(id)}`])
    return grouped.get(key) ?? []
  }
  const known = new Map<string, UseState>()
  return use => {
    const key = use.kind === 'service' ? `${formatUse(use)} ${use.regions}` : formatUse(use)
    const before = known.get(key)
    if (before) return before
    const by = sourcesOf(use, sources, facts)
    const isUnwatched = by.length === 0 || namesNoPart(use, by, view) || namesNoService(use, facts)
    const state = { use, by, isUnwatched, statuses: statusesOf(use, view, parts, facts, isHeard) }
    known.set(key, state)
    return state
  }
}

/** A view that knows the parts of its sources. */
export const withParts = <V extends StackView>(view: V): V & StackView => ({
  ...view,
  partsOf: ({ id }: Source) => [...view.components.values()].filter(part => sourceOf(part.id) === id).map(partName),
})

/** A service that the catalogue does not have, as a mistyped link names it. Before the catalogue is loaded none is. */
const namesNoService = (use: SimpleUse, { services }: StackFacts): boolean =>
  use.kind === 'service' && services.size > 0 && !services.has(use.service)

/** Without the regions and services that it has left. */
export const asItIsNow = (incident: Incident): Incident => ({ ...incident, everRegions: [], everServiceIds: [] })

/**
 * Whether a reason counts beside the statuses of regions: what hits a region is in its own status, by breadth. A
 * private word is in none, and counts where it certainly names a use.
 */
export const countsBesideRegions = (
  { strength, kind, use }: Reason,
  { isPrivate }: Pick<Incident, 'isPrivate'>,
): boolean =>
  isPrivate ? strength === 'certain' : strength !== 'possible' && !(kind === 'region' && use.kind === 'region')

/** The sources that report on a use; those of its provider, or itself. */
function sourcesOf(use: SimpleUse, sources: readonly Source[], facts: StackFacts): Source[] {
  if (use.kind === 'probe') return sources.filter(({ id, kind }) => id === use.source && kind === 'probe')
  if (use.kind === 'source')
    return sources.filter(source => source.id === use.source && (isStatusSource(source) || source.kind === 'inbound'))
  const provider = providerOfUse(use)
  return sources.filter(
    source =>
      source.provider === provider &&
      isStatusSource(source) &&
      !(use.kind === 'vendor' && isOfOtherSite(use, source.id, facts)),
  )
}

/**
 * Whether a use names a part that its vendor's page does not list, as far as the page lists parts at all: a mistyped
 * part would be well for ever.
 */
function namesNoPart(use: SimpleUse, by: readonly Source[], view: StackView): boolean {
  if (use.kind !== 'vendor' || use.parts.length === 0) return false
  const names = by.flatMap(source => view.partsOf?.(source) ?? [])
  return names.length > 0 && use.parts.some(part => names.every(name => partStrength(part, name) === null))
}

/** The provider of a region, a service or a vendor; null for a source or a probe. */
export function providerOfUse(use: SimpleUse): string | null {
  switch (use.kind) {
    case 'region':
      return providerOf(use.region)
    case 'service':
      return providerOf(use.service)
    case 'vendor':
      return use.vendor
    default:
      return null
  }
}

function statusesOf(
  use: SimpleUse,
  view: StackView,
  parts: (key: string) => readonly Component[],
  facts: StackFacts,
  isHeard: (id: string) => boolean,
): Status[] {
  const heard = (key: string): Component[] => parts(key).filter(({ id }) => isHeard(id))
  switch (use.kind) {
    case 'region':
      return [view.statuses.get(use.region)?.status ?? 'unknown']
    case 'service':
      return use.regions.flatMap(region => view.statuses.get(region)?.whole ?? [])
    case 'vendor':
      return heard(use.vendor)
        .filter(
          part =>
            !isOfOtherSite(use, sourceOf(part.id), facts) &&
            // as its own page says, which counts what is in a region by breadth
            (use.parts.length === 0
              ? part.regions.length === 0
              : use.parts.some(name => partStrength(name, partName(part)) !== null)),
        )
        .map(({ status }) => status)
    case 'source':
      return heard(`from ${use.source}`).map(({ status }) => status)
    case 'probe': {
      const probe = view.probes.get(use.source)
      return [probe === undefined ? 'unknown' : probe.reachable ? 'operational' : 'major_outage']
    }
  }
}

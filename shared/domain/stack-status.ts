import { concerns, isOfOtherSite } from './concerns.ts'
import { type Incident, isActive, isFaded, statusOfIncident } from './incident.ts'
import { partName, partStrength } from './part-names.ts'
import { providerOf, type RegionId, sourceOf } from './primitives.ts'
import type { Probe } from './probe.ts'
import type { Reason, StackFacts } from './reason.ts'
import type { RegionStatus } from './region.ts'
import { isSilent, isStatusSource, type Source } from './source.ts'
import { type SimpleUse, type Stack, usesOf } from './stack.ts'
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
export function stackStatus(stack: Stack, view: StackView, facts: StackFacts, now: number): StackStatus {
  const uses = usesOf(stack, facts.stacks).map(({ use }) => use)
  const sources = [...view.sources.values()]
  const watched = uses.map(use => ({ use, by: sourcesOf(use, sources, facts) }))
  const silent = [...new Set(watched.flatMap(({ by }) => by))].filter(source => isSilent(source, now))
  const unwatched = watched
    .filter(({ use, by }) => by.length === 0 || namesNoPart(use, by, view) || namesNoService(use, facts))
    .map(({ use }) => use)
  const isHeard = (id: string): boolean => {
    const source = view.sources.get(sourceOf(id))
    return source !== undefined && !isSilent(source, now)
  }
  const incidents = [...view.incidents.values()].filter(
    incident =>
      isActive(incident) &&
      !isFaded(incident, now) &&
      isHeard(incident.id) &&
      concerns(stack, asItIsNow(incident), facts).some(countsBesideRegions),
  )
  const parts = uses.flatMap(use => statusesOf(use, view, facts, isHeard))
  const status = worst([...incidents.map(statusOfIncident), ...parts])
  const isUnknown = uses.length === 0 || silent.length > 0 || unwatched.length > 0 || parts.includes('unknown')
  return { status: severity[status] <= 0 && isUnknown ? 'unknown' : status, silent, unwatched }
}

/** A service that the catalogue does not have, as a mistyped link names it. Before the catalogue is loaded none is. */
const namesNoService = (use: SimpleUse, { services }: StackFacts): boolean =>
  use.kind === 'service' && services.size > 0 && !services.has(use.service)

/** Without the regions and services that it has left. */
export const asItIsNow = (incident: Incident): Incident => ({ ...incident, everRegions: [], everServiceIds: [] })

/** Whether a reason counts beside the statuses of regions: what hits a region is in its own status, by breadth. */
export const countsBesideRegions = ({ strength, kind, use }: Reason): boolean =>
  strength !== 'possible' && !(kind === 'region' && use.kind === 'region')

/** The sources that report on a use; those of its provider, or itself. */
function sourcesOf(use: SimpleUse, sources: readonly Source[], facts: StackFacts): Source[] {
  if (use.kind === 'probe') return sources.filter(({ id, kind }) => id === use.source && kind === 'probe')
  if (use.kind === 'source') return sources.filter(source => source.id === use.source && isStatusSource(source))
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

function statusesOf(use: SimpleUse, view: StackView, facts: StackFacts, isHeard: (id: string) => boolean): Status[] {
  switch (use.kind) {
    case 'region':
      return [view.statuses.get(use.region)?.status ?? 'unknown']
    case 'service':
      return use.regions.flatMap(region => view.statuses.get(region)?.whole ?? [])
    case 'vendor':
      return componentsOf(
        view,
        isHeard,
        ({ id, provider, regions, ...named }) =>
          provider === use.vendor &&
          !isOfOtherSite(use, sourceOf(id), facts) &&
          // as its own page says, which counts what is in a region by breadth
          (use.parts.length === 0
            ? regions.length === 0
            : use.parts.some(part => partStrength(part, partName(named)) !== null)),
      )
    case 'source':
      return componentsOf(view, isHeard, ({ id }) => sourceOf(id) === use.source)
    case 'probe': {
      const probe = view.probes.get(use.source)
      return [probe === undefined ? 'unknown' : probe.reachable ? 'operational' : 'major_outage']
    }
  }
}

const componentsOf = (
  view: StackView,
  isHeard: (id: string) => boolean,
  isOurs: (part: Component) => boolean,
): Status[] =>
  [...view.components.values()].filter(part => isOurs(part) && isHeard(part.id)).map(({ status }) => status)

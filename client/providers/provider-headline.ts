import { type Incident, isActive } from '../../shared/domain/incident.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Region, RegionStatus } from '../../shared/domain/region.ts'
import { isSilent, isStatusSource, type Source } from '../../shared/domain/source.ts'
import { type Component, type Status, severity, worst } from '../../shared/domain/status.ts'
import { type Headline, headline, staleHeadline } from '../incidents/headline.ts'
import { type Catalogue, providerName } from '../live/catalogue.ts'
import type { Staleness } from '../live/freshness.ts'
import { providerStatus } from '../regions/provider-status.ts'
import type { Fact } from '../regions/region-facts.ts'
import { nobody } from '../stacks/standpoint.ts'
import type { FirstWhen } from '../ui/time.ts'
import type { FirstWords } from '../words/en/first.ts'

/** Counts of one provider's regions and incidents. On a stale page the number of current incidents is unknown. */
export function providerCount(
  regions: readonly Region[],
  incidents: readonly Incident[],
  isStale: boolean,
  { figures }: FirstWords,
): Fact[] {
  const number = figures.whole
  const open = regions.filter(region => region.state !== 'announced')
  const active = incidents.filter(incident => isActive(incident) && incident.kind === 'incident')
  const placed = [
    { label: figures.regionsOpen, value: number(open.length) },
    { label: figures.announced, value: number(regions.length - open.length) },
    { label: figures.zones, value: number(open.reduce((sum, region) => sum + (region.zones ?? 0), 0)) },
    { label: figures.countries, value: number(new Set(open.map(({ country }) => country)).size) },
  ]
  const now = { label: figures.incidentsNow, value: isStale ? figures.unknown : number(active.length) }
  return regions.length === 0 ? [now] : [...placed, now]
}

export type ProviderInput = {
  provider: string
  catalogue: Catalogue
  statuses: ReadonlyMap<RegionId, RegionStatus>
  incidents: Iterable<Incident>
  components: Iterable<Component>
  sources: Iterable<Source>
  staleness: Staleness
}

/** What the page holds of a provider. */
export const providerFacts = (live: Facts, provider: string): Omit<ProviderInput, 'staleness'> => ({
  provider,
  catalogue: live.catalogue,
  statuses: live.statuses,
  incidents: live.incidents.values(),
  components: live.components.values(),
  sources: live.sources.values(),
})

type Facts = Pick<ProviderInput, 'catalogue' | 'statuses'> & {
  incidents: ReadonlyMap<string, Incident>
  components: ReadonlyMap<string, Component>
  sources: ReadonlyMap<string, Source>
}

/**
 * A provider's state in one sentence: its regions first, then incidents that name no region. A silent source makes it
 * unknown.
 */
export function providerHeadline(input: ProviderInput, when: FirstWhen): Headline {
  const { provider, catalogue, staleness } = input
  const statuses = new Map([...input.statuses].filter(([id]) => id.startsWith(`${provider}/`)))
  const incidents = [...input.incidents].filter(incident => incident.provider === provider)
  const unplaced = providerStatus(provider, incidents, input.components)
  const cover = [...input.sources].filter(source => source.provider === provider && isStatusSource(source))
  const isSilentProvider = cover.length === 0 || cover.some(source => isSilent(source, when.now))
  const regional = headline({ catalogue, statuses, incidents, standpoint: nobody, state: null }, when)
  const ofItself = (status: Status): Headline => ({
    status,
    text: when.words.providerPage.state(providerName(catalogue, provider), when.words.states.label[status]),
    detail: null,
  })
  const sentence = (): Headline => {
    if (severity[worst([...statuses.values()].map(({ status }) => status))] > 0) return regional
    if (isSilentProvider) return ofItself('unknown')
    if (severity[regional.status] > 0) return regional
    if (severity[unplaced] > 0) return ofItself(unplaced)
    return statuses.size === 0 ? ofItself('operational') : regional
  }
  return staleness.isStale ? staleHeadline(sentence(), staleness.since, when) : sentence()
}

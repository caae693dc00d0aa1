import { type Incident, isActive } from '../../shared/domain/incident.ts'
import type { Region } from '../../shared/domain/region.ts'
import type { Words } from '../words/words.ts'
import type { Fact } from './region-facts.ts'

/** What is counted of one provider, from its regions and incidents; what happens now is not known where the picture is stale. */
export function providerCount(
  regions: readonly Region[],
  incidents: readonly Incident[],
  stale: boolean,
  { figures }: Words,
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
  const now = { label: figures.incidentsNow, value: stale ? figures.unknown : number(active.length) }
  return regions.length === 0 ? [now] : [...placed, now]
}

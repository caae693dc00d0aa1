import type { Article } from '../../shared/domain/article.ts'
import { type Incident, isActive } from '../../shared/domain/incident.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import { severity } from '../../shared/domain/status.ts'
import type { Catalogue } from '../live/catalogue.ts'
import type { Words } from '../words/en/page.ts'

export type Figure = {
  label: string
  /** Null while it cannot be said. */
  count: number | null
  write: (count: number) => string
}

export type FigureInput = {
  catalogue: Catalogue
  statuses: ReadonlyMap<RegionId, RegionStatus>
  incidents: Iterable<Incident>
  articles: ReadonlyMap<string, Article>
  /** How many edge locations the server knows; null until it has said so. */
  pops: number | null
  /** The picture is stale or no source answers: no region is live, and what happens now is not known. */
  blind: boolean
}

/** The headline figures, counted from what is known, as `GET /api/stats` counts them; none is typed in. */
export function figures(
  { catalogue, statuses, incidents, articles, pops, blind }: FigureInput,
  words: Words,
): Figure[] {
  const say = words.figures
  const regions = [...catalogue.regions.values()]
  const open = regions.filter(region => region.state !== 'announced')
  const active = [...incidents].filter(incident => isActive(incident) && incident.kind === 'incident')
  const its = open.flatMap(region => statuses.get(region.id) ?? [])
  const affected = its.filter(status => severity[status.status] > 0)
  const live = blind ? 0 : its.filter(status => status.freshness === 'live').length
  const zones = open.reduce((sum, region) => sum + (region.zones ?? 0), 0)
  // rounded down, so that 100% means all of them
  const share = open.length === 0 ? null : Math.floor((100 * live) / open.length)
  const counted = (label: string, count: number | null): Figure => ({ label, count, write: say.whole })
  return [
    counted(say.regionsOpen, open.length),
    counted(say.announced, regions.length - open.length),
    counted(say.zones, zones),
    counted(say.countries, new Set(open.map(region => region.country)).size),
    counted(say.providers, new Set(regions.map(region => region.provider)).size),
    counted(say.pops, pops),
    counted(say.incidentsNow, blind ? null : active.length),
    counted(say.regionsAffected, blind ? null : affected.length),
    { label: say.regionsLive, count: share, write: say.percent },
    counted(say.articles, articles.size),
  ]
}

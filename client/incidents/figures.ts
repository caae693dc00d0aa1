import type { Article } from '../../shared/domain/article.ts'
import { type Incident, isActive, isPublic } from '../../shared/domain/incident.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import { severity } from '../../shared/domain/status.ts'
import type { Catalogue } from '../live/catalogue.ts'
import type { Words } from '../words/en/page.ts'

export type Figure = { label: string; count: number | null; format: (count: number) => string }

export type FigureInput = {
  catalogue: Catalogue
  statuses: ReadonlyMap<RegionId, RegionStatus>
  incidents: Iterable<Incident>
  articles: ReadonlyMap<string, Article>
  pops: number | null
  /** The page is stale or no source answers: no region is live, and current incidents are unknown. */
  isBlind: boolean
}

/** The headline figures, counted as `GET /api/stats` counts them. */
export function figures(
  { catalogue, statuses, incidents, articles, pops, isBlind }: FigureInput,
  words: Words,
): Figure[] {
  const say = words.figures
  const regions = [...catalogue.regions.values()]
  const open = regions.filter(region => region.state !== 'announced')
  const active = [...incidents].filter(
    incident => isActive(incident) && isPublic(incident) && incident.kind === 'incident',
  )
  const known = open.flatMap(region => statuses.get(region.id) ?? [])
  const affected = known.filter(status => severity[status.status] > 0)
  const live = isBlind ? 0 : known.filter(status => status.freshness === 'live').length
  const zones = open.reduce((sum, region) => sum + (region.zones ?? 0), 0)
  // rounded down, so that 100% means all of them
  const share = open.length === 0 ? null : Math.floor((100 * live) / open.length)
  const counted = (label: string, count: number | null): Figure => ({ label, count, format: say.whole })
  return [
    counted(say.regionsOpen, open.length),
    counted(say.announced, regions.length - open.length),
    counted(say.zones, zones),
    counted(say.countries, new Set(open.map(region => region.country)).size),
    counted(say.providers, new Set(regions.map(region => region.provider)).size),
    counted(say.pops, pops),
    counted(say.incidentsNow, isBlind ? null : active.length),
    counted(say.regionsAffected, isBlind ? null : affected.length),
    { label: say.regionsLive, count: share, format: say.percent },
    counted(say.articles, articles.size),
  ]
}

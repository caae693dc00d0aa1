import type { Article } from '../../shared/domain/article.ts'
import { type Incident, isActive } from '../../shared/domain/incident.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import { severity } from '../../shared/domain/status.ts'
import type { Words } from '../words/words.ts'
import type { Catalogue } from './catalogue.ts'
import type { Face } from './region-words.ts'

export type Figure = { label: string; value: string }

export type FigureInput = {
  catalogue: Catalogue
  statuses: ReadonlyMap<RegionId, RegionStatus>
  incidents: Iterable<Incident>
  articles: ReadonlyMap<string, Article>
  /** The picture is stale or no source answers: no region is live, and what happens now is not known. */
  blind: boolean
}

/** The headline figures, counted from what is known; none is typed in. */
export function figures({ catalogue, statuses, incidents, articles, blind }: FigureInput, words: Words): Figure[] {
  const say = words.figures
  const number = say.whole
  const regions = [...catalogue.regions.values()]
  const open = regions.filter(region => region.state !== 'announced')
  const active = [...incidents].filter(incident => isActive(incident) && incident.kind === 'incident')
  const affected = [...statuses.values()].filter(status => severity[status.status] > 0)
  const live = blind ? 0 : [...statuses.values()].filter(status => status.freshness === 'live').length
  const zones = open.reduce((sum, region) => sum + (region.zones ?? 0), 0)
  // rounded down, so that 100% means all of them
  const share = open.length === 0 ? say.unknown : say.percent(Math.floor((100 * live) / open.length))
  return [
    { label: say.regionsOpen, value: number(open.length) },
    { label: say.announced, value: number(regions.length - open.length) },
    { label: say.zones, value: number(zones) },
    { label: say.countries, value: number(new Set(open.map(region => region.country)).size) },
    { label: say.providers, value: number(new Set(regions.map(region => region.provider)).size) },
    { label: say.incidentsNow, value: blind ? say.unknown : number(active.length) },
    { label: say.regionsAffected, value: blind ? say.unknown : number(affected.length) },
    { label: say.regionsLive, value: share },
    { label: say.articles, value: number(articles.size) },
  ]
}

const legend = [
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
  'unknown',
] as const

/** How many open regions there are in each state, as they are drawn; every state is listed. */
export function countFaces(faces: Iterable<Face>): { status: (typeof legend)[number]; count: number }[] {
  const counts = new Map<Face['status'], number>()
  for (const face of faces) counts.set(face.status, (counts.get(face.status) ?? 0) + 1)
  return legend.map(status => ({ status, count: counts.get(status) ?? 0 }))
}

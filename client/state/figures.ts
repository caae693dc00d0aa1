import type { Article } from '../../shared/domain/article.ts'
import { type Incident, isActive } from '../../shared/domain/incident.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import { severity } from '../../shared/domain/status.ts'
import type { Catalogue } from './catalogue.ts'
import type { Face } from './region-words.ts'
import { statusWord } from './words.ts'

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
export function figures({ catalogue, statuses, incidents, articles, blind }: FigureInput): Figure[] {
  const regions = [...catalogue.regions.values()]
  const open = regions.filter(region => region.state !== 'announced')
  const active = [...incidents].filter(incident => isActive(incident) && incident.kind === 'incident')
  const affected = [...statuses.values()].filter(status => severity[status.status] > 0)
  const live = blind ? 0 : [...statuses.values()].filter(status => status.freshness === 'live').length
  return [
    { label: 'regions open', value: number(open.length) },
    { label: 'announced', value: number(regions.length - open.length) },
    { label: 'zones', value: number(open.reduce((sum, region) => sum + (region.zones ?? 0), 0)) },
    { label: 'countries', value: number(new Set(open.map(region => region.country)).size) },
    { label: 'providers', value: number(new Set(regions.map(region => region.provider)).size) },
    { label: 'incidents now', value: blind ? '–' : number(active.length) },
    { label: 'regions affected', value: blind ? '–' : number(affected.length) },
    { label: 'regions live', value: share(live, open.length) },
    { label: 'articles', value: number(articles.size) },
  ]
}

const number = (n: number): string => n.toLocaleString('en')

/** Rounded down, so that 100% means all of them. */
const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${Math.floor((100 * part) / whole)}%`)

const legend = [
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
  'unknown',
] as const

/** How many open regions there are in each state, as they are drawn; every state is listed. */
export function countFaces(faces: Iterable<Face>): { status: (typeof legend)[number]; word: string; count: number }[] {
  const counts = new Map<Face['status'], number>()
  for (const face of faces) counts.set(face.status, (counts.get(face.status) ?? 0) + 1)
  return legend.map(status => ({ status, word: statusWord[status], count: counts.get(status) ?? 0 }))
}

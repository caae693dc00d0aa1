import { type Incident, statusOfIncident } from '../../shared/domain/incident.ts'
import { RegionId, Slug } from '../../shared/domain/primitives.ts'
import { type Status, severity } from '../../shared/domain/status.ts'
import type { Catalogue } from '../live/catalogue.ts'
import { touches } from '../regions/mine.ts'
import type { Words } from '../words/en/page.ts'
import { whereText } from './incidents.ts'

export const kinds = ['incident', 'maintenance'] as const
/** From these on an incident is told; the least first. */
export const severities = ['degraded_performance', 'partial_outage', 'major_outage'] as const

/** Which incidents are shown; empty is any. */
export type IncidentFilter = {
  provider: string
  region: RegionId | ''
  kind: Incident['kind'] | ''
  /** At least as bad. */
  severity: (typeof severities)[number] | ''
  text: string
  /** Only what touches the reader's own regions. */
  mine: boolean
}

/** Longest text that is looked for. */
export const MOST_TEXT = 100

/** The query of an address → a filter. What is none of ours asks for nothing. */
export function readFilter(query: { get(name: string): string | null }): IncidentFilter {
  const get = (name: string) => query.get(name) ?? ''
  const provider = Slug.safeParse(get('provider'))
  const region = RegionId.safeParse(get('region'))
  return {
    provider: provider.data ?? '',
    region: region.data ?? '',
    kind: kinds.find(kind => kind === get('kind')) ?? '',
    severity: severities.find(status => status === get('severity')) ?? '',
    text: get('text').slice(0, MOST_TEXT),
    mine: get('mine') === '1',
  }
}

/** Whether a filter takes anything away. */
export const isNarrow = (filter: IncidentFilter): boolean => Object.values(filter).some(Boolean)

export type FilterContext = { catalogue: Catalogue; mine: ReadonlySet<RegionId>; words: Words }

/** Whether an incident is one of those that are asked for; each word of the text must stand in what it says. */
export function fits(incident: Incident, filter: IncidentFilter, context: FilterContext): boolean {
  const { provider, region, kind } = filter
  if (provider !== '' && incident.provider !== provider) return false
  if (region !== '' && !incident.regions.includes(region)) return false
  if (kind !== '' && incident.kind !== kind) return false
  if (filter.severity !== '' && isMilder(statusOfIncident(incident), filter.severity)) return false
  if (filter.mine && !touches(incident, context.mine)) return false
  return saysAll(incident, filter.text, context)
}

const isMilder = (status: Status, than: Status): boolean => severity[status] < severity[than]

function saysAll(incident: Incident, text: string, { catalogue, words }: FilterContext): boolean {
  if (text.trim() === '') return true
  const where = whereText(incident, catalogue, words)
  const told = [incident.title, where, ...incident.services, ...incident.regions].join(' ').toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every(word => told.includes(word))
}

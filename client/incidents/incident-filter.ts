import { type Channel, formatChannel } from '../../shared/domain/channels.ts'
import { type Incident, regionsEverIn, statusOfIncident } from '../../shared/domain/incident.ts'
import { RegionId, Slug } from '../../shared/domain/primitives.ts'
import { type Status, severity } from '../../shared/domain/status.ts'
import type { Catalogue } from '../live/catalogue.ts'
import type { ConcernOf } from '../stacks/standpoint.ts'
import type { Words } from '../words/en/page.ts'
import { whereText } from './incidents.ts'

export const kinds = ['incident', 'maintenance'] as const
export const severities = ['degraded_performance', 'partial_outage', 'major_outage'] as const

/** Which incidents are listed; an empty field does not filter. */
export type IncidentFilter = {
  provider: string
  region: RegionId | ''
  kind: Incident['kind'] | ''
  severity: (typeof severities)[number] | ''
  text: string
  mine: boolean
}

export const MAX_SEARCH_CHARS = 100

/** The query of an address → a filter. Invalid values are ignored. */
export function parseFilter(query: { get(name: string): string | null }): IncidentFilter {
  const get = (name: string) => query.get(name) ?? ''
  const provider = Slug.safeParse(get('provider'))
  const region = RegionId.safeParse(get('region'))
  return {
    provider: provider.data ?? '',
    region: region.data ?? '',
    kind: kinds.find(kind => kind === get('kind')) ?? '',
    severity: severities.find(status => status === get('severity')) ?? '',
    text: get('text').slice(0, MAX_SEARCH_CHARS),
    mine: get('mine') === '1',
  }
}

/** The narrowest channel that carries what passes. @param stack one of the settings that alone is shown, else null */
export function channelOf({ provider, region }: IncidentFilter, stack: string | null): Channel {
  if (region !== '') return formatChannel({ kind: 'region', region })
  if (provider !== '') return formatChannel({ kind: 'provider', provider })
  return formatChannel(stack === null ? { kind: 'status' } : { kind: 'stack', stack })
}

export const hasFilter = (filter: IncidentFilter): boolean => Object.values(filter).some(Boolean)

export type FilterContext = { catalogue: Catalogue; concern: ConcernOf; words: Words }

/** Whether an incident passes the filter. Every word of the text must occur in its title, place, services or regions. */
export function passesFilter(incident: Incident, filter: IncidentFilter, context: FilterContext): boolean {
  const { provider, region, kind } = filter
  if (provider !== '' && incident.provider !== provider) return false
  if (region !== '' && !regionsEverIn(incident).includes(region)) return false
  if (kind !== '' && incident.kind !== kind) return false
  if (filter.severity !== '' && isMilder(statusOfIncident(incident), filter.severity)) return false
  if (filter.mine && context.concern(incident) === null) return false
  return containsWords(incident, filter.text, context)
}

const isMilder = (status: Status, than: Status): boolean => severity[status] < severity[than]

function containsWords(incident: Incident, text: string, { catalogue, words }: FilterContext): boolean {
  if (text.trim() === '') return true
  const where = whereText(incident, catalogue, words)
  const texts = [incident.title, where, ...incident.services, ...incident.regions].join(' ').toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every(word => texts.includes(word))
}

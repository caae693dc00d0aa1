import { type Incident, isActive, isEnded, isFaded, isPublic } from '../../shared/domain/incident.ts'
import { ascending, descending, firstOf, groupBy, type Order } from '../../shared/domain/order.ts'
import { worstFirst } from '../../shared/domain/region-status.ts'
import { type Catalogue, providerName, regionName } from '../live/catalogue.ts'
import type { ConcernOf } from '../stacks/standpoint.ts'
import { ago, clockTime, type FirstWhen, sinceText, span } from '../ui/time.ts'
import type { FirstWords } from '../words/en/first.ts'
import { newestWords } from './newest-words.ts'

const HOUR_MS = 3_600_000

export type IncidentGroups = {
  /** Open incidents and maintenances in progress. */
  active: Incident[]
  /** Scheduled maintenances. */
  scheduled: Incident[]
  /** Resolved and completed ones. */
  ended: Incident[]
}

/** Whose list it is, and when (ms): decides the order. */
export type Reader = { concern: ConcernOf; now: number }

/** First what concerns the reader, then what may; then the worst and the next. What is over is told by when it ended. */
export function incidentGroups(incidents: Iterable<Incident>, reader: Reader): IncidentGroups {
  const all = [...incidents]
  const own = concernFirst(reader.concern)
  return {
    active: all.filter(isActive).sort(mostUrgentFirst(reader)),
    scheduled: all.filter(incident => incident.status === 'scheduled').sort(firstOf(own, byStart)),
    ended: all.filter(isEnded).sort(latestEndFirst),
  }
}

/**
 * The one order of what is going on, in lists, on walls and in tickers: what concerns the reader first, then what may,
 * then the worst, then the newest. An incident without news for days comes last, as it colours nothing.
 */
export const mostUrgentFirst = ({ concern, now }: Reader): Order<Incident> =>
  firstOf(
    ascending(incident => Number(isFaded(incident, now))),
    concernFirst(concern),
    worstFirst,
  )

/** What concerns the reader comes first, then what may. Without a stack all are equal. */
export const concernFirst = (concern: ConcernOf): Order<Incident> =>
  ascending(incident => (concern(incident) === 'concerns' ? 0 : concern(incident) === 'may' ? 1 : 2))

/** 'since 14:02 (38 min)'; where the source gives no dates, 'first read 14:02', for it may be older. */
export const startText = (incident: Incident, when: FirstWhen): string =>
  incident.saidAt === null && incident.scheduledFor === null
    ? when.words.incidents.firstRead(clockTime(incident.startedAt, when))
    : sinceText(startOf(incident), when)

/** The numbers beside the heading of what is going on. The figures count incidents alone. */
export function activeCounts(active: readonly Incident[]): Record<'incidents' | 'maintenances', number> {
  const incidents = active.filter(({ kind }) => kind === 'incident').length
  return { incidents, maintenances: active.length - incidents }
}

/**
 * The same, and why it differs from the number of regions: '5 and 1 maintenance · 3 regions affected, 2 name no region'.
 * @param affected number of regions in trouble; null where it is unknown
 */
export function countsText(
  active: readonly Incident[],
  affected: number | null,
  { incidents: say }: FirstWords,
): string {
  if (active.length === 0) return ''
  const count = say.count(activeCounts(active))
  return affected === null
    ? count
    : say.affected(count, affected, active.filter(one => one.regions.length === 0).length)
}

/** The window in which the bars of a list are drawn, ms: since the first of them began, an hour at least, six at most. */
export function barWindow(incidents: readonly Incident[], now: number): { from: number; until: number } {
  const first = Math.min(now - HOUR_MS, ...incidents.map(incident => Date.parse(startOf(incident))))
  return { from: Math.max(now - 6 * HOUR_MS, first), until: now }
}

export const startOf = (incident: Incident): string => incident.scheduledFor ?? incident.startedAt

export const endOf = (incident: Incident): string => incident.resolvedAt ?? incident.updatedAt

const byId = ascending<Incident>('id')
export const byStart = firstOf(ascending(startOf), byId)
export const latestEndFirst = firstOf(descending(endOf), byId)

/** The place: `AWS eu-west-1 and us-east-1`, `Azure, worldwide`, `GitHub`; and behind it 'your account'. */
export function whereText(incident: Incident, catalogue: Catalogue, words: FirstWords): string {
  const place = placeText(incident, catalogue, words)
  return isPublic(incident) ? place : words.incidents.toAccount(place)
}

function placeText(incident: Incident, catalogue: Catalogue, { incidents }: FirstWords): string {
  const provider = providerName(catalogue, incident.provider)
  if (incident.scope === 'global') return incidents.worldwide(provider)
  const names = incident.regions.map(id => {
    const region = catalogue.regions.get(id)
    return region ? regionName(region) : id.slice(id.indexOf('/') + 1)
  })
  return names.length === 0 ? provider : incidents.inRegions(provider, names)
}

/** 'resolved after 38 min, 2 h ago', or 'resolved by 14:02' where its length is unknown. */
export function endedText(incident: Incident, when: FirstWhen): string {
  const { incidents, states } = when.words
  const stage = states.stage[incident.status]
  const length = lengthText(incident, when.words)
  return length === null
    ? incidents.endedBy(stage, clockTime(endOf(incident), when))
    : incidents.endedAfter({ stage, length, ago: ago(endOf(incident), when) })
}

/** Begin and end closer than this are one time: that of the only entry, or of our first reading. */
const SHORTEST_MS = 1_000

/** The length that a whole bar stands for in a list of what is over, ms: the longest of it, half an hour at least, a day at most. */
export const barLength = (ended: readonly Incident[]): number =>
  Math.min(24 * HOUR_MS, Math.max(HOUR_MS / 2, ...ended.map(lastedMs)))

/** How long an ended incident lasted: '38 min'; null where its source told one time or none. */
export function lengthText(incident: Incident, words: FirstWords): string | null {
  const lasted = lastedMs(incident)
  return lasted < SHORTEST_MS ? null : span(lasted, words)
}

/** Whether its end has no other time than its begin, which may be that of our first reading. */
export const hasOneTime = (incident: Incident): boolean => Math.abs(lastedMs(incident)) < SHORTEST_MS

const lastedMs = (incident: Incident): number => Date.parse(endOf(incident)) - Date.parse(startOf(incident))

/** Incidents by what they are to the reader, each group in their order. */
export function splitByConcern(incidents: readonly Incident[], concern: ConcernOf) {
  const groups = groupBy(incidents, incident => concern(incident) ?? 'elsewhere')
  return {
    concerns: groups.get('concerns') ?? [],
    may: groups.get('may') ?? [],
    elsewhere: groups.get('elsewhere') ?? [],
  }
}

/** The newest sentences that say something; empty without words. */
export const lastWords = ({ entries, title }: Incident): string =>
  newestWords(
    entries.map(({ text }) => text),
    title,
  )

import { z } from 'zod'
import { keepNewest, LedgerEntry, LedgerState, MAX_ENTRIES, mergeEntries } from './ledger.ts'
import { ascending, descending, firstOf, itemsBeyond } from './order.ts'
import { Instant, RecordId, RegionId, Slug, text, WebUrl } from './primitives.ts'
import { ServiceId } from './service.ts'
import { Stage, type Status, statusOfImpact } from './status.ts'

/** An incident without its ledger, as a source describes it. */
export const IncidentSummary = LedgerState.extend({
  id: RecordId,
  provider: Slug,
  kind: z.enum(['incident', 'maintenance']),
  status: Stage,
  /** The source's own word for a status outside our vocabulary. */
  rawStatus: text(80).nullable(),
  /** Availability zones that the source names, as it writes them: 'use1-az4', 'us-central1-a'. A hint, never a bound. */
  zones: z.array(text(60)).max(60).optional(),
  /** The services of `services` that the catalogue knows. A name that it does not know stays a name. */
  serviceIds: z.array(ServiceId).max(200).optional(),
  startedAt: Instant,
  /** The last change of what we show, by the source's clock, and by ours where the source did not date it. */
  updatedAt: Instant,
  resolvedAt: Instant.nullable(),
  /** An open incident of a history fades: this long after `updatedAt`, in ms. Absent where the source lists what is open. */
  fadesAfterMs: z.number().int().positive().optional(),
  url: WebUrl.nullable(),
  /** The word of a cloud to our own account, or of our own alerts: it counts for stacks, never for regions. */
  isPrivate: z.literal(true).optional(),
})
export type IncidentSummary = z.infer<typeof IncidentSummary>

/** A region that the incident named, by our clock. `to` is null while it is named. */
const RegionSpell = z.object({ region: RegionId, from: Instant, to: Instant.nullable() })
export type RegionSpell = z.infer<typeof RegionSpell>

export const Incident = IncidentSummary.extend({
  /** When the source last dated it; null where it gives no dates. It may go back, `updatedAt` never does. */
  saidAt: Instant.nullable(),
  /** Every region ever named, each once: with its first `from` and its last `to`. */
  everRegions: z.array(RegionSpell),
  /** Services of the catalogue that it named and no longer names; absent without any. `servicesEverIn` has all. */
  everServiceIds: z.array(ServiceId).max(300).optional(),
  /** The newest entries of its ledger, newest first; in an event only those that it brings. */
  entries: z.array(LedgerEntry).max(MAX_ENTRIES),
})
export type Incident = z.infer<typeof Incident>

/** Every region that the incident has named so far: those that have left it still hear how it ends. */
export const regionsEverIn = ({ regions, everRegions }: Pick<Incident, 'regions' | 'everRegions'>): RegionId[] => [
  ...new Set([...regions, ...everRegions.map(({ region }) => region)]),
]

/** Every service that the incident has named so far. */
export const servicesEverIn = ({
  serviceIds = [],
  everServiceIds = [],
}: Pick<Incident, 'serviceIds' | 'everServiceIds'>): ServiceId[] => [...new Set([...serviceIds, ...everServiceIds])]

/** Whether everybody is told, and not only our own account. */
export const isPublic = ({ isPrivate }: Pick<Incident, 'isPrivate'>): boolean => isPrivate !== true

export const isEnded = (incident: Pick<Incident, 'status'>): boolean =>
  incident.status === 'resolved' || incident.status === 'postmortem' || incident.status === 'completed'

/** Whether the incident is happening now: neither over nor scheduled. */
export const isActive = (incident: Pick<Incident, 'status'>): boolean =>
  !isEnded(incident) && incident.status !== 'scheduled'

/** Whether an open incident had no news for so long that it no longer colours its regions. @param now ms since the epoch */
export const isFaded = ({ updatedAt, fadesAfterMs }: Incident, now: number): boolean =>
  fadesAfterMs !== undefined && now - Date.parse(updatedAt) > fadesAfterMs

/** The status that an active incident gives to its regions. */
export const statusOfIncident = (incident: Pick<Incident, 'kind' | 'impact'>): Status =>
  incident.kind === 'maintenance' ? 'under_maintenance' : statusOfImpact[incident.impact]

const latestFirst = firstOf<Incident>(descending('updatedAt'), ascending('id'))

/** Deletes ended incidents beyond a limit, the oldest first. Those that are not over stay. */
export function trimEndedIncidents(incidents: Map<string, Incident>, limit: number): void {
  if (incidents.size <= limit) return
  const ended = [...incidents.values()].filter(isEnded)
  for (const { id } of itemsBeyond(limit, ended, latestFirst)) incidents.delete(id)
}

const ENDED_REMEMBERED = 50

/** Every incident that is not over, then the newest of those that are. */
export function rememberIncidents(incidents: readonly Incident[]): Incident[] {
  const ended = incidents.filter(isEnded).sort(descending('updatedAt'))
  return [...incidents.filter(incident => !isEnded(incident)), ...ended.slice(0, ENDED_REMEMBERED)]
}

/** Incidents, worst first, whose newest update keeps its text in a compact snapshot: those that a dashboard lists. */
const INCIDENTS_WITH_TEXT = 50

/**
 * The incidents of a compact snapshot: only the newest entry, and of the regions that they ever named those that have
 * left. @param incidents worst first
 */
export const compactIncidents = (incidents: readonly Incident[]): Incident[] =>
  incidents.map((incident, index) => ({
    ...incident,
    everRegions: incident.everRegions.filter(({ to }) => to !== null),
    entries: incident.entries.slice(0, 1).map(entry => (index < INCIDENTS_WITH_TEXT ? entry : { ...entry, text: '' })),
  }))

export const textsOfIncidents = (incidents: readonly Incident[]): Pick<Incident, 'id' | 'entries'>[] =>
  incidents
    .filter(
      ({ entries }, index) =>
        entries.length > 1 || (index >= INCIDENTS_WITH_TEXT && entries.some(({ text }) => text !== '')),
    )
    .map(({ id, entries }) => ({ id, entries }))

/** Stores the incident of an event, which carries only new entries, with the entries that are known. */
export function mergeIncident(incidents: Map<string, Incident>, incident: Incident): void {
  const known = incidents.get(incident.id)?.entries ?? []
  const entries = incident.entries.length === 0 ? known : keepNewest(mergeEntries(known, incident.entries), incident)
  incidents.set(incident.id, { ...incident, entries })
}

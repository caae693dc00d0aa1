import { isDeepStrictEqual } from 'node:util'
import { type CountryOf, channelsOfIncident } from '../../shared/domain/channels.ts'
import type { EventDraft } from '../../shared/domain/events.ts'
import {
  type Incident,
  type IncidentSummary,
  isEnded,
  type RegionSpell,
  servicesEverIn,
} from '../../shared/domain/incident.ts'
import { bytesOf, keepNewest, type LedgerEntry, newestThatFit } from '../../shared/domain/ledger.ts'
import { ascending, firstOf } from '../../shared/domain/order.ts'
import { type Instant, type RecordId, toInstant } from '../../shared/domain/primitives.ts'
import type { ServiceId } from '../../shared/domain/service.ts'
import type { OwnedRecords, PollState } from '../../shared/redis/poll-state.ts'
import type { ReadIncident, Reading } from '../formats/reader.ts'
import { newEntries } from './new-entries.ts'

/** An event of an incident, as JSON, beside the ids of its services. Older of its new entries stay in the store. */
const MAX_EVENT_BYTES = 16 * 1024
/** An incident without its entries and the ids of its services, as JSON; with them at most 32 KB. */
const MAX_SUMMARY_BYTES = 10 * 1024

export type IncidentsInput = {
  reading: Pick<Reading, 'incidents' | 'undated'>
  owned: Pick<OwnedRecords, 'incidents'>
  /** Whether the reading lists everything that is open, so that an absent incident is over. */
  complete: boolean
  missing: PollState['missing']
  countryOf: CountryOf
  /** SHA-256, in hex, of what the source says of an incident; asked only where it says something new. */
  evidenceOf?: (incident: RecordId) => string | undefined
  keepEndedMs: number
  now: number
}

export type IncidentsDiff = {
  upserts: Incident[]
  removals: RecordId[]
  events: EventDraft[]
  /** New entries of ledgers, oldest first. */
  ledger: { incident: RecordId; entry: LedgerEntry }[]
  owned: RecordId[]
  missing: PollState['missing']
}

/** Compares the incidents of a reading with the stored ones. Pure. */
export function diffIncidents(input: IncidentsInput, at: Instant): IncidentsDiff {
  const { owned, countryOf, keepEndedMs, now } = input
  const undated = new Set(input.reading.undated)
  const read = new Map<RecordId, ReadIncident>()
  for (const incident of input.reading.incidents) {
    const before = undated.has(incident.id) ? owned.incidents.get(incident.id) : undefined
    read.set(incident.id, dated(bounded(incident), before))
  }
  const result: IncidentsDiff = { upserts: [], removals: [], events: [], ledger: [], owned: [], missing: {} }
  const { missing } = result

  /** Stores a reading of an incident, unless it tells the same. `says`: whether its times are the source's own. */
  const take = (before: Incident | undefined, incident: ReadIncident, says: boolean) => {
    const evidence = () => input.evidenceOf?.(incident.id)
    const entries = newEntries(before, incident, { seenAt: at, says, evidence })
    const after = nextIncident(before, incident, entries, says, now)
    if (after === before) return
    result.upserts.push(after)
    result.ledger.push(...entries.map(entry => ({ incident: after.id, entry })))
    const channels = channelsOfIncident(after, countryOf)
    const data = { ...after, entries: entries.toReversed() }
    result.events.push(boundedEvent({ type: transition(before, after), at, channels, data }))
  }
  // A cache answers with an older copy now and then. A step back in time is believed when two readings agree on it.
  const isOldCopy = (before: Incident, { id, updatedAt }: ReadIncident) => {
    if (before.saidAt === null || updatedAt >= before.saidAt || input.missing[id] !== undefined) return false
    missing[id] = at
    return true
  }
  const tooOld = (incident: IncidentSummary) => isEnded(incident) && now - Date.parse(incident.updatedAt) > keepEndedMs

  for (const incident of [...read.values()].sort(byStart)) {
    const before = owned.incidents.get(incident.id)
    const says = !undated.has(incident.id)
    if (before === undefined && tooOld(incident)) read.delete(incident.id)
    else if (before === undefined || !says || !isOldCopy(before, incident)) take(before, incident, says)
  }

  for (const [id, before] of owned.incidents) {
    if (read.has(id)) continue
    if (isEnded(before)) {
      if (tooOld(before)) result.removals.push(id)
    } else if (input.complete) {
      const since = input.missing[id]
      if (since === undefined) missing[id] = at
      else take(before, endedByAbsence(before, since), false)
    }
  }
  const dropped = new Set(result.removals)
  result.owned = [...new Set([...owned.incidents.keys(), ...read.keys()])].filter(id => !dropped.has(id))
  return result
}

/**
 * An incident without times keeps `startedAt` of its first reading, and `updatedAt` of the last one with news. One that
 * opens again begins anew: a source without times has no other id for the next trouble.
 */
const dated = (incident: ReadIncident, before: Incident | undefined): ReadIncident =>
  before === undefined || (isEnded(before) && !isEnded(incident))
    ? incident
    : { ...incident, startedAt: before.startedAt, updatedAt: before.updatedAt }

/** The record after a reading; the same one if it tells the same. `updatedAt` rises with every change of what we show, even if the source's date does not. */
function nextIncident(
  before: Incident | undefined,
  { updates, ...read }: ReadIncident,
  entries: readonly LedgerEntry[],
  says: boolean,
  now: number,
): Incident {
  const seenAt = toInstant(now)
  const saidAt = says ? read.updatedAt : (before?.saidAt ?? null)
  const known = before?.entries ?? []
  const after = {
    ...read,
    ...servicesLeft(before, read.serviceIds),
    saidAt,
    everRegions: regionsOver(before?.everRegions ?? [], read.regions, seenAt),
    entries: entries.length === 0 ? known : keepNewest([...entries.toReversed(), ...known], read),
  }
  if (before === undefined || read.updatedAt > before.updatedAt) return after
  const { updatedAt } = before
  const same = { ...after, updatedAt, saidAt: before.saidAt }
  if (entries.length === 0 && isDeepStrictEqual(same, before))
    return saidAt === before.saidAt ? before : { ...before, saidAt }
  // that we know more services by now is no news of the source
  if (entries.length === 0 && isDeepStrictEqual(withoutServiceIds(same), withoutServiceIds(before)))
    return { ...after, updatedAt }
  return { ...after, updatedAt: toInstant(Math.max(now, Date.parse(before.updatedAt) + 1)) }
}

/** Regions keep the instant from which the incident named them, and get that at which it no longer did. */
function regionsOver(before: readonly RegionSpell[], regions: readonly string[], seenAt: Instant): RegionSpell[] {
  const known = new Set(before.map(({ region }) => region))
  const spells = before.map(spell => {
    if (regions.includes(spell.region)) return spell.to === null ? spell : { ...spell, to: null }
    return spell.to === null ? { ...spell, to: seenAt } : spell
  })
  return [...spells, ...regions.filter(id => !known.has(id)).map(region => ({ region, from: seenAt, to: null }))]
}

/** Those that the incident no longer names; with those that it names, they are every one that it ever named. */
function servicesLeft(
  before: Incident | undefined,
  named: readonly ServiceId[] = [],
): Pick<Incident, 'everServiceIds'> {
  const left = before === undefined ? [] : servicesEverIn(before).filter(id => !named.includes(id))
  const room = Math.max(0, MAX_SERVICES_EVER - named.length)
  return left.length === 0 || room === 0 ? {} : { everServiceIds: left.slice(0, room) }
}

/** Those that it names among them. */
const MAX_SERVICES_EVER = 200

const withoutServiceIds = ({ serviceIds: _, everServiceIds: __, ...incident }: Incident) => incident

/** Services are the only list without a small number of members; as many stay as fit. */
function bounded(incident: ReadIncident): ReadIncident {
  const { updates, serviceIds, ...summary } = incident
  let { services } = incident
  while (services.length > 0 && bytesOf({ ...summary, services }) > MAX_SUMMARY_BYTES)
    services = services.slice(0, Math.floor(services.length / 2))
  return services === incident.services ? incident : { ...incident, services }
}

const isOfService = (channel: string): boolean => channel.startsWith('service/')

type IncidentEvent = Extract<EventDraft, { data: Incident }>

/** An event with the newest of its entries that fit. */
function boundedEvent(event: IncidentEvent): IncidentEvent {
  const { serviceIds = [], everServiceIds = [] } = event.data
  // once in the record, once as a channel: of all services of a cloud they would leave no room for words
  const most =
    MAX_EVENT_BYTES + bytesOf([...serviceIds, ...everServiceIds]) + bytesOf(event.channels.filter(isOfService))
  if (bytesOf(event) <= most) return event
  const { entries } = event.data
  const bytes = most - bytesOf({ ...event, data: { ...event.data, entries: [] } })
  return { ...event, data: { ...event.data, entries: newestThatFit(entries, { entries: entries.length, bytes }) } }
}

function transition(before: Incident | undefined, after: Incident): IncidentEvent['type'] {
  if (before !== undefined && isEnded(before) === isEnded(after)) return 'incident.updated'
  return isEnded(after) ? 'incident.resolved' : 'incident.opened'
}

/** The source stopped listing it: it ended when it was first missing. */
function endedByAbsence(before: Incident, since: Instant): ReadIncident {
  const status = before.kind === 'maintenance' ? 'completed' : 'resolved'
  const update = { id: `absent-${since}`, at: since, status, text: 'No longer listed by the source.' } as const
  const { entries, everRegions, everServiceIds, saidAt, ...summary } = before
  return { ...summary, status, updatedAt: since, resolvedAt: since, updates: [update] }
}

const byStart = firstOf<ReadIncident>(ascending('startedAt'), ascending('id'))

import { z } from 'zod'
import { Channel } from './channels.ts'
import { Incident, isEnded, isPublic, statusOfIncident } from './incident.ts'
import { ascending, descending, firstOf, itemsBeyond } from './order.ts'
import { Instant, RecordId, RegionId, text, toInstant } from './primitives.ts'
import { Status, severity } from './status.ts'

/** Who does something; a name that the person gives. */
export const Person = text(80)

/** Somebody of this office takes care of an incident. It stops repeats and takeovers everywhere while it holds. */
export const Acknowledgement = z.object({
  by: Person,
  at: Instant,
  note: text(500),
  /** When it ends by itself; null: with the incident. */
  until: Instant.nullable(),
  /** How the incident was: an acknowledgement ends when it gets worse or spreads. */
  status: Status,
  regions: z.array(RegionId),
})
export type Acknowledgement = z.infer<typeof Acknowledgement>

/** A line that this office adds to the ledger of an incident. */
export const OfficeEntry = z.object({
  at: Instant,
  what: z.enum(['acknowledged', 'lifted', 'note']),
  /** Null where nobody did it: it got worse, or its time was over. */
  by: Person.nullable(),
  text: text(500),
  until: Instant.nullable(),
})
export type OfficeEntry = z.infer<typeof OfficeEntry>

export const MAX_OFFICE_ENTRIES = 50

/** What this office does about an incident: never mixed with what its source says, shown beside it. */
export const Handling = z.object({
  /** That of the incident. */
  id: RecordId,
  acknowledgement: Acknowledgement.nullable(),
  /** Those of its incident, when it was last handled. */
  channels: z.array(Channel),
  /** Newest first. */
  entries: z.array(OfficeEntry).max(MAX_OFFICE_ENTRIES),
  /** As its incident. */
  isPrivate: Incident.shape.isPrivate,
})
export type Handling = z.infer<typeof Handling>

/**
 * The acknowledgement that holds now: it is not over, the incident neither ended nor got worse, nor reached a further
 * region. Pure. @param now ms
 */
export function acknowledgementOf(
  handling: Pick<Handling, 'acknowledgement'> | undefined,
  incident: Incident,
  now: number,
): Acknowledgement | null {
  const held = handling?.acknowledgement ?? null
  if (held === null || isEnded(incident) || whyLifted(held, incident, now) !== null) return null
  return held
}

/** Why an acknowledgement no longer holds; null while it does. */
export function whyLifted(held: Acknowledgement, incident: Incident, now: number): 'worse' | 'spread' | 'over' | null {
  if (held.until !== null && Date.parse(held.until) <= now) return 'over'
  if (severity[statusOfIncident(incident)] > severity[held.status]) return 'worse'
  const known = new Set(held.regions)
  return incident.regions.some(region => !known.has(region)) ? 'spread' : null
}

/** Deletes handlings beyond a limit: those that nobody has acknowledged first, of these the oldest. */
export function trimHandlings(handlings: Map<string, Handling>, limit: number): void {
  if (handlings.size <= limit) return
  for (const { id } of itemsBeyond(limit, [...handlings.values()], heldThenNewest)) handlings.delete(id)
}

const heldThenNewest = firstOf<Handling>(
  ascending(({ acknowledgement }) => (acknowledgement === null ? 1 : 0)),
  descending(({ entries }) => entries[0]?.at ?? ''),
)

/** What this office does: acknowledge (again), lift what was acknowledged, or leave a note. */
export type Step = Pick<OfficeEntry, 'what' | 'by' | 'text' | 'until'>

/** The handling after a step. Pure. */
export function addStep(
  before: Pick<Handling, 'acknowledgement' | 'entries'> | undefined,
  incident: Pick<Incident, 'id' | 'kind' | 'impact' | 'regions' | 'isPrivate'>,
  { what, by, text, until }: Step,
  now: number,
): Omit<Handling, 'channels'> {
  const at = toInstant(now)
  const entries = [{ at, what, by, text, until }, ...(before?.entries ?? [])].slice(0, MAX_OFFICE_ENTRIES)
  const held = before?.acknowledgement ?? null
  const its = { id: incident.id, entries, ...(isPublic(incident) ? {} : { isPrivate: true as const }) }
  switch (what) {
    case 'note':
      return { ...its, acknowledgement: held }
    case 'lifted':
      return { ...its, acknowledgement: null }
    case 'acknowledged': {
      const status = statusOfIncident(incident)
      const acknowledgement = { by: by ?? '', at, note: text, until, status, regions: incident.regions }
      return { ...its, acknowledgement }
    }
  }
}

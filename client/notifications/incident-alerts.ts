import { type Incident, isActive, isEnded, statusOfIncident } from '../../shared/domain/incident.ts'
import type { RecordId, RegionId } from '../../shared/domain/primitives.ts'
import type { Reason } from '../../shared/domain/reason.ts'
import { asItIsNow } from '../../shared/domain/stack-status.ts'
import { severity } from '../../shared/domain/status.ts'
import { type ReasonsOf, strongReasons } from '../stacks/standpoint.ts'

/** A change of an incident that is worth a notification or a takeover. */
export type IncidentAlert = { kind: 'opened' | 'worsened' | 'resolved'; incident: Incident }

/** The alerts for a change of all incidents, in the order of the incidents; at most one an incident. */
export function alertsBetween(
  before: ReadonlyMap<RecordId, Incident>,
  after: ReadonlyMap<RecordId, Incident>,
  reasonsOf: ReasonsOf,
): IncidentAlert[] {
  return [...after.values()].flatMap(incident => {
    const known = before.get(incident.id)
    const kind = known === incident ? null : alertKind(known, incident, reasonsOf)
    return kind === null ? [] : [{ kind, incident }]
  })
}

/**
 * The alert for a change of one incident; null for none. There is one when trouble certainly or likely concerns the
 * reader's stack, gets worse or spreads to another part of it, and when it ends. Maintenance raises none.
 * @param before undefined for an incident that was not known
 */
export function alertKind(
  before: Incident | undefined,
  after: Incident,
  reasonsOf: ReasonsOf,
): IncidentAlert['kind'] | null {
  const [was, is] = [before ? troubleIn(before, reasonsOf) : noTrouble, troubleIn(after, reasonsOf)]
  if (is.grounds.length === 0) return was.grounds.length > 0 && isEnded(after) ? 'resolved' : null
  if (was.grounds.length === 0) return 'opened'
  const hasSpread = is.grounds.some(ground => !was.grounds.some(told => covers(told, ground)))
  return hasSpread || is.severity > was.severity ? 'worsened' : null
}

/** What of the stack an incident reaches. `place` and `what` are null where all of it is meant. */
type Ground = { place: RegionId | null; what: string | null }
type Trouble = { grounds: readonly Ground[]; severity: number }
const noTrouble: Trouble = { grounds: [], severity: 0 }

/** By what the incident names now: what has left it is in trouble no more. */
function troubleIn(incident: Incident, reasonsOf: ReasonsOf): Trouble {
  const level = severity[statusOfIncident(incident)]
  if (incident.kind === 'maintenance' || !isActive(incident) || level <= 0) return noTrouble
  const reasons = reasonsOf(asItIsNow(incident))
  return { grounds: strongReasons(reasons).map(groundOf), severity: level }
}

function groundOf({ kind, region, service, part }: Reason): Ground {
  const isExact = kind === 'service' || kind === 'wider' || kind === 'narrower'
  return { place: region, what: isExact ? service : part }
}

/** What was told of a whole region, provider or vendor was told of each part of it. */
const covers = (told: Ground, ground: Ground): boolean =>
  (told.place === null || told.place === ground.place) && (told.what === null || told.what === ground.what)

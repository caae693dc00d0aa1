import { type Incident, isEnded } from '../../shared/domain/incident.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import { asItIsNow } from '../../shared/domain/stack-status.ts'
import { hasSpread, isTrouble, noTrouble, type Trouble, troubleOf } from '../../shared/domain/trouble.ts'
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
  return hasSpread(was.grounds, is.grounds) || is.severity > was.severity ? 'worsened' : null
}

const troubleIn = (incident: Incident, reasonsOf: ReasonsOf): Trouble =>
  isTrouble(incident) ? troubleOf(incident, strongReasons(reasonsOf(asItIsNow(incident)))) : noTrouble

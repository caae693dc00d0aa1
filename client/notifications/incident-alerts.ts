import { type Incident, isActive, isEnded, statusOfIncident } from '../../shared/domain/incident.ts'
import type { RecordId, RegionId } from '../../shared/domain/primitives.ts'
import { severity } from '../../shared/domain/status.ts'

/** A change of an incident that is worth a notification or a takeover. */
export type IncidentAlert = { kind: 'opened' | 'worsened' | 'resolved'; incident: Incident }

/** The alerts for a change of all incidents, in the order of the incidents; at most one an incident. */
export function alertsBetween(
  before: ReadonlyMap<RecordId, Incident>,
  after: ReadonlyMap<RecordId, Incident>,
  mine: ReadonlySet<RegionId>,
): IncidentAlert[] {
  return [...after.values()].flatMap(incident => {
    const known = before.get(incident.id)
    const kind = known === incident ? null : alertKind(known, incident, mine)
    return kind === null ? [] : [{ kind, incident }]
  })
}

/**
 * The alert for a change of one incident; null for none. There is one when trouble reaches the reader's regions
 * (`mine`), gets worse there or spreads to another of them, and when it ends. Maintenance raises none.
 * @param before undefined for an incident that was not known
 */
export function alertKind(
  before: Incident | undefined,
  after: Incident,
  mine: ReadonlySet<RegionId>,
): IncidentAlert['kind'] | null {
  const [was, is] = [before ? troubleIn(before, mine) : noTrouble, troubleIn(after, mine)]
  if (is.regions.length === 0) return was.regions.length > 0 && isEnded(after) ? 'resolved' : null
  if (was.regions.length === 0) return 'opened'
  const hasSpread = is.regions.some(region => !was.regions.includes(region))
  return hasSpread || is.severity > was.severity ? 'worsened' : null
}

type Trouble = { regions: readonly RegionId[]; severity: number }
const noTrouble: Trouble = { regions: [], severity: 0 }

function troubleIn(incident: Incident, mine: ReadonlySet<RegionId>): Trouble {
  const level = severity[statusOfIncident(incident)]
  if (incident.kind === 'maintenance' || !isActive(incident) || level <= 0) return noTrouble
  return { regions: incident.regions.filter(region => mine.has(region)), severity: level }
}

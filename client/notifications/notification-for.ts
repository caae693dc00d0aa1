import { type Incident, isActive, isEnded, statusOfIncident } from '../../shared/domain/incident.ts'
import type { RecordId, RegionId } from '../../shared/domain/primitives.ts'
import { severity } from '../../shared/domain/status.ts'

/** Why somebody is called to look. */
export type Notice = { kind: 'opened' | 'worsened' | 'resolved'; incident: Incident }

/**
 * Whether an incident's change is worth a call to somebody with these regions; null when it is not. It is when trouble reaches one
 * of them, grows worse there or spreads to a further one, and once more when it is over. Planned work calls nobody.
 * @param before the incident as it was known; undefined when it was not
 */
export function noticeFor(
  before: Incident | undefined,
  after: Incident,
  mine: ReadonlySet<RegionId>,
): Notice['kind'] | null {
  const [was, is] = [before ? troubleIn(before, mine) : nothing, troubleIn(after, mine)]
  if (is.regions.length === 0) return was.regions.length > 0 && isEnded(after) ? 'resolved' : null
  if (was.regions.length === 0) return 'opened'
  const spread = is.regions.some(region => !was.regions.includes(region))
  return spread || is.severity > was.severity ? 'worsened' : null
}

/** The notices that one change of all incidents is worth, in no order of meaning; at most one an incident. */
export function noticesFor(
  before: ReadonlyMap<RecordId, Incident>,
  after: ReadonlyMap<RecordId, Incident>,
  mine: ReadonlySet<RegionId>,
): Notice[] {
  return [...after.values()].flatMap(incident => {
    const known = before.get(incident.id)
    const kind = known === incident ? null : noticeFor(known, incident, mine)
    return kind === null ? [] : [{ kind, incident }]
  })
}

type Trouble = { regions: readonly RegionId[]; severity: number }
const nothing: Trouble = { regions: [], severity: 0 }

function troubleIn(incident: Incident, mine: ReadonlySet<RegionId>): Trouble {
  const level = severity[statusOfIncident(incident)]
  if (incident.kind === 'maintenance' || !isActive(incident) || level <= 0) return nothing
  return { regions: incident.regions.filter(region => mine.has(region)), severity: level }
}

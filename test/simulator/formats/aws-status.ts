import type { Incident, Place, Update, World } from '../world.ts'

/** 0 resolved, 1 informational, 2 degraded, 3 disruption */
export const awsCode = (update: Pick<Update, 'phase' | 'impact'>): 0 | 1 | 2 | 3 => {
  if (update.phase === 'resolved') return 0
  return update.impact === 'critical' ? 3 : update.impact === 'major' ? 2 : 1
}

/** AWS tells of one region at a time: an incident that spreads becomes a further event. */
export type AwsEvent = { incident: Incident; place: Place /** Oldest first. */; log: Update[] }

/** What is open, or ended after `since` (ms since the epoch). */
export function awsEvents(world: World, since: number): AwsEvent[] {
  const events: AwsEvent[] = []
  for (const incident of world.incidents) {
    if (incident.on !== 'aws') continue
    for (const place of incident.places) {
      if (place.until !== null && place.until <= since) continue
      events.push({ incident, place, log: logOf(incident, place) })
    }
  }
  return events
}

/** What was said while the place was affected; its recovery is the last word, also when the incident goes on elsewhere. */
const logOf = (incident: Incident, place: Place): Update[] =>
  incident.updates
    .filter(update => update.at >= place.from && (place.until === null || update.at <= place.until))
    .map(update => (update.at === place.until ? { ...update, phase: 'resolved' as const } : update))
    .reverse()

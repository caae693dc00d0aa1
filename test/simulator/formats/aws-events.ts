import { awsArn, serviceCode } from '../native-ids.ts'
import { regionName } from '../regions.ts'
import type { Incident, Place, Rendered, Update, World } from '../world.ts'
import { seconds } from './notation.ts'

/** How long a resolved event is still listed, in ms. */
const LINGER_MS = 60_000

/**
 * AWS's public events: a JSON array in UTF-16 big-endian with a byte order mark. Most numbers are strings.
 * @see https://health.aws.amazon.com/public/currentevents
 */
export function awsEventsJson(world: World, now: number): Rendered {
  const json = JSON.stringify(awsEvents(world, now - LINGER_MS).map(event))
  return { body: Buffer.from(`\uFEFF${json}`, 'utf16le').swap16(), contentType: 'application/json;charset=utf-16' }
}

function event({ incident, place, log }: AwsEvent) {
  const region = place.code
  const last = log.at(-1)
  const status = last ? awsCode(last) : 0
  const [only, ...more] = incident.services
  const single = more.length === 0 ? only : undefined
  return {
    date: String(seconds(place.from)),
    arn: awsArn(incident, region),
    region_name: regionName('aws', region),
    status: String(status),
    service: `${single === undefined ? 'multipleservices' : serviceCode(single)}-${region}`,
    service_name: single ?? 'Multiple services',
    summary: summary(incident.title, status),
    event_log: log.map(update => ({
      summary: summary(incident.title, awsCode(update)),
      message: update.text,
      status: awsCode(update),
      timestamp: seconds(update.at),
    })),
    impacted_services: Object.fromEntries(
      incident.services.map(name => [
        `${serviceCode(name)}-${region}`,
        { service_name: name, current: String(status), max: String(Math.max(...log.map(awsCode))) },
      ]),
    ),
    impacted_service_status_changes: statusChanges(log, region),
  }
}

const summary = (title: string, status: number): string => (status === 0 ? `[RESOLVED] ${title}` : title)

/** Unlike the log's, these timestamps are in milliseconds. */
function statusChanges(log: Update[], region: string) {
  const known = new Map<string, number>()
  return log.flatMap(update =>
    update.services.flatMap(name => {
      const previous = known.get(name) ?? 0
      const current = awsCode(update)
      if (previous === current) return []
      known.set(name, current)
      return {
        service: `${serviceCode(name)}-${region}`,
        service_name: name,
        previous_status: String(previous),
        current_status: String(current),
        timestamp: seconds(update.at) * 1000,
      }
    }),
  )
}

/** 0 resolved, 1 informational, 2 degraded, 3 disruption */
export const awsCode = (update: Pick<Update, 'phase' | 'impact'>): 0 | 1 | 2 | 3 => {
  if (update.phase === 'resolved') return 0
  return update.impact === 'critical' ? 3 : update.impact === 'major' ? 2 : 1
}

/** AWS reports one region at a time: an incident that spreads becomes another event. */
type AwsEvent = { incident: Incident; place: Place /** Oldest first. */; log: Update[] }

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

/**
 * The updates while the place was affected. Its recovery is the last one, even when the incident continues elsewhere.
 */
const logOf = (incident: Incident, place: Place): Update[] =>
  incident.updates
    .filter(update => update.at >= place.from && (place.until === null || update.at <= place.until))
    .map(update => (update.at === place.until ? { ...update, phase: 'resolved' as const } : update))
    .reverse()

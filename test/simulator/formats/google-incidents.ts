import { googleId, googleNumber } from '../native-ids.ts'
import { regionName } from '../regions.ts'
import { affected, type Incident, type Rendered, type Update, type World } from '../world.ts'
import { offset } from './notation.ts'

/**
 * Google Cloud's incidents: a bare array of open and closed ones, newest first. Closed ones have `end`.
 * @see https://status.cloud.google.com/incidents.schema.json
 */
export function googleIncidents(world: World): Rendered {
  const incidents = world.incidents
    .filter(incident => incident.on === 'google')
    .sort((a, b) => b.startedAt - a.startedAt)
    .map(render)
  return { body: Buffer.from(JSON.stringify(incidents)), contentType: 'application/json' }
}

function render(incident: Incident) {
  const id = googleId(incident.id)
  const updates = incident.updates.map(update => renderUpdate(incident, update))
  const [only, ...more] = incident.services
  const product = more.length === 0 ? only : undefined
  const here = affected(incident)
  const once = incident.places.map(place => place.code).filter(code => !here.includes(code))
  return {
    id,
    number: googleNumber(incident.id),
    begin: offset(incident.startedAt),
    created: offset(incident.updates.at(-1)?.at ?? incident.startedAt),
    ...(incident.endedAt === null ? {} : { end: offset(incident.endedAt) }),
    modified: offset(incident.updates[0]?.at ?? incident.startedAt),
    external_desc: incident.title,
    updates,
    most_recent_update: updates[0],
    status_impact: statusImpact(incident),
    severity: severityOf[incident.impact],
    service_key: product === undefined ? 'zall' : googleId(product),
    service_name: product ?? 'Multiple Products',
    affected_products: incident.services.map(title => ({ title, id: googleId(title), current_title: title })),
    uri: `incidents/${id}`,
    currently_affected_locations: here.map(location),
    previously_affected_locations: [...new Set(once)].map(location),
  }
}

const renderUpdate = (incident: Incident, update: Update) => ({
  created: offset(update.at),
  modified: offset(update.at),
  when: offset(update.at),
  text: `**Summary:** ${incident.title.replaceAll('*', '')}\n\n**Description:** ${update.text}\n`,
  status: update.phase === 'resolved' ? 'AVAILABLE' : statusImpact(update),
  affected_locations: update.regions.map(location),
})

const location = (code: string) => ({ title: regionName('google', code), id: code })

const severityOf = { none: 'low', minor: 'low', major: 'medium', critical: 'high', maintenance: 'low' } as const

const statusImpact = ({ impact }: Pick<Incident, 'impact'>): string =>
  impact === 'critical' ? 'SERVICE_OUTAGE' : impact === 'major' ? 'SERVICE_DISRUPTION' : 'SERVICE_INFORMATION'

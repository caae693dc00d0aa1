import { type Status, statusOfImpact, worst } from '../../../shared/domain/status.ts'
import { oracleId, slugOf } from '../native-ids.ts'
import { jsonOf } from '../page-state.ts'
import { regionName, regionsOf } from '../regions.ts'
import { affected, type Incident, type Rendered, type Update, type World } from '../world.ts'
import { element, escapeXml, gmt } from './notation.ts'

const LINK = 'https://oci.invalid'
/** Services of every region, beside all that were ever affected. */
const usual = ['Compute', 'Object Storage', 'Networking']

/**
 * Oracle's report: every service in every region, with the ids of its incidents. @see
 * https://ocistatus.oraclecloud.com/
 */
export function oracleReport(world: World): Rendered {
  const all = world.incidents.filter(({ on }) => on === 'oracle')
  const open = all.filter(({ endedAt }) => endedAt === null)
  const services = [...new Set([...usual, ...all.flatMap(incident => incident.services)])]
  return jsonOf({
    realm: 'OC1',
    regionHealthReports: regionsOf('oracle').map(code => ({
      regionId: `r-${code}`,
      regionName: regionName('oracle', code),
      regionCanonicalName: code,
      serviceHealthReports: services.map(name => {
        const hits = open.filter(one => servicesOf(one).includes(name) && affected(one).includes(code))
        return {
          serviceId: slugOf(name),
          serviceName: name,
          serviceCategoryName: 'Infrastructure',
          serviceStatus: words[worst(hits.map(statusOf))],
          incidents: hits.map(one => ({ incidentId: oracleId(one.id), severity: words[statusOf(one)] })),
        }
      }),
    })),
  })
}

/** Oracle's incidents as RSS: an item each, which grows and stays. @see https://ocistatus.oraclecloud.com/api/v2/incident-summary.rss */
export function oracleFeed(world: World): Rendered {
  const items = world.incidents.filter(({ on }) => on === 'oracle').sort((a, b) => b.startedAt - a.startedAt)
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0">
  <channel>
    <title>Oracle Cloud Infrastructure Status - Incident History</title>
    <link>${LINK}</link>${items.map(item).join('')}
  </channel>
</rss>
`
  return { body: Buffer.from(xml), contentType: 'application/rss+xml; charset=utf-8' }
}

function item(incident: Incident): string {
  const id = oracleId(incident.id)
  const places = [...new Set(incident.places.map(({ code }) => regionName('oracle', code)))]
  const [place = 'Multiple Regions', ...others] = places
  const [service = 'Networking', ...more] = incident.services
  const title = [more.length > 0 ? 'Multiple Services' : service, others.length > 0 ? 'Multiple Regions' : place]
  return `
    <item>
      ${element('title', [...title, id.slice(-8)].join(' | '))}
      ${element('description', incident.updates.map(paragraph).join(''))}
      ${element('pubDate', gmt(incident.updates[0]?.at ?? incident.startedAt).replace('GMT', 'UTC'))}
      ${element('link', `${LINK}/#/incidents/${id}`)}
      ${element('guid', id)}
    </item>`
}

function paragraph({ at, phase, text }: Update): string {
  const [, day = '', month = '', , time = ''] = gmt(at).split(' ')
  const status = phase.charAt(0).toUpperCase() + phase.slice(1)
  return `<p><small>${month}<var data-var='date'>${day}</var>, <var data-var='time'>${time.slice(0, 5)}</var> UTC</small><br><strong>${status}</strong> - ${escapeXml(text)}</p>`
}

const servicesOf = (incident: Incident): string[] => (incident.services.length > 0 ? incident.services : ['Networking'])
const statusOf = (incident: Incident): Status => statusOfImpact[incident.impact]

const words: Readonly<Record<Status, string>> = {
  unknown: 'NormalPerformance',
  operational: 'NormalPerformance',
  under_maintenance: 'ScheduledMaintenance',
  degraded_performance: 'ServiceDegradation',
  partial_outage: 'ServiceDisruption',
  major_outage: 'ServiceOutage',
}

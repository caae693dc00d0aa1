import { azureGuid } from '../native-ids.ts'
import { regionName } from '../regions.ts'
import { affected, type Incident, type Rendered, type World } from '../world.ts'
import { element, zulu } from './notation.ts'

const LINK = 'https://azurestatussimulated.azurewebsites.net/en-us/status/'
const BUILD_EVERY_MS = 60_000

/**
 * Azure's status feed. It lists only what is open: a resolved item disappears.
 * @see https://azure.status.microsoft/en-us/status/
 */
export function azureRss(world: World, now: number): Rendered {
  const items = world.incidents.filter(incident => incident.on === 'azure' && incident.endedAt === null)
  const xml = `<?xml version="1.0" encoding="utf-8"?>
<rss xmlns:a10="http://www.w3.org/2005/Atom" version="2.0">
  <channel xmlns:dc="http://purl.org/dc/elements/1.1/">
    <title>Azure Status</title>
    <link>${LINK}</link>
    <description>Azure Status</description>
    <language>en-us</language>
    <lastBuildDate>${zulu(now - (now % BUILD_EVERY_MS))}</lastBuildDate>${items.map(item).join('')}
  </channel>
</rss>
`
  return { body: Buffer.from(xml), contentType: 'text/xml; charset=utf-8' }
}

function item(incident: Incident): string {
  return `
    <item>
      ${element('guid', azureGuid(incident), 'isPermaLink="false"')}
      <link>${LINK}</link>${categories(incident)
        .map(category => `\n      ${element('category', category)}`)
        .join('')}
      ${element('title', `${incident.title} `)}
      ${element('description', describe(incident))}
      <pubDate>${zulu(incident.startedAt)}</pubDate>
    </item>`
}

/** Services and regions side by side. An item without services has no category: then only its text names the region. */
const categories = (incident: Incident): string[] =>
  incident.services.length === 0
    ? []
    : [...incident.services, ...affected(incident).map(code => regionName('azure', code))]

function describe(incident: Incident): string {
  const where = affected(incident)
    .filter(code => code !== 'global')
    .map(code => regionName('azure', code))
  const place = where.length === 0 ? '' : ` in ${where.join(' and ')}`
  const what = incident.services.length === 0 ? 'Azure services' : incident.services.join(', ')
  const time = new Date(incident.startedAt).toISOString()
  return `<p><strong>Impact statement:</strong>&nbsp;Starting at ${time.slice(11, 16)} UTC on ${time.slice(0, 10)}, a subset of customers using ${what}${place} may experience issues.</p><p><strong>Current status:</strong>&nbsp;${incident.updates[0]?.text ?? ''}</p><p>We will provide further information as it becomes available.</p>`
}

import { serviceCode } from '../native-ids.ts'
import type { Incident, Place, Rendered, Update, World } from '../world.ts'
import { awsCode, awsEvents } from './aws-events.ts'
import { element, pacific, seconds } from './notation.ts'

const HOME = 'https://status.aws.amazon.com/'
const titlePrefix = [
  'Service is operating normally',
  'Informational message',
  'Performance issues',
  'Service disruption',
]

/**
 * AWS's status as RSS: an item for each update, newest first, `[RESOLVED]` in the title of the last one.
 * @see https://status.aws.amazon.com/rss/all.rss
 */
export function awsRss(world: World, now: number): Rendered {
  const items = awsEvents(world, Number.NEGATIVE_INFINITY)
    .flatMap(({ incident, place, log }) => log.map(update => ({ incident, place, update })))
    .sort((a, b) => b.update.at - a.update.at)
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0">
  <channel>
    <title><![CDATA[Amazon Web Services Service Status]]></title>
    <link>${HOME}</link>
    <language>en-us</language>
    <lastBuildDate>${pacific(items[0]?.update.at ?? now)}</lastBuildDate>
    <generator>AWS Service Health Dashboard RSS Generator</generator>
    <description><![CDATA[Amazon Web Services Service Status]]></description>
    <ttl>5</ttl>${items.map(item).join('')}
  </channel>
</rss>
`
  return { body: Buffer.from(xml), contentType: 'application/rss+xml' }
}

function item({ incident, place, update }: { incident: Incident; place: Place; update: Update }): string {
  const code = awsCode(update)
  // the first services, so that all guids of an event begin alike
  const [only, ...more] = incident.updates.at(-1)?.services ?? []
  const service = only === undefined || more.length > 0 ? 'multipleservices' : serviceCode(only)
  const title = `${titlePrefix[code]}: ${code === 0 ? '[RESOLVED] ' : ''}${incident.title}`
  return `
    <item>
      ${element('title', title)}
      <link>${HOME}</link>
      <pubDate>${pacific(update.at)}</pubDate>
      ${element('guid', `${HOME}#${service}-${place.code}_${seconds(update.at)}`, 'isPermaLink="false"')}
      ${element('description', update.text)}
    </item>`
}

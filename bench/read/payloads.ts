import type { WireFormat } from '../../shared/domain/source.ts'

/** The bytes of one answer, and who reads them. */
export type Payload = { name: string; kind: WireFormat; provider: string; body: Uint8Array }

const DAY = 24 * 3_600_000
const NOW = Date.UTC(2026, 10, 24, 12)
const PROSE =
  'Engineers are looking into higher error rates for some of the requests in West Europe &amp; North Europe. '
const ARTICLE = [
  'The team has spent the spring on making snapshots cheaper &amp; faster, and on telling what they cost before they are taken.',
  'A volume that has not changed since yesterday is no longer copied: only its index is, which takes a second or two.',
  'Customers who keep thirty days of history will see the difference on the next invoice; nobody has to change a setting.',
  'Behind it is a log of written blocks, kept beside the volume and read backwards when somebody asks for an older state.',
  'We shall write about its format, and about the mistakes that we made on the way, in a second part of this series.',
]

/** All that the benchmark reads: small and large feeds, and each status format at a size that no honest source exceeds. */
export const payloads = (): Payload[] => [
  { name: 'full feed, 0.1 MB', kind: 'feed', provider: 'azure', body: feedOf(100_000, fullItem) },
  { name: 'full feed, 5 MB', kind: 'feed', provider: 'azure', body: feedOf(5_000_000, fullItem) },
  { name: 'excerpts, 0.1 MB', kind: 'feed', provider: 'azure', body: feedOf(100_000, excerpt) },
  { name: 'excerpts, 5 MB', kind: 'feed', provider: 'azure', body: feedOf(5_000_000, excerpt) },
  { name: 'azure-rss', kind: 'azure-rss', provider: 'azure', body: feedOf(500_000, excerpt) },
  { name: 'statuspage', kind: 'statuspage', provider: 'digitalocean', body: utf8(statuspage()) },
  { name: 'aws-events, UTF-16', kind: 'aws-events', provider: 'aws', body: utf16(awsEvents()) },
  { name: 'google-incidents', kind: 'google-incidents', provider: 'google', body: utf8(googleIncidents()) },
]

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n))
const instant = (n: number): string => new Date(NOW - n * DAY).toISOString()
const utf8 = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))
const utf16 = (value: unknown): Uint8Array => Buffer.from(`\ufeff${JSON.stringify(value)}`, 'utf16le').swap16()

function feedOf(bytes: number, itemOf: (n: number) => string): Uint8Array {
  const one = itemOf(0).length
  const items = times(Math.ceil(bytes / one), itemOf)
  return Buffer.from(`<rss version="2.0"><channel><title>Cloud news</title>${items.join('\n')}</channel></rss>`)
}

/** What status pages and link lists send: a kilobyte an item, half of it tags. */
function excerpt(n: number): string {
  const words = `<p>${PROSE.repeat(8)}</p><p><a href="https://news.example/${n}">More</a></p>`
  const date = new Date(NOW - n * 60_000).toUTCString()
  return `<item>
    <title>Errors in West Europe, report ${n}</title>
    <link>https://news.example/articles/${n}</link>
    <guid isPermaLink="false">report-${n}</guid>
    <pubDate>${date}</pubDate>
    <category>Storage</category>
    <category>West Europe</category>
    <description><![CDATA[${words}]]></description>
  </item>`
}

/** What most blogs send: a short description, and the whole article beside it, here 5 KB of HTML. */
function fullItem(n: number): string {
  const date = new Date(NOW - n * 60_000).toUTCString()
  const paragraphs = times(8, m => {
    const link = `<a href="https://news.example/articles/${n}/${m}" rel="noopener">${ARTICLE[m % 5]}</a>`
    return `<p class="wp-block-paragraph">${ARTICLE[(m + n) % 5]} ${link} ${ARTICLE[(m + 2) % 5]}</p>`
  })
  const picture = `<img width="1024" height="576" src="https://news.example/pictures/${n}.jpg" alt="">`
  return `<item>
    <title>Snapshots in West Europe: part ${n}</title>
    <link>https://news.example/articles/${n}</link>
    <comments>https://news.example/articles/${n}#comments</comments>
    <dc:creator><![CDATA[Mira Sand]]></dc:creator>
    <pubDate>${date}</pubDate>
    <category><![CDATA[Storage]]></category>
    <category><![CDATA[Announcements]]></category>
    <guid isPermaLink="false">https://news.example/?p=${n}</guid>
    <description><![CDATA[<p>${ARTICLE[n % 5]} [&#8230;]</p>]]></description>
    <content:encoded><![CDATA[<figure>${picture}</figure>${paragraphs.join('\n')}]]></content:encoded>
  </item>`
}

const statuspage = () => ({
  page: { id: 'p' },
  components: times(1000, n => ({ id: `c${n}`, name: `Droplets in AMS${n % 9}`, status: 'operational', group: false })),
  incidents: times(50, n => ({
    id: `i${n}`,
    name: 'Elevated errors in AMS3',
    status: 'investigating',
    impact: 'major',
    created_at: instant(n),
    incident_updates: times(20, m => ({ id: `u${m}`, status: 'investigating', body: PROSE, created_at: instant(n) })),
  })),
})

const awsEvents = () =>
  times(50, n => ({
    arn: `arn:aws:health:eu-west-1::event/EC2/${n}`,
    date: String(Math.floor(NOW / 1000) - n),
    service: 'ec2-eu-west-1',
    status: '2',
    summary: 'Increased error rates',
    event_log: times(20, m => ({ status: '2', message: PROSE, timestamp: Math.floor(NOW / 1000) - m })),
    impacted_services: Object.fromEntries(times(100, m => [`s${m}`, { service_name: `Service ${m}`, current: '2' }])),
  }))

const googleIncidents = () =>
  times(200, n => ({
    id: `g${n}`,
    begin: instant(n),
    end: n < 5 ? '' : instant(n - 1),
    external_desc: `**Errors** in europe-west4, [report](https://status.example/${n})`,
    status_impact: 'SERVICE_DISRUPTION',
    severity: 'medium',
    uri: `incidents/g${n}`,
    affected_products: [{ title: 'Compute' }],
    currently_affected_locations: [{ id: 'europe-west4' }],
    updates: times(20, m => ({ when: instant(n), text: `## Summary\n${PROSE} ${m}`, status: 'SERVICE_DISRUPTION' })),
  }))

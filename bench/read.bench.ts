import RssParser from 'rss-parser'
import type { WireFormat } from '../shared/domain/source.ts'
import { loadCatalogue } from '../shared/regions/catalogue.ts'
import { readers } from '../workers/formats/registry.ts'
import { placeMatcher } from '../workers/places/places.ts'
import { median, rounded, times, warnWhenBusy } from './support/measuring.ts'

/** How fast answers become records, and our feed reader beside the bare rss-parser on the same bytes. */

const DAY_MS = 24 * 3_600_000
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
/** How much is read before anything counts. Workers read for days and with compiled code. */
const WARM_UP_BYTES = 20e6
const ROUNDS = 20

const catalogue = await loadCatalogue(new URL('../shared/regions/', import.meta.url))
const places = placeMatcher(catalogue.regions.values())
const payloads = benchmarkPayloads()
warnWhenBusy()

const mbPerSecond: Record<string, number> = {}
for (const payload of payloads) {
  const seconds = await secondsOf(() => read(payload), warmUpOf(payload))
  mbPerSecond[payload.name] = rounded(payload.body.length / 1e6 / median(seconds), 1)
  console.log(`  ${payload.name.padEnd(20)} ${mbPerSecond[payload.name]?.toFixed(1).padStart(7)} MB/s`)
}

const ratios: Record<string, number> = {}
for (const payload of payloads.filter(({ kind }) => kind === 'feed')) {
  const ratio = rounded(median(await ratiosToRssParser(payload)), 2)
  ratios[payload.name] = ratio
  console.log(`  ${payload.name.padEnd(20)} ${ratio.toFixed(2).padStart(7)} times the speed of rss-parser`)
}
const vsRssParser = Math.min(...Object.values(ratios))
console.log(JSON.stringify({ bench: 'read', mbPerSecond, vsRssParser, ratios }))

async function read({ kind, provider, body }: Payload): Promise<void> {
  const url = 'https://status.example.com/feed'
  const source = { id: 'src', name: 'Source', kind, url, provider, everyMs: 60_000, topics: [] }
  const result = await readers[kind].read({ body, contentType: null }, { source, places, now: NOW })
  if (!result.ok) throw new Error(result.error)
  if (result.value.incidents.length + result.value.articles.length === 0) throw new Error(`${kind}: nothing was read`)
}

/** Our speed divided by that of rss-parser. Both take turns, so other work of the machine affects both. */
async function ratiosToRssParser(payload: Payload): Promise<number[]> {
  const text = Buffer.from(payload.body).toString()
  const ratios: number[] = []
  const warmUp = warmUpOf(payload)
  for (let round = 0; round < warmUp + ROUNDS; round++) {
    const ours = await secondsFor(() => read(payload))
    const theirs = await secondsFor(() => new RssParser().parseString(text))
    if (round >= warmUp) ratios.push(theirs / ours)
  }
  return ratios
}

async function secondsOf(work: () => Promise<unknown>, warmUp: number): Promise<number[]> {
  for (let round = 0; round < warmUp; round++) await work()
  const seconds: number[] = []
  for (let round = 0; round < ROUNDS; round++) seconds.push(await secondsFor(work))
  return seconds
}

async function secondsFor(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1000
}

/** The bytes of one answer, and the kind of their reader. */
type Payload = { name: string; kind: WireFormat; provider: string; body: Uint8Array }

function benchmarkPayloads(): Payload[] {
  return [
    { name: 'full feed, 0.1 MB', kind: 'feed', provider: 'azure', body: feedOf(100_000, fullItem) },
    { name: 'full feed, 5 MB', kind: 'feed', provider: 'azure', body: feedOf(5_000_000, fullItem) },
    { name: 'excerpts, 0.1 MB', kind: 'feed', provider: 'azure', body: feedOf(100_000, excerpt) },
    { name: 'excerpts, 5 MB', kind: 'feed', provider: 'azure', body: feedOf(5_000_000, excerpt) },
    { name: 'azure-rss', kind: 'azure-rss', provider: 'azure', body: feedOf(500_000, excerpt) },
    { name: 'statuspage', kind: 'statuspage', provider: 'digitalocean', body: utf8(statuspage()) },
    { name: 'aws-events, UTF-16', kind: 'aws-events', provider: 'aws', body: utf16(awsEvents()) },
    { name: 'google-incidents', kind: 'google-incidents', provider: 'google', body: utf8(googleIncidents()) },
  ]
}

function instant(n: number): string {
  return new Date(NOW - n * DAY_MS).toISOString()
}

function utf8(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value))
}

function utf16(value: unknown): Uint8Array {
  return Buffer.from(`\ufeff${JSON.stringify(value)}`, 'utf16le').swap16()
}

function warmUpOf({ body }: Payload): number {
  return Math.ceil(WARM_UP_BYTES / body.length)
}

function feedOf(bytes: number, itemOf: (n: number) => string): Uint8Array {
  const one = itemOf(0).length
  const items = times(Math.ceil(bytes / one), itemOf)
  return Buffer.from(`<rss version="2.0"><channel><title>Cloud news</title>${items.join('\n')}</channel></rss>`)
}

/** An item of status pages and link lists: a kilobyte, half of it tags. */
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

/** An item of most blogs: a short description, and the whole article beside it, here 5 KB of HTML. */
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

function statuspage() {
  return {
    page: { id: 'p' },
    components: times(1000, n => ({
      id: `c${n}`,
      name: `Droplets in AMS${n % 9}`,
      status: 'operational',
      group: false,
    })),
    incidents: times(50, n => ({
      id: `i${n}`,
      name: 'Elevated errors in AMS3',
      status: 'investigating',
      impact: 'major',
      created_at: instant(n),
      incident_updates: times(20, m => ({ id: `u${m}`, status: 'investigating', body: PROSE, created_at: instant(n) })),
    })),
  }
}

function awsEvents() {
  return times(50, n => ({
    arn: `arn:aws:health:eu-west-1::event/EC2/${n}`,
    date: String(Math.floor(NOW / 1000) - n),
    service: 'ec2-eu-west-1',
    status: '2',
    summary: 'Increased error rates',
    event_log: times(20, m => ({ status: '2', message: PROSE, timestamp: Math.floor(NOW / 1000) - m })),
    impacted_services: Object.fromEntries(times(100, m => [`s${m}`, { service_name: `Service ${m}`, current: '2' }])),
  }))
}

function googleIncidents() {
  return times(200, n => ({
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
}

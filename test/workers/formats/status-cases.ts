import type { WireFormat } from '../../../shared/domain/source.ts'
import type { ReadIncident } from '../../../workers/formats/reader.ts'
import { readers } from '../../../workers/formats/registry.ts'
import type { PlaceMatcher } from '../../../workers/places/places.ts'

const NOW = Date.parse('2026-11-30T12:00:00Z')

/** What a status source says, and what is right of its first incident; null where the answer must be a failure. */
type StatusCase = { name: string; kind: WireFormat; provider: string; body: string; want: Partial<ReadIncident> | null }

const rss = (...items: string[]): string =>
  `<rss version="2.0"><channel><title>Status</title>${items.join('')}</channel></rss>`
const item = (title: string, at: string, text: string, guid = 'https://status.example.com/#a'): string =>
  `<item><title>${title}</title><guid>${guid}</guid><pubDate>${at}</pubDate><description>${text}</description></item>`

const google = (more: object): string =>
  JSON.stringify([
    {
      id: 'one',
      begin: '2026-11-30T08:00:00Z',
      end: null,
      external_desc: 'Reads are slow',
      status_impact: 'SERVICE_DISRUPTION',
      severity: 'medium',
      updates: [],
      affected_products: [],
      currently_affected_locations: [],
      previously_affected_locations: [],
      ...more,
    },
  ])

const hall = (id: string, name: string, status: string) => ({ id, name, status })
const page = (parts: object[], hit: object[], status = 'identified'): string =>
  JSON.stringify({
    page: { id: 'page' },
    components: parts,
    incidents: [
      {
        id: 'one',
        name: 'Disks are slow',
        status,
        impact: 'major',
        created_at: '2026-11-30T09:00:00Z',
        components: hit,
        incident_updates: [],
      },
    ],
  })

export const statusCases: readonly StatusCase[] = [
  {
    name: 'Google: a closed incident keeps a location that it still lists as current',
    kind: 'google-incidents',
    provider: 'google',
    body: google({ end: '2026-11-30T09:00:00Z', currently_affected_locations: [{ id: 'europe-west4' }] }),
    want: { status: 'resolved', scope: 'regional', regions: ['google/europe-west4'] },
  },
  {
    name: 'Google: an open incident releases a location that is only a previous one',
    kind: 'google-incidents',
    provider: 'google',
    body: google({
      currently_affected_locations: [{ id: 'us-central1' }],
      previously_affected_locations: [{ id: 'us-east1' }],
    }),
    want: { status: 'investigating', regions: ['google/us-central1'] },
  },
  {
    name: 'AWS RSS: the text says that it is over, the title does not',
    kind: 'aws-rss',
    provider: 'aws',
    body: rss(
      item(
        'Informational message: Slow launches',
        'Mon, 30 Nov 2026 02:10:00 PST',
        'Launches were slow for an hour. The issue has been resolved.',
        'http://status.aws.amazon.com/#ec2-eu-central-1_1796033400',
      ),
    ),
    want: { status: 'resolved', regions: ['aws/eu-central-1'] },
  },
  {
    name: 'AWS RSS: some have recovered, so it goes on',
    kind: 'aws-rss',
    provider: 'aws',
    body: rss(
      item(
        'Service is degraded: Slow launches',
        'Mon, 30 Nov 2026 02:10:00 PST',
        'Most launches have recovered. We work on the others.',
        'http://status.aws.amazon.com/#ec2-eu-central-1_1796033400',
      ),
    ),
    want: { resolvedAt: null, regions: ['aws/eu-central-1'] },
  },
  {
    name: 'Statuspage: a page that lists nothing',
    kind: 'statuspage',
    provider: 'acme',
    body: '{"page":{}}',
    want: null,
  },
  {
    name: 'Statuspage: a part that has recovered releases its region',
    kind: 'statuspage',
    provider: 'digitalocean',
    body: page(
      [hall('n', 'Volumes NYC3', 'operational'), hall('t', 'Volumes TOR1', 'partial_outage')],
      [hall('n', 'Volumes NYC3', 'operational'), hall('t', 'Volumes TOR1', 'partial_outage')],
    ),
    want: { regions: ['digitalocean/tor1'] },
  },
  {
    name: 'Statuspage: where all parts have recovered and the incident is open, all stay',
    kind: 'statuspage',
    provider: 'digitalocean',
    body: page(
      [hall('n', 'Volumes NYC3', 'operational'), hall('t', 'Volumes TOR1', 'operational')],
      [hall('n', 'Volumes NYC3', 'operational'), hall('t', 'Volumes TOR1', 'operational')],
      'monitoring',
    ),
    want: { regions: ['digitalocean/nyc3', 'digitalocean/tor1'] },
  },
  {
    name: 'RSS: one guid for down and up is one incident, and over',
    kind: 'rss-status',
    provider: 'acme',
    body: rss(
      item('Mail is down', 'Mon, 30 Nov 2026 10:00:00 GMT', 'Down'),
      item('Mail is up again', 'Mon, 30 Nov 2026 10:20:00 GMT', 'Recovered'),
    ),
    want: { status: 'resolved', startedAt: '2026-11-30T10:00:00.000Z', resolvedAt: '2026-11-30T10:20:00.000Z' },
  },
  {
    name: 'RSS: the same, newest first',
    kind: 'rss-status',
    provider: 'acme',
    body: rss(
      item('Mail is up again', 'Mon, 30 Nov 2026 10:20:00 GMT', 'Recovered'),
      item('Mail is down', 'Mon, 30 Nov 2026 10:00:00 GMT', 'Down'),
    ),
    want: { status: 'resolved', startedAt: '2026-11-30T10:00:00.000Z' },
  },
  {
    name: 'RSS: a maintenance has its window, and is over once that has passed',
    kind: 'rss-status',
    provider: 'acme',
    body: rss(
      item(
        'Work on switches',
        'Sun, 29 Nov 2026 06:00:00 GMT',
        '&lt;strong&gt;THIS IS A SCHEDULED EVENT Nov 29, 02:00 - 06:00 UTC&lt;/strong&gt; We replace switches.',
      ),
    ),
    want: {
      kind: 'maintenance',
      status: 'completed',
      scheduledFor: '2026-11-29T02:00:00.000Z',
      scheduledUntil: '2026-11-29T06:00:00.000Z',
    },
  },
  {
    name: 'RSS: a maintenance ahead is scheduled',
    kind: 'rss-status',
    provider: 'acme',
    body: rss(
      item(
        'Work on switches',
        'Wed, 02 Dec 2026 06:00:00 GMT',
        '&lt;strong&gt;THIS IS A SCHEDULED EVENT Dec 2, 02:00 - 06:00 UTC&lt;/strong&gt; We replace switches.',
      ),
    ),
    want: { status: 'scheduled', scheduledFor: '2026-12-02T02:00:00.000Z' },
  },
  {
    name: 'RSS: a maintenance ahead that was announced days ago is not over',
    kind: 'rss-status',
    provider: 'acme',
    body: rss(
      item(
        'Maintenance of switches',
        'Fri, 27 Nov 2026 06:00:00 GMT',
        'We replace switches on Dec 2, 02:00 - 06:00 UTC.',
      ),
    ),
    want: { kind: 'maintenance', status: 'scheduled', resolvedAt: null },
  },
  {
    name: 'RSS: an end under another guid and the same link',
    kind: 'rss-status',
    provider: 'acme',
    body: rss(
      item('Restored: Object storage', 'Mon, 30 Nov 2026 10:20:00 GMT', 'All is well.', 'two'),
      item('Outage: Object storage', 'Mon, 30 Nov 2026 10:00:00 GMT', 'Reads fail.', 'one'),
    ),
    want: { status: 'resolved', startedAt: '2026-11-30T10:00:00.000Z', resolvedAt: '2026-11-30T10:20:00.000Z' },
  },
  {
    name: 'RSS: an old item that says it is being worked on is not over',
    kind: 'rss-status',
    provider: 'acme',
    body: rss(item('High latency', 'Thu, 26 Nov 2026 10:00:00 GMT', 'We are investigating high latency.')),
    want: { status: 'investigating', resolvedAt: null },
  },
  {
    name: 'Azure: one of two regions has recovered',
    kind: 'azure-rss',
    provider: 'azure',
    body: rss(
      item(
        'Storage - West Europe',
        'Mon, 30 Nov 2026 10:00:00 GMT',
        'North Europe has recovered. We roll back in West Europe.',
      ),
    ),
    want: { status: 'investigating', resolvedAt: null, regions: ['azure/westeurope'] },
  },
  {
    name: 'RSS: items outside the channel are read',
    kind: 'rss-status',
    provider: 'acme',
    body: `<rss version="2.0"><channel><title>S</title></channel>${item('Mail is down', 'Mon, 30 Nov 2026 10:00:00 GMT', 'Down')}</rss>`,
    want: { title: 'Mail is down', resolvedAt: null },
  },
]

/** Reads all cases. @returns how many are right, and the names of the others with what came out */
export async function scoreStatusCases(places: PlaceMatcher): Promise<{ right: number; of: number; wrong: string[] }> {
  const wrong: string[] = []
  for (const { name, kind, provider, body, want } of statusCases) {
    const url = 'https://status.example.com/feed'
    const source = { id: 'src', name: 'Source', kind, url, provider, everyMs: 60_000, topics: [] }
    const answer = { body: new TextEncoder().encode(body), contentType: null }
    const read = await readers[kind].read(answer, { source, places, now: NOW })
    const found = read.ok ? read.value.incidents[0] : null
    const fields = Object.keys(want ?? {})
    const got = found && Object.fromEntries(fields.map(field => [field, Reflect.get(found, field)]))
    if (JSON.stringify(got) !== JSON.stringify(want)) wrong.push(`${name}: ${JSON.stringify(got)}`)
  }
  return { right: statusCases.length - wrong.length, of: statusCases.length, wrong }
}

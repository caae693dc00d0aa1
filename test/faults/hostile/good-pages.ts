import type { SourceKind } from '../../../shared/domain/source.ts'

const AT = '2026-11-20T10:00:00Z'
export const PUB_DATE = '<pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate>'

export const rss = (inside: string): string => `<rss version="2.0"><channel><title>t</title>${inside}</channel></rss>`
export const item = (fields: string): string => `<item>${PUB_DATE}${fields}</item>`
export const article = (title: string, more = ''): string =>
  item(`<title>${title}</title><link>https://news.example/a</link>${more}`)

/** A record as each JSON format writes it. */
export const awsEvent = { arn: 'arn:aws:health:eu-west-1::event/a', date: '1795168800', summary: 'Errors', status: '1' }
export const googleIncident = { id: 'g1', begin: AT, external_desc: 'Errors', updates: [] }
export const pageIncident = { id: 'i1', name: 'Errors', status: 'investigating', created_at: AT }
export const pageComponent = { id: 'c1', name: 'API', status: 'operational' }

export const goodKinds = [
  'statuspage',
  'azure-rss',
  'aws-events',
  'google-incidents',
  'feed',
] as const satisfies SourceKind[]
type GoodKind = (typeof goodKinds)[number]

/** A sound page of each kind, with one record in it. */
export const goodPages: Readonly<Record<GoodKind, string>> = {
  statuspage: JSON.stringify({ page: {}, components: [pageComponent], incidents: [], scheduled_maintenances: [] }),
  'azure-rss': rss(item('<title>Errors</title>')),
  'aws-events': JSON.stringify([awsEvent]),
  'google-incidents': JSON.stringify([googleIncident]),
  feed: rss(article('News')),
}

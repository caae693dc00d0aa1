import type { SourceKind } from '../../shared/domain/source.ts'
import { awsEventsJson } from './formats/aws-events.ts'
import { awsRss } from './formats/aws-rss.ts'
import { azureRss } from './formats/azure-rss.ts'
import { renderFeed } from './formats/feed.ts'
import { googleIncidents } from './formats/google-incidents.ts'
import { oracleFeed, oracleReport } from './formats/oracle.ts'
import { rentedPages } from './own-pages.ts'
import { addressesOf } from './page-endpoints.ts'
import { pages } from './pages.ts'
import { publications } from './publications.ts'
import { AWS_RSS, sourceId } from './source-ids.ts'
import type { FeedFormat, Render } from './world.ts'

/** One address that is served, and the source that it belongs to. */
export type Endpoint = {
  source: string
  kind: SourceKind
  /** What people call it. */
  title: string
  provider: string
  /** What is fetched. */
  path: string
  /** What a sources file names; null for what no source file names. */
  configured: string | null
  topics: readonly string[]
  /** Named in a sources file only where all formats are asked for. */
  rare: boolean
  /** Never a lifetime: the story runs faster than the world does. */
  cacheControl: string | null
  render: Render
}

const status = { topics: [], rare: false }
const feedFormats: readonly FeedFormat[] = ['rss', 'rdf', 'atom', 'json']

const oracle = {
  ...status,
  source: sourceId('oracle'),
  kind: 'oracle-components',
  title: 'Oracle Cloud status',
  provider: 'oracle',
  cacheControl: null,
  rare: true,
} as const

/** Everything that is served in place of a real source. */
export const endpoints: readonly Endpoint[] = [
  {
    ...status,
    source: sourceId('azure'),
    kind: 'azure-rss',
    title: 'Azure status',
    provider: 'azure',
    path: '/azure/en-us/status/feed/',
    configured: '/azure/en-us/status/feed/',
    cacheControl: 'public, max-age=0',
    render: azureRss,
  },
  {
    ...status,
    source: sourceId('aws'),
    kind: 'aws-events',
    title: 'AWS Health',
    provider: 'aws',
    path: '/aws/public/currentevents',
    configured: '/aws/public/currentevents',
    cacheControl: null,
    render: awsEventsJson,
  },
  {
    ...status,
    source: AWS_RSS,
    kind: 'aws-rss',
    title: 'AWS Health',
    provider: 'aws',
    path: '/aws/rss/all.rss',
    configured: null, // the events tell the same, and more of it
    cacheControl: null,
    render: awsRss,
  },
  {
    ...status,
    source: sourceId('google'),
    kind: 'google-incidents',
    title: 'Google Cloud Service Health',
    provider: 'google',
    path: '/google/incidents.json',
    configured: '/google/incidents.json',
    cacheControl: 'public, max-age=0',
    render: googleIncidents,
  },
  {
    ...oracle,
    path: '/oracle/api/v2/components.json',
    configured: '/oracle',
    render: oracleReport,
  },
  { ...oracle, path: '/oracle/api/v2/incident-summary.rss', configured: null, render: oracleFeed },
  ...pages.flatMap(page => {
    const { kind, configured, documents } = addressesOf(page)
    return documents.map(
      (document, at): Endpoint => ({
        ...status,
        ...document,
        source: page.name,
        kind,
        title: page.title,
        provider: page.name,
        configured: at === 0 ? configured : null, // a second document is found by the first one's address
        rare: rentedPages.includes(page),
      }),
    )
  }),
  ...publications().flatMap(({ name, title, format: usual, topics }) =>
    feedFormats.map(
      (format): Endpoint => ({
        source: name,
        kind: 'feed',
        title,
        provider: name,
        path: `/feeds/${name}.${format}`,
        configured: format === usual ? `/feeds/${name}.${format}` : null,
        topics,
        rare: false,
        cacheControl: 'public, max-age=0',
        render: world => {
          const feed = world.feeds.find(candidate => candidate.name === name)
          if (!feed) throw new Error(`the world has no feed '${name}'`)
          return renderFeed(feed, format, world)
        },
      }),
    ),
  ),
]

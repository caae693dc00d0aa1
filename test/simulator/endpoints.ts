import { awsEventsJson } from './formats/aws-events.ts'
import { awsRss } from './formats/aws-rss.ts'
import { azureDevopsHealth } from './formats/azure-devops.ts'
import { azureRss } from './formats/azure-rss.ts'
import { betterstackPage } from './formats/betterstack.ts'
import { cachetIncidents } from './formats/cachet.ts'
import { cstateIndex } from './formats/cstate.ts'
import { renderFeed } from './formats/feed.ts'
import { firehydrantPage } from './formats/firehydrant.ts'
import { gatusStatuses } from './formats/gatus.ts'
import { googleIncidents } from './formats/google-incidents.ts'
import { herokuStatus } from './formats/heroku.ts'
import { instatusSummary } from './formats/instatus.ts'
import { m365Posts } from './formats/m365.ts'
import { oktaPage } from './formats/okta.ts'
import { oracleFeed, oracleReport } from './formats/oracle.ts'
import { pagerdutyEnums, pagerdutyPosts, pagerdutyServices } from './formats/pagerduty.ts'
import { rootlyStatus } from './formats/rootly.ts'
import { trustInstances } from './formats/salesforce-trust.ts'
import { slackCurrent } from './formats/slack.ts'
import { statusHistory } from './formats/status-history.ts'
import { statusioStatus } from './formats/statusio.ts'
import { statuspageComponents, statuspageIncidents, statuspageSummary } from './formats/statuspage.ts'
import { statuspalSummary } from './formats/statuspal.ts'
import { upptimeSummary } from './formats/upptime.ts'
import { kumaHeartbeats, kumaPage } from './formats/uptime-kuma.ts'
import { zendeskIncidents, zendeskServices } from './formats/zendesk.ts'
import { publications } from './new-world.ts'
import { pages } from './pages.ts'
import {
  type Cloud,
  type CloudFormat,
  type FeedFormat,
  type PageFormat,
  type Render,
  type Rendered,
  type StatusPage,
  sourceId,
  type World,
} from './world.ts'

/** One address that is served, and the source that it belongs to. */
export type Endpoint = {
  source: string
  kind: CloudFormat | PageFormat | 'feed'
  /** The source's name for people. */
  title: string
  provider: string
  /** What is fetched. */
  path: string
  /** The path that a sources file names; null where no sources file does. */
  configured: string | null
  topics: readonly string[]
  /** Whether a sources file names it only where all formats are asked for. */
  isRare: boolean
  /** Whether only the world of the demo has it. */
  isOfDemo?: boolean
  /** Never a lifetime: the story runs faster than the world does. */
  cacheControl: string | null
  render: Render
}

const NO_LIFETIME = 'public, max-age=0'

type CloudEndpoint = Pick<Endpoint, 'title' | 'path' | 'configured' | 'render'> & {
  cloud: Cloud
  source?: string
  cacheControl?: string
  isRare?: boolean
}

const oracle = { cloud: 'oracle', title: 'Oracle Cloud status', isRare: true } as const

/** What each format of a cloud is served at. */
const cloudEndpoints: Readonly<Record<CloudFormat, readonly CloudEndpoint[]>> = {
  'azure-rss': [
    {
      cloud: 'azure',
      title: 'Azure status',
      path: '/azure/en-us/status/feed/',
      configured: '/azure/en-us/status/feed/',
      cacheControl: NO_LIFETIME,
      render: azureRss,
    },
  ],
  'aws-events': [
    {
      cloud: 'aws',
      title: 'AWS Health',
      path: '/aws/public/currentevents',
      configured: '/aws/public/currentevents',
      render: awsEventsJson,
    },
  ],
  // Not configured: the events say the same, and more.
  'aws-rss': [
    {
      cloud: 'aws',
      source: 'aws-rss',
      title: 'AWS Health',
      path: '/aws/rss/all.rss',
      configured: null,
      render: awsRss,
    },
  ],
  'google-incidents': [
    {
      cloud: 'google',
      title: 'Google Cloud Service Health',
      path: '/google/incidents.json',
      configured: '/google/incidents.json',
      cacheControl: NO_LIFETIME,
      render: googleIncidents,
    },
  ],
  'oracle-components': [
    { ...oracle, path: '/oracle/api/v2/components.json', configured: '/oracle', render: oracleReport },
    { ...oracle, path: '/oracle/api/v2/incident-summary.rss', configured: null, render: oracleFeed },
  ],
}

type PageRender = (page: StatusPage, world: World, now: number) => Rendered
type Layout = {
  /** The page's path, which a sources file names. */
  base(name: string): string
  /** What is fetched for it, below its path unless `at` says where. */
  documents: readonly {
    below?: string
    at?(name: string): string
    cacheControl?: string
    isOfDemo?: boolean
    render: PageRender
  }[]
}

const under = (folder: string) => (name: string) => `/${folder}/${name}`

/** Where each format of status pages has its documents. */
const pageLayouts: Readonly<Record<PageFormat, Layout>> = {
  statuspage: {
    base: under('statuspage'),
    documents: [
      { below: '/api/v2/summary.json', cacheControl: 'max-age=0, private, must-revalidate', render: statuspageSummary },
      { below: '/api/v2/components.json', render: statuspageComponents },
      { below: '/api/v2/incidents.json', isOfDemo: true, render: statuspageIncidents },
    ],
  },
  instatus: { base: under('instatus'), documents: [{ below: '/v3/summary.json', render: instatusSummary }] },
  statusio: { base: under('statusio/1.0/status'), documents: [{ render: statusioStatus }] },
  betterstack: { base: under('betterstack'), documents: [{ below: '/index.json', render: betterstackPage }] },
  cachet: { base: under('cachet'), documents: [{ below: '/api/v1/incidents', render: cachetIncidents }] },
  'uptime-kuma': {
    base: under('status'),
    documents: [
      { at: under('api/status-page'), render: kumaPage },
      { at: under('api/status-page/heartbeat'), render: kumaHeartbeats },
    ],
  },
  gatus: { base: under('gatus'), documents: [{ below: '/api/v1/endpoints/statuses', render: gatusStatuses }] },
  upptime: { base: under('upptime'), documents: [{ below: '/history/summary.json', render: upptimeSummary }] },
  slack: { base: under('slack'), documents: [{ below: '/api/v2.0.0/current', render: slackCurrent }] },
  heroku: { base: under('heroku'), documents: [{ below: '/api/v4/current-status', render: herokuStatus }] },
  'rss-status': { base: name => `/rss-status/${name}/history.atom`, documents: [{ render: statusHistory }] },
  okta: { base: under('okta'), documents: [{ render: oktaPage }] },
  statuspal: {
    base: under('statuspal/api/v2/status_pages'),
    documents: [{ below: '/summary', render: statuspalSummary }],
  },
  cstate: { base: under('cstate'), documents: [{ below: '/index.json', render: cstateIndex }] },
  rootly: { base: under('rootly'), documents: [{ below: '/api/v1/status.json', render: rootlyStatus }] },
  m365: { base: under('m365/api/posts'), documents: [{ render: m365Posts }] },
  'azure-devops': {
    base: under('azure-devops'),
    documents: [{ below: '/_apis/status/health', render: azureDevopsHealth }],
  },
  'salesforce-trust': {
    base: name => `/salesforce/${name}/products/Sales_Cloud`,
    documents: [{ at: name => `/salesforce/${name}/v1/instances/status/preview`, render: trustInstances }],
  },
  zendesk: {
    base: under('zendesk'),
    documents: [
      { below: '/api/ssp/incidents.json', render: zendeskIncidents },
      { below: '/api/ssp/services.json', render: zendeskServices },
    ],
  },
  pagerduty: {
    base: under('pagerduty'),
    documents: [
      { below: '/api/services', render: pagerdutyServices },
      { below: '/api/posts', render: pagerdutyPosts },
      { below: '/api/post_enums', render: pagerdutyEnums },
    ],
  },
  firehydrant: { base: under('firehydrant'), documents: [{ below: '/data/payload.json', render: firehydrantPage }] },
}

const feedFormats: readonly FeedFormat[] = ['rss', 'rdf', 'atom', 'json']

/** Everything that is served in place of a real source. */
export const endpoints: readonly Endpoint[] = [
  ...Object.entries(cloudEndpoints).flatMap(([kind, served]) =>
    served.map(
      ({ cloud, ...endpoint }): Endpoint => ({
        kind: kind as CloudFormat, // the table has just these keys
        source: sourceId(cloud),
        provider: cloud,
        topics: [],
        cacheControl: null,
        isRare: false,
        ...endpoint,
      }),
    ),
  ),
  ...pages.flatMap(page => {
    const { base, documents } = pageLayouts[page.format]
    return documents.map(
      ({ below = '', at, cacheControl = null, isOfDemo = false, render }, index): Endpoint => ({
        kind: page.format,
        source: page.name,
        title: page.title,
        provider: page.name,
        path: at?.(page.name) ?? base(page.name) + below,
        configured: index === 0 ? base(page.name) : null, // the first document's address leads to the second
        topics: [],
        isRare: page.isRare ?? false,
        isOfDemo,
        cacheControl,
        render: (world, now) => render(page, world, now),
      }),
    )
  }),
  ...publications().flatMap(({ name, title, format: usual, topics }) =>
    feedFormats.map(
      (format): Endpoint => ({
        kind: 'feed',
        source: name,
        title,
        provider: name,
        path: `/feeds/${name}.${format}`,
        configured: format === usual ? `/feeds/${name}.${format}` : null,
        topics,
        isRare: false,
        cacheControl: NO_LIFETIME,
        render: world => {
          const feed = world.feeds.find(candidate => candidate.name === name)
          if (!feed) throw new Error(`the world has no feed '${name}'`)
          return renderFeed(feed, format, world)
        },
      }),
    ),
  ),
]

/** An endpoint of a region that is measured, not read: it answers, or fails as a step says. */
export type ProbedEndpoint = { source: string; title: string; provider: string; region: string; path: string }

export const probedEndpoints: readonly ProbedEndpoint[] = [
  {
    source: 'azure-weu-blob',
    title: 'Blob storage, West Europe',
    provider: 'azure',
    region: 'azure/westeurope',
    path: '/reach/azure-weu-blob',
  },
  {
    source: 'aws-dublin-s3',
    title: 'S3, Ireland',
    provider: 'aws',
    region: 'aws/eu-west-1',
    path: '/reach/aws-dublin-s3',
  },
]

/** Whether a step may name it as a source. */
export const hasSource = (id: string): boolean =>
  endpoints.some(({ source }) => source === id) || probedEndpoints.some(({ source }) => source === id)

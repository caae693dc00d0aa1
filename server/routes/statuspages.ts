import type { Context } from 'koa'
import type { BaseUrl } from '../http/base-url.ts'
import { isMapped } from '../http/mapped-hosts.ts'
import type { Known } from '../live/known-channels.ts'
import { channelPage } from '../outward/channel-name.ts'
import { atom, rss } from '../outward/feed.ts'
import { historyFeed } from '../outward/history-feed.ts'
import { pageSubject } from '../outward/page-subject.ts'
import { type PageDocument, pageDocuments } from '../outward/statuspage.ts'
import {
  framePolicy,
  statusFrameHtml,
  statusFrameScript,
  statuspageHtml,
  statuspagePolicy,
} from '../outward/statuspage-html.ts'
import { statuspageSchemas } from '../outward/statuspage-schema.ts'
import type { SubjectFacts } from '../outward/subject.ts'
import { channelRoute } from './kinds.ts'
import { channelParts } from './outward.ts'
import { throwUnwatched } from './subjects.ts'

export type StatuspageDeps = {
  facts: () => SubjectFacts
  known: Known
  base: BaseUrl
  /** The address by which a request has come, whatever the public one is. */
  reached: BaseUrl
}

const pages = [
  { path: '/statuspage/:provider', what: 'A provider' },
  { path: '/statuspage/stack/:stack', what: 'A stack: what it uses are its components,' },
  { path: '/statuspage/region/:provider/:code', what: 'A region' },
  { path: '/statuspage/service/:provider/:service', what: 'A service' },
  { path: '/statuspage/region/:provider/:code/:service', what: 'A service in a region' },
] as const

const documents: readonly PageDocument[] = [
  'summary.json',
  'status.json',
  'components.json',
  'incidents.json',
  'incidents/unresolved.json',
  'scheduled-maintenances.json',
  'scheduled-maintenances/active.json',
  'scheduled-maintenances/upcoming.json',
]

const documentRoutes = pages.flatMap(({ path, what }) =>
  documents.map(name =>
    channelRoute({
      path: `${path}/api/v2/${name}`,
      summary: `${what} in Atlassian Statuspage's format.`,
      type: statuspageSchemas[name],
      cache: { maxAgeS: 15 },
      handle({ ctx }, deps: StatuspageDeps) {
        const { subject, here, address } = pageAt(ctx, deps)
        return pageDocuments(subject, here, address)[name]
      },
    }),
  ),
)

const histories = [
  { ending: 'atom', type: 'application/atom+xml', write: atom },
  { ending: 'rss', type: 'application/rss+xml', write: rss },
] as const

const historyRoutes = pages.flatMap(({ path, what }) =>
  histories.map(({ ending, type, write }) =>
    channelRoute({
      path: `${path}/history.${ending}`,
      summary: `${what}: its history as a feed, where Statuspage has it.`,
      details: 'An item an incident or a maintenance, with all of its words.',
      type,
      cache: { maxAgeS: 60 },
      handle({ ctx }, deps: StatuspageDeps) {
        const { subject, here, address } = pageAt(ctx, deps)
        const self = isMapped(ctx) ? deps.reached(ctx) + ctx.originalUrl : deps.base(ctx) + ctx.url
        ctx.type = `${type}; charset=utf-8`
        return write(historyFeed(subject, here, address, self))
      },
    }),
  ),
)

const htmlRoutes = pages.map(({ path, what }) =>
  channelRoute({
    path,
    summary: `${what} as a plain page, at the address that the documents name.`,
    type: 'text/html',
    cache: { maxAgeS: 15 },
    handle({ ctx, query: { key } }, deps: StatuspageDeps) {
      const { subject, here, address, parts } = pageAt(ctx, deps)
      ctx.set('Content-Security-Policy', statuspagePolicy)
      return statuspageHtml({
        documents: pageDocuments(subject, here, address),
        app: address.base + channelPage(parts),
        query: keyQuery(key),
        simulated: here.view.settings.simulated,
      })
    },
  }),
)

const frameRoutes = pages.flatMap(({ path, what }) => [
  channelRoute({
    path: `${path}/embed/frame`,
    summary: `${what} as the frame of Statuspage's embed script.`,
    type: 'text/html',
    cache: { maxAgeS: 30 },
    handle({ ctx, query: { key } }, deps: StatuspageDeps) {
      const { subject, here, address } = pageAt(ctx, deps)
      ctx.set('Content-Security-Policy', framePolicy)
      ctx.set('Cross-Origin-Resource-Policy', 'cross-origin')
      return statusFrameHtml({ documents: pageDocuments(subject, here, address), query: keyQuery(key) })
    },
  }),
  channelRoute({
    path: `${path}/embed/script.js`,
    summary: `${what}: the script that shows its frame on any page while something is wrong.`,
    type: 'text/javascript',
    cache: { maxAgeS: 3600 },
    handle({ ctx, query: { key } }, deps: StatuspageDeps) {
      const { address } = pageAt(ctx, deps)
      ctx.set('Cross-Origin-Resource-Policy', 'cross-origin')
      return statusFrameScript(`${address.page}/embed/frame${keyQuery(key)}`)
    },
  }),
])

const keyQuery = (key: string | undefined): string => (key === undefined ? '' : `?key=${encodeURIComponent(key)}`)

/** Any provider, region, service and stack as a status page that existing clients can read. Documents come first. */
export const statuspageRoutes = [...documentRoutes, ...historyRoutes, ...frameRoutes, ...htmlRoutes]

/** The page that a path is of, and where it is: on its own host, or below ours. */
function pageAt(ctx: Context, { facts, known, base, reached }: StatuspageDeps) {
  const [page = ''] = ctx.path
    .slice('/statuspage/'.length)
    .replace(/\/$/, '')
    .split(/\/(?:api\/v2\/|history\.|embed\/)/)
  const parts = channelParts(ctx, page.includes('/') ? page : `provider/${page}`, known)
  const here = facts()
  const subject = pageSubject(parts, here) ?? throwUnwatched(ctx, page)
  const address = { base: base(ctx), page: isMapped(ctx) ? reached(ctx) : `${base(ctx)}/statuspage/${page}` }
  return { subject, parts, here, address }
}

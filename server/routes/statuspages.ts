import type { Context } from 'koa'
import type { BaseUrl } from '../http/base-url.ts'
import { isMapped } from '../http/mapped-hosts.ts'
import type { Known } from '../live/known-channels.ts'
import { channelPage } from '../outward/channel-name.ts'
import { atom, rss } from '../outward/feed.ts'
import { historyFeed } from '../outward/history-feed.ts'
import { pageSubject } from '../outward/page-subject.ts'
import { channelOfStatuspage, type PageDocument, pageDocuments } from '../outward/statuspage.ts'
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

/** What has a status page. */
const pages = [
  '/statuspage/:provider',
  '/statuspage/stack/:stack',
  '/statuspage/region/:provider/:code',
  '/statuspage/service/:provider/:service',
  '/statuspage/region/:provider/:code/:service',
] as const

const documents: Readonly<Record<PageDocument, string>> = {
  'summary.json': 'State, components, and what is open or planned.',
  'status.json': 'The state alone.',
  'components.json': 'The components.',
  'incidents.json': 'The newest 50 incidents.',
  'incidents/unresolved.json': 'Those that are not over.',
  'scheduled-maintenances.json': 'The newest 50 maintenances.',
  'scheduled-maintenances/active.json': 'Those that are going on.',
  'scheduled-maintenances/upcoming.json': 'Those that are to come.',
}

// `Object.entries` forgets that the keys are the documents
const documentRoutes = (Object.entries(documents) as [PageDocument, string][]).flatMap(([name, summary]) =>
  pages.map(page =>
    channelRoute({
      path: `${page}/api/v2/${name}`,
      summary,
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
  { ending: 'atom', name: 'Atom', type: 'application/atom+xml', write: atom },
  { ending: 'rss', name: 'RSS', type: 'application/rss+xml', write: rss },
] as const

const historyRoutes = histories.flatMap(({ ending, name, type, write }) =>
  pages.map(page =>
    channelRoute({
      path: `${page}/history.${ending}`,
      summary: `The history as ${name}: an item an incident or a maintenance, with all of its words.`,
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

const frameRoutes = pages.map(page =>
  channelRoute({
    path: `${page}/embed/frame`,
    summary: 'What is wrong, as a note for the corner of other pages.',
    type: 'text/html',
    cache: { maxAgeS: 30 },
    handle({ ctx, query: { key } }, deps: StatuspageDeps) {
      const { subject, here, address } = pageAt(ctx, deps)
      ctx.set('Content-Security-Policy', framePolicy)
      ctx.set('Cross-Origin-Resource-Policy', 'cross-origin')
      return statusFrameHtml({ documents: pageDocuments(subject, here, address), query: keyQuery(key) })
    },
  }),
)

const scriptRoutes = pages.map(page =>
  channelRoute({
    path: `${page}/embed/script.js`,
    summary: 'The script that shows this note on a page while something is wrong.',
    type: 'text/javascript',
    cache: { maxAgeS: 3600 },
    handle({ ctx, query: { key } }, deps: StatuspageDeps) {
      const { address } = pageAt(ctx, deps)
      ctx.set('Cross-Origin-Resource-Policy', 'cross-origin')
      return statusFrameScript(`${address.page}/embed/frame${keyQuery(key)}`)
    },
  }),
)

const htmlRoutes = pages.map(page =>
  channelRoute({
    path: page,
    summary: 'The same for a browser, without a script.',
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

const keyQuery = (key: string | undefined): string => (key === undefined ? '' : `?key=${encodeURIComponent(key)}`)

/** Any provider, region, service and stack as a status page that existing clients can read. Documents come first. */
export const statuspageRoutes = [...documentRoutes, ...historyRoutes, ...frameRoutes, ...scriptRoutes, ...htmlRoutes]

/** The page that a path is of, and where it is: on its own host, or below ours. */
function pageAt(ctx: Context, { facts, known, base, reached }: StatuspageDeps) {
  const channel = channelOfStatuspage(ctx.path) ?? ''
  const parts = channelParts(ctx, channel, known)
  const here = facts()
  const path = channel.replace(/^provider\//, '')
  const subject = pageSubject(parts, here) ?? throwUnwatched(ctx, path)
  const address = { base: base(ctx), page: isMapped(ctx) ? reached(ctx) : `${base(ctx)}/statuspage/${path}` }
  return { subject, parts, here, address }
}

import type { Context } from 'koa'
import { z } from 'zod'
import { Channel, type CountryOf, parseChannel } from '../../shared/domain/channels.ts'
import { descending } from '../../shared/domain/order.ts'
import { Slug } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'
import type { BaseUrl } from '../http/base-url.ts'
import type { Current } from '../live/current.ts'
import { checkChannels } from '../live/subscriptions.ts'
import { badge } from '../outward/badge.ts'
import { embed, embedPolicy } from '../outward/embed.ts'
import { atom, type Feed, feedOf, jsonFeed, rss } from '../outward/feed.ts'
import { nameOfProvider, providerSummary, regionSummary, type SummaryFacts } from '../outward/status-summary.ts'
import { type PageDocument, statusPage } from '../outward/statuspage.ts'
import { feedKey } from './guard.ts'
import { channelRoute, stateRoute } from './kinds.ts'

export type FeedDeps = {
  current: Current
  catalogue: Catalogue
  countryOf: CountryOf
  base: BaseUrl
  now: () => number
}

const formats: Readonly<Record<string, { type: string; write(feed: Feed): string }>> = {
  rss: { type: 'application/rss+xml; charset=utf-8', write: rss },
  atom: { type: 'application/atom+xml; charset=utf-8', write: atom },
  json: { type: 'application/feed+json; charset=utf-8', write: jsonFeed },
}

export const getFeed = channelRoute({
  path: '/feeds/*file',
  summary: 'A channel as a feed: `<channel>.rss`, `.atom` or `.json`.',
  details: 'RSS 2.0, Atom, JSON Feed 1.1: `/feeds/region/azure/westeurope.atom`.',
  type: 'application/atom+xml',
  cache: { maxAgeS: 60 },
  handle({ ctx }, { current, catalogue, countryOf, base, now }: FeedDeps) {
    const [, channel = '', ending = ''] = /^\/feeds\/(.{1,200})\.([a-z]{3,4})$/.exec(ctx.path) ?? []
    const format = Object.hasOwn(formats, ending) ? formats[ending] : undefined
    if (format === undefined)
      return ctx.throw(404, 'a feed ends in .rss, .atom or .json, such as /feeds/region/azure/westeurope.atom')
    const known = checkChannels([channel], countryOf)
    if (!known.ok) return ctx.throw(404, known.error)
    const parts = parseChannel(channel)
    if (parts.ok && parts.value.kind === 'sources')
      return ctx.throw(404, "'sources' has no feed: GET /api/sources has the health of the sources")
    const self = `${base(ctx)}${ctx.path}`
    const nameOf = (provider: string) => nameOfProvider(provider, { catalogue, view: current.view })
    ctx.type = format.type
    return format.write(feedOf({ view: current.view, channel, countryOf, nameOf, base: base(ctx), self, now: now() }))
  },
})

export const getFeedKey = stateRoute({
  path: '/api/feed-key',
  summary: 'The key to what is told of a channel without a header; null where reading is open.',
  details: "It opens the channel's feed, badge, frame and status page.",
  query: { channel: Channel },
  answer: { channel: Channel, key: z.string().nullable() },
  cache: 'no-store',
  handle: ({ query: { channel } }, { viewToken }: { viewToken: string | undefined }) => ({
    channel,
    key: viewToken === undefined ? null : feedKey(viewToken, channel),
  }),
})

export type BadgeDeps = { facts: () => SummaryFacts; base: BaseUrl; basePath: string }

const cache = { maxAgeS: 30 }

export const getRegionBadge = channelRoute({
  path: '/badge/region/:provider/:code.svg',
  summary: 'A region as a badge.',
  details: 'Its state as a shape, a word and a colour.',
  type: 'image/svg+xml',
  cache,
  handle({ ctx, params }, { facts }: BadgeDeps) {
    const known = facts()
    const region = findRegion(ctx, params, known)
    forAnySite(ctx)
    const { status, services } = regionSummary(region, known)
    return badge(fullName(region, known), status, services)
  },
})

export const getProviderBadge = channelRoute({
  path: '/badge/provider/:provider.svg',
  summary: 'A provider as a badge.',
  details: 'The worst that is known of it; unknown when a part of it is not known.',
  type: 'image/svg+xml',
  cache,
  handle({ ctx, params: { provider } }, { facts }: BadgeDeps) {
    const known = facts()
    const summary = Slug.safeParse(provider).success ? providerSummary(provider, known) : undefined
    if (summary === undefined) return throwUnwatched(ctx, provider)
    forAnySite(ctx)
    return badge(nameOfProvider(provider, known), summary.status)
  },
})

export const getRegionFrame = channelRoute({
  path: '/embed/region/:provider/:code',
  summary: 'A region as a small page for a frame.',
  details: 'For an `iframe` on any site, without a script: state, last incident.',
  type: 'text/html',
  cache,
  handle({ ctx, params, query: { key } }, { facts, base, basePath }: BadgeDeps) {
    const known = facts()
    const region = findRegion(ctx, params, known)
    const [incident] = [...known.view.incidents.values()]
      .filter(({ regions }) => regions.includes(region.id))
      .sort(descending('updatedAt'))
    forAnySite(ctx)
    ctx.set('Content-Security-Policy', embedPolicy)
    return embed({
      name: fullName(region, known),
      summary: regionSummary(region, known),
      incident,
      badge: `${basePath}/badge/region/${region.id}.svg${key === undefined ? '' : `?key=${encodeURIComponent(key)}`}`,
      home: base(ctx),
      simulated: known.view.settings.simulated,
    })
  },
})

function findRegion(ctx: Context, { provider, code }: { provider: string; code: string }, facts: SummaryFacts): Region {
  const id = `${provider}/${code}`
  return (
    facts.catalogue.regions.get(id) ??
    ctx.throw(404, `there is no region '${id.slice(0, 80)}': GET /api/regions lists them`)
  )
}

const throwUnwatched = (ctx: Context, provider: string): never =>
  ctx.throw(
    404,
    `'${provider.slice(0, 64)}' is not watched here: GET /api/sources lists the sources and their providers`,
  )

const fullName = (region: Region, facts: SummaryFacts): string =>
  `${nameOfProvider(region.provider, facts)} ${region.name}`

/** Pages of any site may show this answer. All other answers are for our own pages. */
const forAnySite = (ctx: Context): void => ctx.set('Cross-Origin-Resource-Policy', 'cross-origin')

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

/** Any provider as a status page that existing clients can read. */
export const statuspageRoutes = documents.map(name =>
  channelRoute({
    path: `/statuspage/:provider/api/v2/${name}`,
    summary: "A provider in Atlassian Statuspage's format.",
    type: 'application/json',
    cache: { maxAgeS: 15 },
    handle({ ctx, params: { provider } }, { facts, base }: Pick<BadgeDeps, 'facts' | 'base'>) {
      const page = Slug.safeParse(provider).success ? statusPage(provider, facts(), base(ctx)) : undefined
      if (page === undefined) return throwUnwatched(ctx, provider)
      return page[name]
    },
  }),
)

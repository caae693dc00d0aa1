import { z } from 'zod'
import { Channel, parseChannel } from '../../shared/domain/channels.ts'
import type { ChannelFacts } from '../../shared/domain/snapshot.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'
import type { BaseUrl } from '../http/base-url.ts'
import type { Current } from '../live/current.ts'
import { checkChannels, type Known } from '../live/known-channels.ts'
import { atom, type Feed, feedOf, jsonFeed, rss } from '../outward/feed.ts'
import { nameOfProvider } from '../outward/status-summary.ts'
import { feedKey } from './guard.ts'
import { channelRoute, stateRoute } from './kinds.ts'

export type FeedDeps = {
  current: Current
  catalogue: Catalogue
  channelFacts: ChannelFacts
  known: Known
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
  handle({ ctx }, { current, catalogue, channelFacts, known, base, now }: FeedDeps) {
    const [, channel = '', ending = ''] = /^\/feeds\/(.{1,200})\.([a-z]{3,4})$/.exec(ctx.path) ?? []
    const format = Object.hasOwn(formats, ending) ? formats[ending] : undefined
    if (format === undefined)
      return ctx.throw(404, 'a feed ends in .rss, .atom or .json, such as /feeds/region/azure/westeurope.atom')
    const checked = checkChannels([channel], known)
    if (!checked.ok) return ctx.throw(404, checked.error)
    const parts = parseChannel(channel)
    if (parts.ok && parts.value.kind === 'sources')
      return ctx.throw(404, "'sources' has no feed: GET /api/sources has the health of the sources")
    const self = `${base(ctx)}${ctx.path}`
    const nameOf = (provider: string) => nameOfProvider(provider, { catalogue, view: current.view })
    ctx.type = format.type
    return format.write(
      feedOf({ view: current.view, channel, channelFacts, nameOf, base: base(ctx), self, now: now() }),
    )
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

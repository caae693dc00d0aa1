import type { Context } from 'koa'
import { z } from 'zod'
import { Channel, type ChannelParts, parseChannel } from '../../shared/domain/channels.ts'
import type { ChannelFacts } from '../../shared/domain/snapshot.ts'
import { MAX_CHANNEL_KEYS } from '../../shared/redis/channel-keys.ts'
import type { Access } from '../access/access.ts'
import type { ChannelKeys } from '../access/channel-keys.ts'
import type { BaseUrl } from '../http/base-url.ts'
import { checkChannels, type Known } from '../live/known-channels.ts'
import { channelName, channelPage } from '../outward/channel-name.ts'
import { changedAt } from '../outward/dates.ts'
import { atom, type Feed, feedOf, JsonFeed, jsonFeed, rss } from '../outward/feed.ts'
import { nameOfProvider } from '../outward/status-summary.ts'
import type { SubjectFacts } from '../outward/subject.ts'
import { channelRoute, stateRoute } from './kinds.ts'

export type FeedDeps = { facts: () => SubjectFacts; channelFacts: ChannelFacts; known: Known; base: BaseUrl }

const formats: Readonly<Record<string, { type: string; write(feed: Feed): string }>> = {
  rss: { type: 'application/rss+xml; charset=utf-8', write: rss },
  atom: { type: 'application/atom+xml; charset=utf-8', write: atom },
  json: { type: 'application/feed+json; charset=utf-8', write: jsonFeed },
}

export const getFeed = channelRoute({
  path: '/feeds/*file',
  summary: 'A channel as a feed: `<channel>.rss`, `.atom` or `.json`.',
  details: 'RSS 2.0, Atom, JSON Feed 1.1: `/feeds/region/azure/westeurope.atom`.',
  type: { 'application/rss+xml': null, 'application/atom+xml': null, 'application/feed+json': JsonFeed },
  cache: { maxAgeS: 60 },
  costly: true,
  handle({ ctx, params: { file } }, { facts, channelFacts, known, base }: FeedDeps) {
    const [, channel = '', ending = ''] = /^(.{1,210})\.([a-z]{3,4})$/.exec(file) ?? []
    const format = Object.hasOwn(formats, ending) ? formats[ending] : undefined
    if (format === undefined)
      return ctx.throw(404, 'a feed ends in .rss, .atom or .json, such as /feeds/region/azure/westeurope.atom')
    const parts = channelParts(ctx, channel, known)
    if (parts.kind === 'sources')
      return ctx.throw(404, "'sources' has no feed: GET /api/sources has the health of the sources")
    const here = facts()
    const feed = feedOf({
      view: here.view,
      channel,
      channelFacts,
      nameOf: provider => nameOfProvider(provider, here),
      title: `Nephoscope: ${channelName(parts, here)}`,
      home: base(ctx) + channelPage(parts),
      base: base(ctx),
      self: base(ctx) + ctx.url,
      asOf: changedAt(here.view, here.now),
      now: here.now,
    })
    ctx.type = format.type
    return format.write(feed)
  },
})

/** What a channel in an address is about; 404 in one line where it is none, or names what does not exist. */
export function channelParts(ctx: Context, channel: string, known: Known): ChannelParts {
  const checked = checkChannels([channel], known)
  const parts = checked.ok ? parseChannel(channel) : checked
  return parts.ok ? parts.value : ctx.throw(404, parts.error)
}

export type FeedKeyDeps = {
  access: Pick<Access, 'bearer'>
  viewToken: string | undefined
  channelKeys: Pick<ChannelKeys, 'keyFor'>
  known: Known
}

export const getFeedKey = stateRoute({
  path: '/api/feed-key',
  summary: 'The key to what is told of a channel without a header; null where reading is open.',
  details:
    "It opens the channel's feed, badge, frame and status page, until it is revoked, or the token is over that asked for it.",
  query: { channel: Channel },
  answer: { channel: Channel, key: z.string().nullable() },
  faults: [409, 503],
  cache: 'no-store',
  async handle({ ctx, query: { channel } }, { viewToken, access, channelKeys, known }: FeedKeyDeps) {
    const checked = checkChannels([channel], known)
    if (!checked.ok) return ctx.throw(400, `channel: ${checked.error}`)
    if (viewToken === undefined) return { channel, key: null }
    const bearer = access.bearer(ctx)
    const key = await channelKeys.keyFor(bearer?.by ?? '', channel, bearer?.keysExpireAt)
    return { channel, key: key ?? ctx.throw(409, `there are ${MAX_CHANNEL_KEYS} keys already: revoke some`) }
  },
})

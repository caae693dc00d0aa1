import type Router from '@koa/router'
import { type CountryOf, parseChannel } from '../../shared/domain/channels.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'
import { answerTagged } from '../http/answer.ts'
import { type BaseUrl, KeyQuery, readQuery } from '../http/request.ts'
import type { Current } from '../live/current.ts'
import { checkChannels } from '../live/subscriptions.ts'
import { type Feed, feedOf } from '../outward/feed.ts'
import { atom, jsonFeed, rss } from '../outward/feed-formats.ts'

export type FeedRoutesDeps = {
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

/** How long a reader may keep a feed, in seconds. */
const MAX_AGE = 60

/** `GET /feeds/<channel>.rss`, `.atom`, `.json`: any channel that carries words, as a feed. */
export function feedRoutes(router: Router, deps: FeedRoutesDeps): void {
  const { current, catalogue, countryOf, base, now } = deps
  router.get('/feeds/*file', ctx => {
    readQuery(ctx, KeyQuery)
    const [, channel = '', ending = ''] = /^\/feeds\/(.{1,200})\.([a-z]{3,4})$/.exec(ctx.path) ?? []
    const format = Object.hasOwn(formats, ending) ? formats[ending] : undefined
    if (format === undefined)
      return ctx.throw(404, 'a feed ends in .rss, .atom or .json, such as /feeds/region/azure/westeurope.atom')
    const known = checkChannels([channel], countryOf)
    if (!known.ok) return ctx.throw(404, known.error)
    const parts = parseChannel(channel)
    if (parts.ok && parts.value.kind === 'sources')
      return ctx.throw(404, "'sources' has no feed, for it carries no words: GET /api/sources tells how they do")
    const self = `${base(ctx)}${ctx.path}`
    const nameOf = (provider: string) => catalogue.providers.get(provider)?.name ?? provider
    const feed = feedOf({ view: current.view, channel, countryOf, nameOf, base: base(ctx), self, now: now() })
    answerTagged(ctx, format.type, format.write(feed), MAX_AGE)
  })
}

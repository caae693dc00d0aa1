import type { Article } from '../../shared/domain/article.ts'
import {
  type Channel,
  type CountryOf,
  channelsOfArticle,
  channelsOfIncident,
  channelsOfNotice,
} from '../../shared/domain/channels.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import { isShown, type Notice } from '../../shared/domain/notice.ts'
import { descending, firstOf } from '../../shared/domain/order.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import type { View } from '../../shared/domain/view.ts'

/** A channel as a feed, before it has a format. */
export type Feed = {
  title: string
  /** The page to which it belongs. */
  home: string
  /** Its own address. */
  self: string
  /** Of its newest item. */
  updatedAt: Instant
  /** Newest first. */
  items: FeedItem[]
}

export type FeedItem = {
  /** The same for ever and everywhere. @see https://www.rfc-editor.org/rfc/rfc4151 */
  id: string
  title: string
  url: string
  /** Plain. */
  text: string
  publishedAt: Instant
  updatedAt: Instant
  author: string | null
  image: string | null
  tags: string[]
}

/** Items of one feed. */
const MOST_ITEMS = 100

export type FeedInput = {
  view: Pick<View, 'incidents' | 'articles' | 'notices'>
  channel: Channel
  countryOf: CountryOf
  /** What people call a provider. */
  nameOf(provider: string): string
  /** The server's address, without a slash at its end. */
  base: string
  self: string
  /** ms since the epoch */
  now: number
}

/** What belongs to a channel → its feed: each word on an incident, each article, each notice is one item. Pure. */
export function feedOf(input: FeedInput): Feed {
  const { view, channel, countryOf, base, self, now } = input
  const belongs = (channels: readonly Channel[]) => channels.includes(channel)
  const items = [
    ...[...view.incidents.values()]
      .filter(incident => belongs(channelsOfIncident(incident, countryOf)))
      .flatMap(incident => incidentItems(incident, input)),
    ...[...view.articles.values()].filter(article => belongs(channelsOfArticle(article, countryOf))).map(articleItem),
    ...[...view.notices.values()]
      .filter(notice => belongs(channelsOfNotice) && isShown(notice, now))
      .map(notice => noticeItem(notice, base)),
  ]
  items.sort(firstOf(descending('publishedAt'), descending('id')))
  const newest = items.slice(0, MOST_ITEMS)
  const updatedAt =
    newest
      .map(item => item.updatedAt)
      .sort()
      .at(-1) ?? new Date(0).toISOString()
  return { title: `Nephoscope: ${channel}`, home: `${base}/`, self, updatedAt, items: newest }
}

const tag = (what: string): string => `tag:nephoscope,2026:${what}`

function incidentItems(incident: Incident, { base, nameOf }: FeedInput): FeedItem[] {
  const item = (id: string, at: Instant, status: string, text: string): FeedItem => ({
    id: tag(`incident/${incident.id}/${encodeURIComponent(id.replace(/\p{Surrogate}/gu, '\uFFFD'))}`),
    title: `${nameOf(incident.provider)}: ${incident.title} (${status.replace('_', ' ')})`,
    url: `${base}/incident/${incident.id}`,
    text,
    publishedAt: at,
    updatedAt: at,
    author: nameOf(incident.provider),
    image: null,
    tags: [incident.kind, incident.impact, ...incident.regions],
  })
  const { updates, status, updatedAt } = incident
  if (updates.length === 0) return [item(status, updatedAt, status, facts(incident))]
  return updates.map(update => item(update.id, update.at, update.status, update.text))
}

/** What is known of an incident on which its source has no words. */
const facts = ({ impact, regions, services }: Incident): string =>
  [`Impact: ${impact}.`, list('Regions', regions), list('Services', services)].filter(Boolean).join(' ')

const list = (name: string, words: readonly string[]): string =>
  words.length > 0 ? `${name}: ${words.join(', ')}.` : ''

const articleItem = (article: Article): FeedItem => ({
  id: tag(`article/${article.id}`),
  title: article.title,
  url: article.url,
  text: article.summary,
  publishedAt: article.publishedAt,
  updatedAt: article.updatedAt ?? article.publishedAt,
  author: article.author,
  image: article.image,
  tags: [...article.topics, ...article.providers, ...article.regions],
})

const noticeItem = (notice: Notice, base: string): FeedItem => ({
  id: tag(`notice/${notice.id}`),
  title: `Notice: ${notice.text}`,
  url: `${base}/`,
  text: notice.text,
  publishedAt: notice.from,
  updatedAt: notice.from,
  author: null,
  image: null,
  tags: ['notice', notice.level],
})

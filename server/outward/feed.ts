import { z } from 'zod'
import type { Article } from '../../shared/domain/article.ts'
import type { Channel } from '../../shared/domain/channels.ts'
import { withoutPosts } from '../../shared/domain/coverage.ts'
import { type Incident, isPublic } from '../../shared/domain/incident.ts'
import { type FullEntry, keyOfEntry, withStates } from '../../shared/domain/ledger.ts'
import { isShown, type Notice } from '../../shared/domain/notice.ts'
import { descending, firstOf } from '../../shared/domain/order.ts'
import { Instant } from '../../shared/domain/primitives.ts'
import { type ChannelFacts, isTold } from '../../shared/domain/snapshot.ts'
import type { View } from '../../shared/domain/view.ts'
import { firstDate } from './dates.ts'
import { escapeMarkup, textAsHtml } from './markup.ts'

/** A channel as a feed, before it has a format. */
export type Feed = {
  title: string
  home: string
  /** The address that was asked, key and all. */
  self: string
  /** Of its newest item; without any, of what the server knows. */
  updatedAt: Instant
  /** Newest first. */
  items: FeedItem[]
}

export type FeedItem = {
  /** The same for ever and everywhere. @see https://www.rfc-editor.org/rfc/rfc4151 */
  id: string
  title: string
  url: string
  text: string
  /** The text as markup; absent where it is only the text. */
  html?: string
  publishedAt: Instant
  updatedAt: Instant
  author: string | null
  image: string | null
  tags: string[]
}

const MAX_ITEMS = 100

export type FeedInput = Pick<Feed, 'title' | 'home' | 'self'> & {
  view: Pick<View, 'incidents' | 'articles' | 'notices'>
  channel: Channel
  channelFacts: ChannelFacts
  nameOf(provider: string): string
  base: string
  /** When what the server knows last changed: the date of a feed without items. */
  asOf: Instant
  now: number
}

/** The records of a channel → its feed. Each entry of an incident's ledger, article and notice is one item. Pure. */
export function feedOf(input: FeedInput): Feed {
  const { view, channel, channelFacts, base, now } = input
  const wanted = new Set([channel])
  // private words are for who asks for the stack that they concern, or for themselves
  const isOwn = /^(?:stack|incident)\//.test(channel)
  const items = [
    ...[...view.incidents.values()]
      .filter(incident => isTold('incidents', incident, wanted, channelFacts))
      .filter(incident => isPublic(incident) || isOwn)
      .flatMap(incident => incidentItems(incident, input)),
    ...withoutPosts(view.articles.values(), view.incidents.values())
      .filter(article => isTold('articles', article, wanted, channelFacts))
      .flatMap(articleItem),
    ...[...view.notices.values()]
      .filter(notice => isTold('notices', notice, wanted, channelFacts) && isShown(notice, now))
      .map(notice => noticeItem(notice, base)),
  ]
  return newestFeed(items, input)
}

/** Items, in any order → the newest of them as a feed. */
export function newestFeed(
  items: FeedItem[],
  { title, home, self, asOf }: Pick<FeedInput, 'title' | 'home' | 'self' | 'asOf'>,
): Feed {
  const newest = items.sort(firstOf(descending('publishedAt'), descending('id'))).slice(0, MAX_ITEMS)
  const updatedAt = newest.map(item => item.updatedAt).sort()
  return { title, home, self, updatedAt: updatedAt.at(-1) ?? asOf, items: newest }
}

export const tag = (what: string): string => `tag:nephoscope,2026:${what}`

function incidentItems(incident: Incident, { base, nameOf }: FeedInput): FeedItem[] {
  return withStates(incident.entries, incident).flatMap((entry): FeedItem[] => {
    const { title, status, text, impact, regions } = entry
    const key = encodeURIComponent(keyOfEntry(entry).replace(/\p{Surrogate}/gu, '\uFFFD'))
    const publishedAt = firstDate(entry.saidAt, entry.seenAt, incident.updatedAt)
    if (publishedAt === null) return []
    const item = {
      id: tag(`incident/${incident.id}/${key}`),
      title: `${nameOf(incident.provider)}: ${title} (${status.replace('_', ' ')})`,
      url: `${base}/incident/${incident.id}`,
      text: text || factsOf(entry),
      publishedAt,
      updatedAt: entry.seenAt ?? publishedAt,
      author: nameOf(incident.provider),
      image: null,
      tags: [incident.kind, impact, ...regions],
    }
    return [item]
  })
}

/** What an entry without words says. */
const factsOf = ({ impact, regions, services }: FullEntry): string =>
  [`Impact: ${impact}.`, list('Regions', regions), list('Services', services)].filter(Boolean).join(' ')

const list = (name: string, words: readonly string[]): string =>
  words.length > 0 ? `${name}: ${words.join(', ')}.` : ''

/** Empty for what nobody dated. */
function articleItem({ id, title, url, summary, author, image, ...article }: Article): FeedItem[] {
  const publishedAt = firstDate(article.publishedAt, article.readAt)
  if (publishedAt === null) return []
  const updatedAt = firstDate(article.updatedAt) ?? publishedAt
  const tags = [...article.topics, ...article.providers, ...article.regions]
  return [{ id: tag(`article/${id}`), title, url, text: summary, publishedAt, updatedAt, author, image, tags }]
}

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

/** @see https://www.rfc-editor.org/rfc/rfc4287 */
export const atom = (feed: Feed): string => `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${escapeMarkup(feed.self.replace(/\?.*$/s, ''))}</id>
<title>${escapeMarkup(feed.title)}</title>
<updated>${feed.updatedAt}</updated>
<author><name>Nephoscope</name></author>
<link rel="self" type="application/atom+xml" href="${escapeMarkup(feed.self)}"/>
<link rel="alternate" href="${escapeMarkup(feed.home)}"/>
${feed.items.map(entry).join('\n')}
</feed>
`

const entry = ({ id, title, url, publishedAt, updatedAt, author, tags, ...words }: FeedItem): string =>
  [
    '<entry>',
    `<id>${escapeMarkup(id)}</id>`,
    `<title>${escapeMarkup(title)}</title>`,
    `<link rel="alternate" href="${escapeMarkup(url)}"/>`,
    `<published>${publishedAt}</published>`,
    `<updated>${updatedAt}</updated>`,
    ...(author === null ? [] : [`<author><name>${escapeMarkup(author)}</name></author>`]),
    ...tags.map(tag => `<category term="${escapeMarkup(tag)}"/>`),
    `<content type="html">${escapeMarkup(htmlOf(words))}</content>`,
    '</entry>',
  ].join('\n')

/** RSS 2.0. @see https://www.rssboard.org/rss-specification */
export const rss = (feed: Feed): string => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${escapeMarkup(feed.title)}</title>
<link>${escapeMarkup(feed.home)}</link>
<description>${escapeMarkup(feed.title)}</description>
<atom:link href="${escapeMarkup(feed.self)}" rel="self" type="application/rss+xml"/>
<lastBuildDate>${rfc822(feed.updatedAt)}</lastBuildDate>
<ttl>1</ttl>
${feed.items.map(item).join('\n')}
</channel>
</rss>
`

const item = ({ id, title, url, publishedAt, author, tags, ...words }: FeedItem): string =>
  [
    '<item>',
    `<title>${escapeMarkup(title)}</title>`,
    `<link>${escapeMarkup(url)}</link>`,
    `<guid isPermaLink="false">${escapeMarkup(id)}</guid>`,
    `<pubDate>${rfc822(publishedAt)}</pubDate>`,
    ...(author === null ? [] : [`<dc:creator>${escapeMarkup(author)}</dc:creator>`]),
    ...tags.map(tag => `<category>${escapeMarkup(tag)}</category>`),
    `<description>${escapeMarkup(htmlOf(words))}</description>`,
    '</item>',
  ].join('\n')

/** Both formats carry HTML, so that lines stay lines. Text in it is escaped twice. */
const htmlOf = ({ text, html }: Pick<FeedItem, 'text' | 'html'>): string => html ?? textAsHtml(text)

/** @see https://www.rfc-editor.org/rfc/rfc822#section-5 */
const rfc822 = (instant: string): string => new Date(instant).toUTCString()

/** What of JSON Feed is written. */
export const JsonFeed = z.object({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  title: z.string(),
  home_page_url: z.string(),
  feed_url: z.string(),
  items: z.array(
    z.object({
      id: z.string(),
      url: z.string(),
      title: z.string(),
      content_text: z.string().optional(),
      content_html: z.string().optional(),
      date_published: Instant,
      date_modified: Instant,
      authors: z.array(z.object({ name: z.string() })).optional(),
      image: z.string().optional(),
      tags: z.array(z.string()),
    }),
  ),
})

/** @see https://www.jsonfeed.org/version/1.1/ */
export const jsonFeed = (feed: Feed): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.home,
    feed_url: feed.self,
    items: feed.items.map(item => ({
      id: item.id,
      url: item.url,
      title: item.title,
      ...(item.html === undefined ? { content_text: item.text } : { content_html: item.html }),
      date_published: item.publishedAt,
      date_modified: item.updatedAt,
      ...(item.author === null ? {} : { authors: [{ name: item.author }] }),
      ...(item.image === null ? {} : { image: item.image }),
      tags: item.tags,
    })),
  })

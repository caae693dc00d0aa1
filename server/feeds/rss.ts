import { escapeMarkup, textAsHtml } from '../markup.ts'
import type { Feed, FeedItem } from './feed.ts'

/** RSS 2.0. Its descriptions are HTML, so text is escaped twice. @see https://www.rssboard.org/rss-specification */
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

const item = ({ id, title, url, text, publishedAt, author, tags }: FeedItem): string =>
  [
    '<item>',
    `<title>${escapeMarkup(title)}</title>`,
    `<link>${escapeMarkup(url)}</link>`,
    `<guid isPermaLink="false">${escapeMarkup(id)}</guid>`,
    `<pubDate>${rfc822(publishedAt)}</pubDate>`,
    ...(author === null ? [] : [`<dc:creator>${escapeMarkup(author)}</dc:creator>`]),
    ...tags.map(tag => `<category>${escapeMarkup(tag)}</category>`),
    `<description>${escapeMarkup(textAsHtml(text))}</description>`,
    '</item>',
  ].join('\n')

/** @see https://www.rfc-editor.org/rfc/rfc822#section-5 */
const rfc822 = (instant: string): string => new Date(instant).toUTCString()

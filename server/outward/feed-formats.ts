import type { Feed, FeedItem } from './feed.ts'
import { escapeMarkup, textAsHtml } from './markup.ts'

/** @see https://www.rfc-editor.org/rfc/rfc4287 */
export const atom = (feed: Feed): string => `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${escapeMarkup(feed.self)}</id>
<title>${escapeMarkup(feed.title)}</title>
<updated>${feed.updatedAt}</updated>
<author><name>Nephoscope</name></author>
<link rel="self" type="application/atom+xml" href="${escapeMarkup(feed.self)}"/>
<link rel="alternate" href="${escapeMarkup(feed.home)}"/>
${feed.items.map(entry).join('\n')}
</feed>
`

const entry = ({ id, title, url, text, publishedAt, updatedAt, author, tags }: FeedItem): string =>
  [
    '<entry>',
    `<id>${escapeMarkup(id)}</id>`,
    `<title>${escapeMarkup(title)}</title>`,
    `<link rel="alternate" href="${escapeMarkup(url)}"/>`,
    `<published>${publishedAt}</published>`,
    `<updated>${updatedAt}</updated>`,
    ...(author === null ? [] : [`<author><name>${escapeMarkup(author)}</name></author>`]),
    ...tags.map(tag => `<category term="${escapeMarkup(tag)}"/>`),
    `<content type="text">${escapeMarkup(text)}</content>`,
    '</entry>',
  ].join('\n')

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
      content_text: item.text,
      date_published: item.publishedAt,
      date_modified: item.updatedAt,
      ...(item.author === null ? {} : { authors: [{ name: item.author }] }),
      ...(item.image === null ? {} : { image: item.image }),
      tags: item.tags,
    })),
  })

import type { Article, Feed, FeedFormat, Rendered, World } from '../world.ts'
import { element, escapeXml, gmt, iso } from './notation.ts'

/** A feed shows its newest articles only. */
const SHOWN = 30

/** A publication in one of the four formats of feeds. */
export function renderFeed(feed: Feed, format: FeedFormat, world: World): Rendered {
  const articles = [...feed.articles].sort((a, b) => b.publishedAt - a.publishedAt).slice(0, SHOWN)
  return formats[format](feed, articles, world)
}

type Format = (feed: Feed, articles: Article[], world: Pick<World, 'origin' | 'isDemo'>) => Rendered

/** RSS 2.0, with tracking parameters in its links. @see https://www.rssboard.org/rss-specification */
const rss: Format = (feed, articles, { origin, isDemo }) => {
  const items = articles.map(
    article => `
    <item>
      ${element('title', article.title)}
      ${element('link', `${linkTo(article, origin)}?utm_source=${feed.name}&utm_medium=rss`)}
      ${element('guid', linkTo(article, origin), 'isPermaLink="false"')}
      ${element('pubDate', gmt(article.publishedAt))}
      ${element('dc:creator', byline(feed))}${tags(article, 'category')}
      <description><![CDATA[${html(article)}]]></description>${isDemo ? `\n      <enclosure url="${pictureOf(article, origin)}" type="image/jpeg" length="0"/>` : ''}
    </item>`,
  )
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel>
    ${element('title', feed.title)}
    <link>${origin}/</link>
    ${element('description', feed.about)}
    <language>en</language>
    ${element('lastBuildDate', gmt(changedAt(articles)))}${items.join('')}
  </channel>
</rss>
`
  return { body: Buffer.from(xml), contentType: 'application/rss+xml; charset=utf-8' }
}

/** RSS 1.0, in ISO 8859-1 as was usual. @see https://web.resource.org/rss/1.0/spec */
const rdf: Format = (feed, articles, { origin, isDemo }) => {
  const address = `${origin}/feeds/${feed.name}.rdf`
  const items = articles.map(
    article => `
  <item rdf:about="${linkTo(article, origin)}">
    ${element('title', article.title)}
    ${element('link', linkTo(article, origin))}
    ${element('description', article.summary)}
    ${element('dc:creator', byline(feed))}
    ${element('dc:date', iso(article.publishedAt))}${tags(article, 'dc:subject')}${isDemo ? `\n    <media:thumbnail url="${pictureOf(article, origin)}"/>` : ''}
  </item>`,
  )
  const xml = `<?xml version="1.0" encoding="ISO-8859-1"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
  <channel rdf:about="${address}">
    ${element('title', feed.title)}
    <link>${origin}/</link>
    ${element('description', feed.about)}
    <items><rdf:Seq>${articles.map(one => `<rdf:li rdf:resource="${linkTo(one, origin)}"/>`).join('')}</rdf:Seq></items>
  </channel>${items.join('')}
</rdf:RDF>
`
  const fitting = xml.replace(/[^\0-\xff]/gu, character => `&#${character.codePointAt(0)};`)
  return { body: Buffer.from(fitting, 'latin1'), contentType: 'text/xml; charset=ISO-8859-1' }
}

/** @see https://www.rfc-editor.org/rfc/rfc4287 */
const atom: Format = (feed, articles, { origin, isDemo }) => {
  const address = `${origin}/feeds/${feed.name}.atom`
  const entries = articles.map(
    article => `
  <entry>
    ${element('id', linkTo(article, origin))}
    ${element('title', article.title, 'type="text"')}
    <link rel="alternate" type="text/html" href="${linkTo(article, origin)}"/>
    ${element('published', iso(article.publishedAt))}
    ${element('updated', iso(article.updatedAt ?? article.publishedAt))}
    <author>${element('name', byline(feed))}</author>${article.tags.map(tag => `<category term="${escapeXml(tag)}"/>`).join('')}
    ${element('summary', html(article), 'type="html"')}${isDemo ? `\n    <link rel="enclosure" type="image/jpeg" href="${pictureOf(article, origin)}"/>\n    <media:content medium="image" url="${pictureOf(article, origin)}"/>` : ''}
  </entry>`,
  )
  const xml = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="en">
  <id>${address}</id>
  ${element('title', feed.title)}
  ${element('subtitle', feed.about)}
  <link rel="self" href="${address}"/>
  <link rel="alternate" type="text/html" href="${origin}/"/>
  ${element('updated', iso(changedAt(articles)))}${entries.join('')}
</feed>
`
  return { body: Buffer.from(xml), contentType: 'application/atom+xml; charset=utf-8' }
}

/** @see https://www.jsonfeed.org/version/1.1/ */
const json: Format = (feed, articles, { origin, isDemo }) => {
  const document = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    description: feed.about,
    home_page_url: `${origin}/`,
    feed_url: `${origin}/feeds/${feed.name}.json`,
    language: 'en',
    authors: [{ name: byline(feed) }],
    items: articles.map(article => ({
      id: linkTo(article, origin),
      url: linkTo(article, origin),
      title: article.title,
      summary: article.summary,
      content_html: html(article) + quotation(article),
      ...(isDemo ? { image: pictureOf(article, origin) } : {}),
      date_published: iso(article.publishedAt),
      ...(article.updatedAt === null ? {} : { date_modified: iso(article.updatedAt) }),
      tags: article.tags,
    })),
  }
  return { body: Buffer.from(JSON.stringify(document)), contentType: 'application/feed+json; charset=utf-8' }
}

const formats: Record<FeedFormat, Format> = { rss, rdf, atom, json }

const linkTo = (article: Article, origin: string): string => `${origin}/articles/${article.slug}`
const pictureOf = (article: Article, origin: string): string => `${origin}/pictures/${article.slug}.jpg`
const byline = (feed: Feed): string => `The desk of ${feed.title}`
const html = (article: Article): string => `<p>${escapeXml(article.summary)}</p>`
const quotation = ({ quote }: Article): string =>
  quote
    ? `<blockquote><p>“${escapeXml(quote.text)}”</p><cite>${escapeXml(`${quote.name}, ${quote.role}, ${quote.company}`)}</cite></blockquote>`
    : ''
const tags = (article: Article, name: string): string =>
  article.tags.map(tag => `\n      ${element(name, tag)}`).join('')

const changedAt = (articles: Article[]): number =>
  Math.max(0, ...articles.map(article => article.updatedAt ?? article.publishedAt))

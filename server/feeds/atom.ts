import { escapeMarkup } from '../markup.ts'
import type { Feed, FeedItem } from './feed.ts'

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

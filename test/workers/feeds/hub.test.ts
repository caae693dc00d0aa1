import { describe, expect, test } from 'vitest'
import { hubOf } from '../../../workers/feeds/feed-document.ts'
import { read, readingIn } from '../formats/reading.ts'

const named = { hub: 'https://hub.example.com/', topic: 'https://blog.example.com/feed' }
const DATE = 'Tue, 24 Nov 2026 10:00:00 GMT'
const item = `<item><title>News</title><link>https://blog.example.com/1</link><pubDate>${DATE}</pubDate></item>`
const rss = (links: string) =>
  `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:atom10="http://www.w3.org/2005/Atom"><channel><link>https://blog.example.com/</link>${links}${item}</channel></rss>`

describe('a feed names its hub', () => {
  test.each([
    ['in RSS', rss(`<atom:link rel="hub" href="${named.hub}"/><atom:link rel="self" href="${named.topic}"/>`)],
    [
      'in RSS, under two prefixes',
      rss(`<atom10:link rel="self" href="${named.topic}"/><atom:link rel="HUB" href="${named.hub}"/>`),
    ],
    [
      'in Atom',
      `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="alternate" href="https://blog.example.com/"/><link rel="hub" href="${named.hub}"/><link rel="self" href="${named.topic}"/><entry><title>News</title><id>1</id><link href="https://blog.example.com/1"/><updated>2026-11-24T10:00:00Z</updated></entry></feed>`,
    ],
    [
      'in JSON Feed',
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        feed_url: named.topic,
        hubs: [
          { type: 'rssCloud', url: 'https://other.example.com/' },
          { type: 'WebSub', url: named.hub },
        ],
        items: [{ id: '1', url: 'https://blog.example.com/1', title: 'News', date_published: '2026-11-24T10:00:00Z' }],
      }),
    ],
  ])('%s', async (_, body) => {
    const reading = readingIn(await read('feed', body, { url: named.topic }))
    expect(reading.hub).toEqual(named)
    expect(reading.articles).toHaveLength(1)
  })

  test('and one that names none has none', async () => {
    expect(readingIn(await read('feed', rss(''), { url: named.topic })).hub).toBeUndefined()
  })
})

describe('the Link header', () => {
  const none = { hub: '', self: '' }
  const at = (link: string, document = none) => hubOf(link, document, named.topic)

  test.each([
    `<${named.hub}>; rel="hub", <${named.topic}>; rel="self"`,
    `<${named.topic}>;rel=self,<${named.hub}>;title="x";rel=hub`,
    `<${named.hub}>; rel="hub me", <${named.hub}other>; rel="hub", </feed>; rel="self"`,
  ])('%s names both', link => {
    expect(at(link)).toEqual(named)
  })

  test('comes before what the document says', () => {
    const document = { hub: 'https://other.example.com/', self: 'https://other.example.com/feed' }
    expect(at(`<${named.hub}>; rel="hub", <${named.topic}>; rel="self"`, document)).toEqual(named)
    expect(at(`<https://blog.example.com/2>; rel="next"`, document)?.hub).toBe('https://other.example.com/')
  })

  test.each([
    `<${named.hub}>; rel="hub"`,
    `<${named.topic}>; rel="self"`,
    `<javascript:alert(1)>; rel="hub", <${named.topic}>; rel="self"`,
    '<'.repeat(8_000),
    `<>${'; rel'.repeat(2_000)}`,
  ])('%s names no hub', link => {
    expect(at(link)).toBeNull()
  })
})

import { describe, expect, test } from 'vitest'
import { NOON } from '../../support/builders.ts'
import { read, readingIn, reasonIn } from '../formats/reading.ts'

/** What real feeds do to dates, links, names and bytes, by kind. */

const url = 'https://feeds.example.com/rss'
const readingOf = async (body: string | Uint8Array, more: Parameters<typeof read>[2] = {}) =>
  readingIn(await read('feed', body, { url, ...more }))
const articles = async (body: string | Uint8Array, more: Parameters<typeof read>[2] = {}) =>
  (await readingOf(body, more)).articles
const rss = (items: string, head = '<link>https://h.example/</link>', root = '') =>
  `<rss version="2.0" ${root}><channel>${head}${items}</channel></rss>`
const date = '<pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate>'
const item = (title: string, n: number, more = date) =>
  `<item><title>${title}</title><link>https://h.example/${n}</link>${more}</item>`
const atom = (entries: string, head = '', attributes = '') =>
  `<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}>${head}${entries}</feed>`
const entry = (more: string, attributes = '') =>
  `<entry ${attributes}><id>1</id><title>T</title><link href="https://h.example/1"/><updated>2026-11-23T10:00:00Z</updated>${more}</entry>`

describe('titles', () => {
  test.each([
    ['escaped once in RSS', rss(item('Blocks &lt;script&gt; by default', 1)), 'Blocks <script> by default'],
    ['escaped in CDATA', rss(item('<![CDATA[Using &lt;iframe&gt; safely]]>', 1)), 'Using <iframe> safely'],
    ['generic types', rss(item('Vec&lt;T&gt; is fast', 1)), 'Vec<T> is fast'],
    ['soft hyphens', rss(item('<![CDATA[New da&shy;ta cen&shy;ter]]>', 1)), 'New data center'],
    [
      'Atom text',
      atom(entry('').replace('>T<', ' type="text">Why &lt;b&gt; is &lt;i&gt;bad&lt;/i&gt;<')),
      'Why <b> is <i>bad</i>',
    ],
    ['Atom without a type', atom(entry('').replace('>T<', '>The &lt;em&gt;x&lt;/em&gt; tag<')), 'The <em>x</em> tag'],
    ['Atom HTML', atom(entry('').replace('>T<', ' type="html">&lt;b&gt;Vec&lt;/b&gt;&amp;lt;T&amp;gt;<')), 'Vec<T>'],
    ['Atom XHTML', atom(entry('').replace('>T<', ' type="xhtml"><div>One <b>two</b> &lt;T&gt;</div><')), 'One two <T>'],
  ])('%s', async (_, xml, title) => expect(await articles(xml)).toMatchObject([{ title }]))

  test('a soft hyphen hides no topic', async () =>
    expect((await articles(rss(item('<![CDATA[New da&shy;ta cen&shy;ter]]>', 1))))[0]?.topics).toContain('datacenters'))
})

describe('dates', () => {
  test('without a zone are in UTC', async () =>
    expect(await articles(rss(item('a', 1, '<pubDate>Mon, 23 Nov 2026 10:00:00</pubDate>')))).toMatchObject([
      { publishedAt: '2026-11-23T10:00:00.000Z' },
    ]))

  test('that are missing are those of the reading, in the order of the feed, after dated items', async () => {
    const { note, articles: read } = await readingOf(rss(item('u1', 1, '') + item('u2', 2, '') + item('d', 3)))
    expect(read.map(({ title, publishedAt }) => [title, publishedAt])).toEqual([
      ['d', '2026-11-23T10:00:00.000Z'],
      ['u1', '2026-11-24T12:00:00.000Z'],
      ['u2', '2026-11-24T11:59:59.999Z'],
    ])
    expect(note).toBe('2 of 3 items could not be dated: they have the time of their first reading')
  })

  test('that say nothing are counted as missing', async () =>
    expect((await readingOf(rss(item('a', 1, '<pubDate>whenever</pubDate>')))).note).toContain(
      '1 of 1 items could not be',
    ))

  test('a feed that could be used whole has nothing to note', async () =>
    expect(await readingOf(rss(item('a', 1)))).not.toHaveProperty('note'))

  test('items that lead nowhere or are ahead are counted', async () => {
    const ahead = item('b', 2, '<pubDate>Mon, 21 Dec 2026 10:00:00 GMT</pubDate>')
    const trap = '<item><title>c</title><link>javascript:x</link></item>'
    const { note } = await readingOf(rss(item('a', 1) + ahead + trap))
    expect(note).toContain('1 of 3 items were left out')
    expect(note).toContain('1 of 3 items are dated ahead')
  })
})

describe('links', () => {
  const one = async (xml: string) => (await articles(xml))[0]?.url

  test.each([
    ['the page of the feed', '<guid isPermaLink="false">x1</guid>', 'https://h.example/'],
    ['Atom’s link in RSS', '<atom:link href="https://h.example/a"/>', 'https://h.example/a'],
    ['a guid', '<guid>https://h.example/g</guid>', 'https://h.example/g'],
    ['an enclosure', '<enclosure url="https://h.example/e.mp3" type="audio/mpeg"/>', 'https://h.example/e.mp3'],
    ['a related page', '<atom:link rel="related" href="https://h.example/r"/>', 'https://h.example/r'],
    [
      'the original of a proxy',
      '<link>https://p.example/~r/1</link><feedburner:origLink>https://h.example/o</feedburner:origLink>',
      'https://h.example/o',
    ],
    ['the article and not its comments', '<link>https://h.example/a#comments</link>', 'https://h.example/a'],
    [
      'no session',
      '<link>https://h.example/a;jsessionid=0A1B?id=2&amp;PHPSESSID=77</link>',
      'https://h.example/a?id=2',
    ],
    [
      'no tracking',
      '<link>https://h.example/a?at_medium=RSS&amp;ref=rss&amp;trk=x&amp;id=2</link>',
      'https://h.example/a?id=2',
    ],
    [
      'what else the address says',
      '<link>https://h.example/a?ref=main&amp;sid=26/11/30#part-2</link>',
      'https://h.example/a?ref=main&sid=26/11/30#part-2',
    ],
  ])('to %s', async (_, fields, address) =>
    expect(await one(rss(`<item><title>T</title>${date}${fields}</item>`))).toBe(address),
  )

  test('a feed none of whose items leads anywhere is refused', async () =>
    expect(reasonIn(await read('feed', rss(`<item><title>T</title>${date}</item>`, ''), { url }))).toContain('a link'))

  test.each([
    [
      'rss',
      rss(
        item('T', 1).replace('https://h.example/1', 'a'),
        '<link>https://h.example/</link>',
        'xml:base="https://b.example/x/"',
      ),
      'https://b.example/x/a',
    ],
    [
      'channel',
      rss(item('T', 1).replace('https://h.example/1', 'a')).replace(
        '<channel>',
        '<channel xml:base="https://b.example/c/">',
      ),
      'https://b.example/c/a',
    ],
    [
      'item',
      rss(item('T', 1).replace('https://h.example/1', 'a').replace('<item>', '<item xml:base="https://b.example/i/">')),
      'https://b.example/i/a',
    ],
    [
      'link',
      rss(item('T', 1).replace('<link>https://h.example/1', '<link xml:base="https://b.example/l/">a')),
      'https://b.example/l/a',
    ],
    [
      'Atom link in entry in feed',
      atom(
        entry('', 'xml:base="e/"').replace('href="https://h.example/1"', 'xml:base="l/" href="a"'),
        '',
        'xml:base="https://b.example/f/"',
      ),
      'https://b.example/f/e/l/a',
    ],
  ])('take xml:base from %s', async (_, xml, address) => expect(await one(xml)).toBe(address))

  test('a picture takes the base of its content', async () => {
    const content = '<content type="html" xml:base="https://b.example/c/">&lt;img src="p.png"&gt; words</content>'
    expect((await articles(atom(entry(content))))[0]?.image).toBe('https://b.example/c/p.png')
  })
})

describe('names and words', () => {
  const one = async (xml: string) => (await articles(xml))[0]
  const person = (name: string) => `<author><name>${name}</name></author>`

  test.each([
    ['the feed’s, where the entry names nobody', atom(entry(''), person('House Writer')), 'House Writer'],
    ['the entry’s before the feed’s', atom(entry(person('Ada')), person('House Writer')), 'Ada'],
    ['several', atom(entry(person('Ada') + person('Bo') + person('Ada'))), 'Ada, Bo'],
    [
      'several creators',
      rss(item('T', 1, `${date}<dc:creator>Ada</dc:creator><dc:creator>Bo</dc:creator>`)),
      'Ada, Bo',
    ],
    ['of a podcast', rss(item('T', 1), '<link>https://h.example/</link><itunes:author>Radio</itunes:author>'), 'Radio'],
    ['of an episode', rss(item('T', 1, `${date}<itunes:author>Ida</itunes:author>`)), 'Ida'],
    [
      'of a JSON feed',
      JSON.stringify({
        version: '1.1',
        authors: [{ name: 'A' }, { name: 'B' }],
        items: [{ id: '1', url: 'https://h.example/1', title: 'T' }],
      }),
      'A, B',
    ],
    [
      'of version 1.0',
      JSON.stringify({
        version: '1.0',
        author: { name: 'A' },
        items: [{ id: '1', url: 'https://h.example/1', title: 'T' }],
      }),
      'A',
    ],
  ])('authors: %s', async (_, body, author) => expect(await one(body)).toMatchObject({ author }))

  test.each([
    ['entry', atom(entry('', 'xml:lang="de"'), '', 'xml:lang="en"'), 'de'],
    ['title', atom(entry('').replace('<title>', '<title xml:lang="fr-CA">'), '', 'xml:lang="en"'), 'fr-ca'],
    [
      'item in RSS',
      rss(
        item('T', 1).replace('<item>', '<item xml:lang="ja">'),
        '<link>https://h.example/</link><language>en</language>',
      ),
      'ja',
    ],
    ['feed', atom(entry(''), '', 'xml:lang="en"'), 'en'],
  ])('the language of the %s', async (_, xml, language) => expect(await one(xml)).toMatchObject({ language }))

  test('a video is described by its group', async () => {
    const group =
      '<media:group><media:title>T</media:title><media:thumbnail url="https://i.example/1.jpg"/><media:description>About a region.</media:description></media:group>'
    const video = entry(`<yt:videoId>x</yt:videoId>${person('Channel')}${group}`)
    expect(
      await one(
        atom(video.replace('href="https://h.example/1"', 'rel="alternate" href="https://www.youtube.com/watch?v=x"')),
      ),
    ).toMatchObject({
      summary: 'About a region.',
      image: 'https://i.example/1.jpg',
      author: 'Channel',
      url: 'https://www.youtube.com/watch?v=x',
    })
  })

  test.each([
    ['media:description', '<media:description>Words</media:description>'],
    ['itunes:summary', '<itunes:summary>Words</itunes:summary>'],
    ['itunes:subtitle', '<itunes:subtitle>Words</itunes:subtitle>'],
  ])('%s stands in for a description', async (_, words) =>
    expect(await one(rss(item('T', 1, date + words)))).toMatchObject({ summary: 'Words' }),
  )
})

describe('what stands behind a feed', () => {
  const broken = rss(item('T', 1).replace('</link>', ''))
  test.each([
    ['a comment', '\n<!-- Page generated in 0.231 seconds -->'],
    ['two comments and a line', '<!-- a --><!-- b -->\n\n'],
    ['words', '\n0.23 s'],
    ['a script', '<script>var a = "</p>"</script>'],
    ['an instruction', '<?php echo 1 ?>'],
    ['zero bytes', '\0\0\0'],
    ['the end of a page', '</body></html>'],
  ])('%s hides nothing of it, malformed or not', async (_, behind) => {
    expect(await articles(broken + behind)).toMatchObject([{ title: 'T' }])
    expect(await articles(rss(item('T', 1)) + behind)).toMatchObject([{ title: 'T' }])
  })

  test('a feed whose last words quote the end of one was cut short', async () =>
    expect(
      reasonIn(await read('feed', `${broken.slice(0, -16)}<description><![CDATA[a </rss> b]]></description>`)),
    ).toBeTruthy())
})

describe('one story', () => {
  const ids = async (items: string) => (await articles(rss(items))).map(({ id }) => id)
  const guid = (id: string) => `${date}<guid>${id}</guid>`

  test('one guid on all items tells nothing, their links do', async () =>
    expect(
      new Set(await ids([0, 1, 2].map(n => item(`Post ${n}`, n, guid('https://h.example/changelog'))).join(''))).size,
    ).toBe(3))

  test('one guid and one link on all items tells nothing, their titles do', async () =>
    expect(new Set(await ids(['a', 'b', 'c'].map(title => item(title, 1, guid('x'))).join(''))).size).toBe(3))

  test('one guid on two versions of an item is one story', async () =>
    expect(await ids(item('First', 1, guid('x')) + item('First, corrected', 1, guid('x')))).toHaveLength(1))

  test('one page in several titles without guids is several stories', async () =>
    expect(new Set(await ids(item('Nov 23', 1) + item('Nov 16', 1))).size).toBe(2))

  test('a page and title that come twice with two guids are one story', async () =>
    expect(await ids(item('T', 1, guid('a')) + item('T', 1, guid('b')))).toHaveLength(1))

  test('but not where a week lies between them', async () =>
    expect(await ids(item('T', 1, guid('a')) + item('T', 1, guid('b').replace('23 Nov', '16 Nov')))).toHaveLength(2))

  test.each([
    ['http and https', 'http://h.example/?p=1', 'https://h.example/?p=1'],
    ['a link to the comments', 'https://h.example/?p=1', 'https://h.example/?p=1#comments'],
    ['tracking', 'https://h.example/?p=1', 'https://h.example/?p=1&utm_source=rss'],
    ['a session', 'https://h.example/?p=1', 'https://h.example/?p=1&PHPSESSID=abc'],
  ])('guids differ by %s, and the story is the same', async (_, one, other) =>
    expect(await ids(item('T', 1, guid(one.replaceAll('&', '&amp;'))))).toEqual(
      await ids(item('Another title', 1, guid(other.replaceAll('&', '&amp;')))),
    ),
  )

  test('a guid that is no address keeps every character', async () =>
    expect(await ids(item('T', 1, guid('tag:x,2026:a#comments')))).not.toEqual(
      await ids(item('T', 1, guid('tag:x,2026:a'))),
    ))
})

test('an undated feed keeps its rhythm to what it declares', async () =>
  expect(
    await readingOf(rss(item('a', 1, '') + item('b', 2, '') + item('c', 3, '')), { now: NOON }),
  ).not.toHaveProperty('rhythmMs'))

import { describe, expect, test } from 'vitest'
import { fixture, read, readingIn, reasonIn } from '../formats/reading.ts'

const articles = async (body: string | Uint8Array, more: Parameters<typeof read>[2] = {}) =>
  readingIn(await read('feed', body, { url: 'https://feeds.example.com/rss', topics: ['cloud'], ...more })).articles
const rss = (items: string) => `<rss version="2.0"><channel><link>https://x.test/</link>${items}</channel></rss>`
const item = (more: string) =>
  `<item><title>T</title><link>https://x.test/a</link><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate>${more}</item>`

describe('RSS 2.0', async () => {
  const xml = await fixture('rss2.xml')
  const [one, two, ...more] = await articles(xml)

  test('an article is whole, plain, and at its own address', () =>
    expect(one).toMatchObject({
      title: 'R&D — a new data center électrique',
      url: 'https://news.example.com/blog/one?id=1',
      summary: 'Cooled by rain alone.',
      publishedAt: '2026-11-24T09:00:00.000Z',
      updatedAt: null,
      author: 'Ada Vogel',
      image: 'https://img.example.com/one.jpg',
      topics: ['cloud', 'datacenters', 'sustainability'],
      providers: ['azure'],
      language: 'en-us',
    }))

  test('names the regions of its provider, and a picture from the text', () =>
    expect(two).toMatchObject({ regions: ['azure/westeurope'], image: 'https://news.example.com/blog/pic/two.png' }))

  test('items dated ahead or leading nowhere are left out, one without a date has the time of its reading', () =>
    expect(more).toMatchObject([{ title: 'Nobody knows when', publishedAt: '2026-11-24T12:00:00.000Z' }]))

  test('another build of the same feed is the same reading', async () =>
    expect(await articles(xml.replace('11:59:00', '12:01:00'))).toEqual([one, two, ...more]))
})

test('Atom: the alternate link, XHTML in its order, a bad date that costs nothing', async () => {
  const [first, second] = await articles(await fixture('atom.xml'))
  expect(first).toMatchObject({
    title: 'Wolken lesen',
    url: 'https://atom.example.com/1',
    summary: 'Erst dies, dann das. Ende.',
    publishedAt: '2026-11-24T08:00:00.000Z',
    author: 'Karl',
    topics: ['cloud', 'security'],
    language: 'de-at',
  })
  expect(second).toMatchObject({ summary: 'Nur kurz.', publishedAt: '2026-11-23T09:30:00.000Z', updatedAt: null })
})

test('RSS 1.0 with Dublin Core dates', async () =>
  expect(await articles(await fixture('rss1.xml'))).toMatchObject([
    { title: 'Cable landed', publishedAt: '2026-11-21T22:00:00.000Z', topics: ['cloud', 'networking'] },
  ]))

test('JSON Feed: words without markup, whichever field they come in', async () => {
  const [one, two] = await articles(await fixture('json-feed.json'))
  expect(one).toMatchObject({
    title: 'Use <i>of</i> titles', // JSON Feed's titles are plain text
    url: 'https://json.example.com/one',
    summary: '1 < 2 & 3',
    updatedAt: '2026-11-24T11:00:00.000Z',
    author: 'Ida',
    topics: ['cloud', 'pricing'],
  })
  expect(two).toMatchObject({ title: 'Without a title', summary: 'Without a title' })
})

describe('what feeds do wrong', () => {
  test.each([
    ['undeclared entities', item('<description>caf&eacute;&nbsp;&hellip;</description>'), 'café …'],
    ['lone ampersands', item('<description>R&D & more &bogus;</description>'), 'R&D & more &bogus;'],
    ['markup in the text', item('<description>one <b>two</b> three</description>'), 'one two three'],
    ['entities in CDATA', item('<description><![CDATA[a &amp; b &copy;]]></description>'), 'a & b ©'],
    [
      'HTML that is no XML',
      item('<description>one<br>two <img src=a.png> &copy;<p>three</description>'),
      'one two © three',
    ],
    ['the tags of a feed in CDATA', item('<description><![CDATA[<item>a</item></description>]]></description>'), 'a'],
    ['a comment in the text', item('<description>a<!-- </description> -->b</description>'), 'ab'],
    ['text around CDATA', item('<description>a <![CDATA[<i>b</i>]]> &amp; c</description>'), 'a b & c'],
  ])('%s', async (_, xml, summary) => expect(await articles(rss(xml))).toMatchObject([{ summary }]))

  test('a charset that only HTTP or only the declaration names', async () => {
    const body = Buffer.from(rss(item('<description>caf\xe9</description>')), 'latin1')
    expect(await articles(body, { contentType: 'text/xml; charset=iso-8859-1' })).toMatchObject([{ summary: 'café' }])
    const declared = Buffer.concat([Buffer.from('<?xml version="1.0" encoding="windows-1252"?>'), body])
    expect(await articles(declared)).toMatchObject([{ summary: 'café' }])
  })

  test('blank lines before the declaration', async () =>
    expect(await articles(`\n\n<?xml version="1.0"?>${rss(item(''))}`)).toHaveLength(1))
})

describe('what is barely a feed', () => {
  test.each([
    ['a tag that is never closed', rss(item('<source url="https://y.test">Y'))],
    ['an end without a beginning', rss(item('</font>'))],
    ['ends in the wrong order', rss(item('<a><b>x</a></b>'))],
    ['attributes without quotes', rss(item('<enclosure url=https://x.test/a.png type=image/png>'))],
    ['characters that XML does not know', rss(item('<creator>x\u0001\u000b</creator>'))],
    ['an end that is missing', rss(item('')).replace('</channel>', '')],
  ])('is read with %s', async (_, xml) =>
    expect(await articles(xml)).toMatchObject([{ title: 'T', url: 'https://x.test/a' }]),
  )

  test('is refused with tags that are never closed, without end', async () => {
    const xml = rss(item('<a></b>'.repeat(90_000)))
    expect(reasonIn(await read('feed', xml))).toContain('neither RSS nor Atom')
  })

  test('loses no item by what another has done', async () => {
    const second = item('<guid>2</guid>').replace('<title>T', '<title>T&nbsp;2')
    const xml = rss(item('</font></font></font><description>caf&eacute; <b>x</description>') + second)
    expect((await articles(xml)).map(({ title }) => title)).toEqual(['T', 'T 2'])
  })

  test('is refused where it was cut short', async () =>
    expect(reasonIn(await read('feed', rss(item('')).replace('</channel></rss>', '')))).toContain(
      'neither RSS nor Atom',
    ))

  test('is refused as a status, where what is missing would count as over', async () =>
    expect(reasonIn(await read('azure-rss', rss(item('</font>'))))).toBeTruthy())

  test('is refused by the first reason where nothing is left to read', async () =>
    expect(reasonIn(await read('feed', '<rss version="2.0"><channel></rss>'))).toContain('neither RSS nor Atom'))
})

describe('what feeds of all ages call things', () => {
  const one = async (xml: string) => (await articles(xml))[0]
  const bare = (fields: string) => rss(`<item><link>https://x.test/a</link>${fields}</item>`)

  test('Atom 0.3 has its own names for dates', async () => {
    const feed = (dates: string) =>
      `<feed version="0.3"><entry><title>T</title><link rel="alternate" href="https://x.test/a"/>${dates}</entry></feed>`
    const [issued, modified] = ['<issued>2026-11-20T08:00:00Z</issued>', '<modified>2026-11-21T08:00:00Z</modified>']
    expect(await one(feed(issued + modified))).toMatchObject({
      publishedAt: '2026-11-20T08:00:00.000Z',
      updatedAt: '2026-11-21T08:00:00.000Z',
    })
    expect(await one(feed(modified))).toMatchObject({ publishedAt: '2026-11-21T08:00:00.000Z', updatedAt: null })
  })

  test('Dublin Core has one for everything', async () => {
    const core = '<dc:title>T</dc:title><dc:description>D</dc:description><dc:creator>C</dc:creator>'
    const xml = bare(`${core}<dc:subject>Security</dc:subject><dcterms:created>2026-11-20</dcterms:created>`)
    expect(await one(xml)).toMatchObject({
      title: 'T',
      summary: 'D',
      author: 'C',
      topics: ['cloud', 'security'],
      publishedAt: '2026-11-20T00:00:00.000Z',
    })
  })

  test.each(['Ada Vogel (ada@x.test)', 'ada@x.test (Ada Vogel)', 'Ada Vogel &lt;ada@x.test&gt;'])(
    'the author of %s is the name',
    async author => expect(await one(rss(item(`<author>${author}</author>`)))).toMatchObject({ author: 'Ada Vogel' }),
  )

  test('Base64 is decoded where it is text, and nothing where it is none', async () => {
    const content = (bytes: string | Uint8Array, attributes: string) =>
      rss(item(`<content ${attributes}>${Buffer.from(bytes).toString('base64')}</content>`))
    expect(await one(content('Straße', 'mode="base64"'))).toMatchObject({ summary: 'Straße' })
    expect(await one(content('words', 'type="application/octet-stream"'))).toMatchObject({ summary: 'words' })
    expect(await one(content(Uint8Array.of(0x89, 0x50, 0xff, 0xd8), 'type="image/png"'))).toMatchObject({ summary: '' })
    expect(await one(rss(item('<content type="application/xhtml+xml">words</content>')))).toMatchObject({
      summary: 'words',
    })
  })

  test('a feed that has nothing to say yet is read', async () => {
    expect(await articles('<rss version="2.0"></rss>')).toEqual([])
    expect(await articles('<rdf:RDF xmlns:rdf="r"></rdf:RDF>')).toEqual([])
  })

  test('but not as a status, where no incident would mean that all is well', async () =>
    expect(reasonIn(await read('azure-rss', '<rss version="2.0"></rss>'))).toContain('neither RSS nor Atom'))

  test('JSON Feed may name its version by number', async () => {
    const feed = {
      version: '1.0',
      items: [{ id: '1', url: 'https://x.test/a', title: 'T', date_published: '2026-11-20' }],
    }
    expect(await one(JSON.stringify(feed))).toMatchObject({ title: 'T' })
  })
})

describe('Atom', () => {
  const atom = (attributes: string, entryAttributes: string, link: string) =>
    `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" ${attributes}><link href="https://home.test/"/>
      <entry ${entryAttributes}><id>1</id><title>T</title><updated>2026-11-24T08:00:00Z</updated><link href="${link}"/></entry></feed>`
  const urlOf = async (xml: string) => (await articles(xml))[0]?.url

  test.each([
    ['the feed’s base', 'xml:base="https://base.test/blog/"', '', 'https://base.test/blog/a'],
    ['the entry’s base', '', 'xml:base="https://entry.test/x/"', 'https://entry.test/x/a'],
    [
      'the entry’s base in the feed’s',
      'xml:base="https://base.test/blog/"',
      'xml:base="2026/"',
      'https://base.test/blog/2026/a',
    ],
    ['a base that is itself relative', 'xml:base="/blog/"', '', 'https://feeds.example.com/blog/a'],
    ['its page, where no base is told', '', '', 'https://home.test/a'],
    ['its page, where the base is no address', 'xml:base="javascript:x"', '', 'https://feeds.example.com/a'],
  ])('takes relative links from %s', async (_, onFeed, onEntry, url) =>
    expect(await urlOf(atom(onFeed, onEntry, 'a'))).toBe(url),
  )

  test('may have a prefix on all its tags', async () => {
    const xml = atom('', '', 'https://x.test/1')
      .replaceAll(/<(\/?)(?=[a-z])/g, '<$1at:')
      .replace('xmlns=', 'xmlns:at=')
    expect(xml).toContain('<at:entry')
    expect(await articles(xml)).toMatchObject([{ title: 'T', url: 'https://x.test/1' }])
  })
})

describe('an article is known by', () => {
  const idOf = async (more: string, link = 'https://x.test/a') =>
    (await articles(rss(item(more).replace('https://x.test/a', link))))[0]?.id

  test('its guid, whatever else changes', async () =>
    expect(await idOf('<guid>g</guid>', 'https://x.test/b')).toBe(await idOf('<guid>g</guid>')))

  test('its address without tracking, where it has no guid', async () => {
    expect(await idOf('', 'https://x.test/a?utm_source=x')).toBe(await idOf(''))
    expect(await idOf('')).toMatch(/^src\/[0-9a-f]{20}$/)
  })
})

describe('limits', () => {
  test('of many items the newest are read, in whatever order they stand, and what cannot be dated hides none', async () => {
    const at = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, n)).toUTCString()
    const dated = (n: number, more = '') =>
      `<item><title>${n}</title><link>https://x.test/${n}</link><pubDate>${at(n)}</pubDate>${more}</item>`
    const shuffled = Array.from({ length: 300 }, (_, i) => dated((i * 7) % 300, '<comments>x</comments>'))
    const ahead = `<item><title>ahead</title><link>https://x.test/x</link><pubDate>Tue, 24 Nov 2099 10:00:00 GMT</pubDate></item>`
    const kept = await articles(rss([ahead, ...shuffled, '<item><title>undated</title></item>'].join('')))
    expect(kept.map(({ title }) => Number(title))).toEqual(Array.from({ length: 200 }, (_, i) => 299 - i))
  })

  test('the newest 200 items are kept', async () => {
    const many = Array.from({ length: 500 }, (_, i) => {
      const at = new Date(Date.UTC(2026, 0, 1, 0, i)).toUTCString()
      return `<item><title>${i}</title><link>https://x.test/${i}</link><pubDate>${at}</pubDate></item>`
    })
    const kept = await articles(rss(many.join('')))
    expect(kept).toHaveLength(200)
    expect(kept[0]?.title).toBe('499')
  })

  test.each([
    ['entity declarations', `<!DOCTYPE rss [<!ENTITY a "x">]>${rss(item('&a;'))}`, 'entities'],
    ['an external entity', `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${rss(item('&x;'))}`, 'entities'],
    ['nesting over 100 levels', rss('<a>'.repeat(101)), 'nested'],
    ['more than 8 MB', `${' '.repeat(8 * 1024 * 1024)}${rss('')}`, 'bytes'],
    ['a tag without end', '<rss version="2.0"><channel title="', 'cut short'],
    ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>', 'web page'],
    ['another XML', '<sitemap/>', 'neither RSS nor Atom'],
    ['nothing', '', 'neither RSS nor Atom'],
    ['JSON of another kind', '{"items": 1}', 'no JSON Feed'],
    ['items none of which has words', rss('<item><link>https://x.test/a</link></item>'), 'can be read'],
  ])('refuses %s', async (_, body, reason) => expect(reasonIn(await read('feed', body))).toContain(reason))

  test('a DOCTYPE that declares what HTML knows anyway loses nothing', async () => {
    const entities =
      '<!ENTITY eacute "&#233;"><!ENTITY % HTMLlat1 PUBLIC "-//W3C//ENTITIES Latin 1//EN" "x.ent">%HTMLlat1;'
    const xml = `<!DOCTYPE rss [${entities}]>${rss(item('<description>caf&eacute;</description>'))}`
    expect(await articles(xml)).toMatchObject([{ summary: 'café' }])
  })

  test('the last bracket of a feed may be missing', async () =>
    expect(await articles(rss(item('')).slice(0, -1))).toHaveLength(1))

  test('a harmless DOCTYPE is read', async () =>
    expect(await articles(`<!DOCTYPE rss PUBLIC "-//X//DTD" "http://x.test/rss.dtd">${rss(item(''))}`)).toHaveLength(1))
})

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how addresses refer to the environment
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { feedLines, type OpmlFeed, parseOpml, writeOpml } from '../../../workers/config/opml.ts'
import { parseSources } from '../../../workers/config/source-config.ts'

const opml = (body: string) =>
  `<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body>${body}</body></opml>`

function feedsIn(text: string): OpmlFeed[] {
  const feeds = parseOpml(text)
  if (!feeds.ok) throw new Error(feeds.error)
  return feeds.value
}
const reasonOf = (text: string) => {
  const feeds = parseOpml(text)
  return feeds.ok ? '' : feeds.error
}

/** The feeds of a sources file made of these lines. */
function watched(lines: string[]) {
  const file = parseSources(`feeds:\n${lines.join('\n')}\n`, 'lines')
  if (!file.ok) throw new Error(file.error)
  return file.value.sources.map(({ id, name, url, topics }) => ({ id, name, url, topics }))
}

describe('OPML of a feed reader', () => {
  test('is its feeds, once each, with their folders as topics', () =>
    expect(
      feedsIn(
        opml(`<outline text="Cloud &amp; Ops"><outline text="Deep"><outline type="rss" text="A" xmlUrl="https://a.test/?x=1&amp;y=2"/></outline>
          <OUTLINE title="B" XMLURL="https://b.test/" /></outline><outline text="Again" xmlUrl="https://b.test/"/><outline xmlUrl="https://c.test/"/>`),
      ),
    ).toEqual([
      { name: 'A', url: 'https://a.test/?x=1&y=2', topics: ['cloud-ops', 'deep'] },
      { name: 'B', url: 'https://b.test/', topics: ['cloud-ops'] },
      { name: '', url: 'https://c.test/', topics: [] },
    ]))

  test.each([
    ['<html><body>Sign in</body></html>', 'is no OPML'],
    ['', 'is no OPML'],
    [opml('<outline text="x">'.repeat(60)), 'nested over 50 levels deep'],
    [' '.repeat(4_000_001), 'longer than 4000000 characters'],
  ])('is refused when it is none', (text, reason) => expect(reasonOf(text)).toContain(reason))
})

describe('lines for the sources file', () => {
  test('are read back as they were meant, each under an id of its own', () => {
    const feeds = [
      { name: 'Überblick: "News", {all}', url: 'https://a.test/feed', topics: ['cloud'] },
      { name: 'true', url: 'https://b.test/feed', topics: ['null'] },
      { name: 'true', url: 'https://c.test/feed', topics: [] },
      { name: '', url: 'https://www.d.test/feed', topics: [] },
    ]
    const { lines, leftOut } = feedLines(feeds, [{ id: 'www-d-test', url: 'https://other.test' }])
    expect(leftOut).toEqual([])
    expect(watched(lines)).toEqual([
      { id: 'uberblick-news-all', ...feeds[0] },
      { id: 'true', ...feeds[1] },
      { id: 'true-2', ...feeds[2] },
      { ...feeds[3], id: 'www-d-test-2', name: 'Www D Test-2' },
    ])
  })

  test('leave out what is watched already, and what cannot be', () => {
    const urls = ['https://known.test/', 'ftp://a.test/', 'https://me:pw@a.test/', 'https://', 'https://x.test/${HOME}']
    const feeds = urls.map(url => ({ name: 'x', url, topics: [] }))
    expect(feedLines(feeds, [{ id: 'k', url: 'https://known.test/' }])).toEqual({ lines: [], leftOut: urls })
  })

  test('are valid whatever the feeds are called', () =>
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 100 }), { maxLength: 8 }), names => {
        const feeds = names.map((name, n) => ({ name: name.trim(), url: `https://f${n}.test/`, topics: [] }))
        const { lines } = feedLines(feeds, [])
        if (lines.length > 0) expect(watched(lines).map(({ url }) => url)).toEqual(feeds.map(({ url }) => url))
      }),
    ))
})

test('what is written is read back', () => {
  const feeds = [
    { name: 'R&D <"quoted">', url: 'https://a.test/?x=1&y=2', topics: [] },
    { name: 'B', url: 'https://b.test/${SOURCE_B_KEY}', topics: [] },
  ]
  const text = writeOpml(feeds, new Date(Date.UTC(2026, 10, 24, 12)))
  expect(feedsIn(text)).toEqual(feeds)
  expect(text).toContain('<dateCreated>Tue, 24 Nov 2026 12:00:00 GMT</dateCreated>')
  expect(writeOpml([{ name: 'A', url: 'https://a.test/', topics: ['cloud', 'ships'] }], new Date(0))).toContain(
    'category="cloud,ships"',
  )
})

import { expect, test } from 'vitest'
import { readRss } from '../../../workers/feeds/rss.ts'
import type { Answer } from '../../../workers/formats/answer.ts'

const answer = (item: string): Answer => ({
  body: Buffer.from(`<rss version="2.0"><channel><title>News</title>${item}</channel></rss>`),
  contentType: null,
})

/** Each pair: as most feeds write it, and as only the strict parser reads it. */
test.each([
  ['a text', '<category>Storage &amp; more</category>', "<category x=''>Storage &amp; more</category>"],
  ['CDATA', '<category><![CDATA[a < b &amp; c]]></category>', '<category>a &lt; b &amp;amp; c<!-- --></category>'],
  ['attributes', '<guid isPermaLink="false">one</guid>', "<guid isPermaLink='false'>one</guid>"],
  ['an attribute twice', '<link href="/a" rel="alternate" rel="x"/>', "<link href='/a' rel='alternate' rel='x'/>"],
  ['a blank', '<link> </link><link>/a</link>', "<link x=''> </link><link>/a</link>"],
  [
    'several of one name',
    '<category>a</category><category>b</category><category term="c"/>',
    "<category x=''>a</category><category>b</category><category term='c'/>",
  ],
  [
    'both ways in turn',
    "<category>a</category><category term='b'/><category>c</category>",
    "<category term='a'/><category>b</category><category>c</category>",
  ],
])('%s of an item is read the same with and without the strict parser', async (_, plain, strict) => {
  const item = (own: string) => `<item><title>One</title>${own}<pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate></item>`
  const [one, other] = await Promise.all([plain, strict].map(own => readRss(answer(item(own)))))
  expect(one?.ok).toBe(true)
  expect(one).toEqual(other)
})

test.each([
  ['<guid isPermaLink="false"x="1">one</guid>'],
  ['<guid isPermaLink=false>one</guid>'],
  ['<category>a</category x>'],
  ['<category>a</title>'],
])('what a strict parser refuses in an item is refused: %s', async own => {
  expect((await readRss(answer(`<item><title>One</title>${own}</item>`))).ok).toBe(false)
})

test('an item that names the place of another one keeps its own words', async () => {
  const forged = '<leaves>1<b/></leaves>'
  const items = [1, 2].map(n => `<item><title>Item ${n}</title>${forged}<link>/${n}</link></item>`)
  const feed = await readRss(answer(items.join('')))
  expect(feed.ok && feed.value.entries.map(({ title, link }) => [title, link])).toEqual([
    ['Item 1', '/1'],
    ['Item 2', '/2'],
  ])
})

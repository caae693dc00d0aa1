import Parser from 'rss-parser'
import { beforeEach, describe, expect, it } from 'vitest'
import { renderFeed } from './formats/feed.ts'
import { START, scriptedWorld } from './scripted-world.ts'
import type { StepInput } from './step.ts'
import type { FeedFormat, Rendered, World } from './world.ts'

let world: World
let apply: (...steps: StepInput[]) => number
beforeEach(() => {
  ;({ world, apply } = scriptedWorld())
})

describe('a feed', () => {
  const article: StepInput = {
    do: 'publish',
    feed: 'the-rack',
    title: 'Power & “cooling” <today>',
    summary: 'Six Ångström – or 7 < 8.',
    tags: ['power', 'R&D'],
  }
  const render = (format: FeedFormat): Rendered => {
    const feed = world.feeds.find(candidate => candidate.name === 'the-rack')
    if (!feed) throw new Error('no feed the-rack')
    return renderFeed(feed, format, world)
  }
  const link = 'http://127.0.0.1:4100/articles/power-cooling-today'

  it.each([
    ['rss', 'application/rss+xml; charset=utf-8', 'utf8'],
    ['rdf', 'text/xml; charset=ISO-8859-1', 'latin1'],
    ['atom', 'application/atom+xml; charset=utf-8', 'utf8'],
  ] as const)('says the same as %s', async (format, contentType, charset) => {
    apply(article)
    const rendered = render(format)
    expect(rendered.contentType).toBe(contentType)
    const feed = await new Parser().parseString(rendered.body.toString(charset))
    expect(feed.title).toBe('The Rack')
    expect(feed.items).toHaveLength(1)
    expect(feed.items[0]?.title).toBe('Power & “cooling” <today>')
    expect(feed.items[0]?.link?.replace(/\?.*/, '')).toBe(link)
    expect(feed.items[0]?.isoDate ?? feed.items[0]?.['dc:date']).toBe(new Date(START).toISOString())
    expect(`${feed.items[0]?.summary ?? feed.items[0]?.content}`).toContain('Six Ångström – or 7')
  })

  it('says the same as JSON Feed, and when it was amended', () => {
    apply(article, { ...article, summary: 'Seven.' })
    const { version, items } = JSON.parse(render('json').body.toString())
    expect(version).toBe('https://jsonfeed.org/version/1.1')
    expect(items).toEqual([
      expect.objectContaining({ url: link, summary: 'Seven.', date_modified: '2026-11-24T10:01:00.000Z' }),
    ])
  })

  it('shows its newest thirty articles', () => {
    for (let count = 1; count <= 31; count += 1) apply({ ...article, title: `Article ${count}` })
    const titles = JSON.parse(render('json').body.toString()).items.map((item: { title: string }) => item.title)
    expect([titles.length, titles[0], titles.at(-1)]).toEqual([30, 'Article 31', 'Article 2'])
  })
})

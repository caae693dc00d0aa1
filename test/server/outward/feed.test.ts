import Parser from 'rss-parser'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { currentState } from '../../../server/live/current.ts'
import { atom, type Feed, feedOf, jsonFeed, rss } from '../../../server/outward/feed.ts'
import { emptyView } from '../../../shared/domain/view.ts'
import { article, entry, incident, minutesAgo, NOON } from '../../support/builders.ts'
import { namesOf } from '../../support/names.ts'
import { read, readingIn } from '../../workers/formats/reading.ts'

const hostile = `<script>alert("1")</script> & ]]> ' \u0007 \ud800`
const told = incident('azure-status/a', {
  title: hostile,
  entries: [
    entry(2, 3, { update: 'two words', status: 'identified', text: 'Found: <b>a switch</b>' }),
    entry(1, 9, { update: 'one', text: 'Looking\ninto it' }),
  ],
})
const news = article('blog/n', {
  title: 'Out & about',
  summary: hostile,
  url: 'https://news.example.com/a?b=1&c=2',
  author: 'A <b>',
  regions: ['azure/westeurope'],
})
const notice = { id: '0'.repeat(26), text: 'Drill at two', level: 'info' as const, from: minutesAgo(1), until: null }

const undated = incident('azure-status/undated', {
  regions: ['azure/uksouth'],
  entries: [entry(1, 5, { update: 'u', text: 'A', seenAt: null, saidAt: null })],
})
const EPOCH = '1970-01-01T00:00:00.000Z'
const ofAnUnsetClock = article('blog/old', { publishedAt: EPOCH, readAt: minutesAgo(7), regions: ['azure/uksouth'] })
const ofNoDate = article('blog/none', { publishedAt: EPOCH, regions: ['azure/uksouth'] })

const silent = incident('azure-status/silent', {
  regions: ['azure/northeurope'],
  entries: [entry(1, 5, { update: null, text: '' })],
})

function feed(channel: string, now = NOON): Feed {
  const view = emptyView()
  for (const one of [told, silent, undated]) view.incidents.set(one.id, one)
  for (const one of [news, ofAnUnsetClock, ofNoDate]) view.articles.set(one.id, one)
  view.notices.set(notice.id, notice)
  const base = 'https://status.example.com'
  const self = `${base}/feeds/${channel}.atom?key=a&b`
  const { channelFacts } = namesOf(currentState(), { countryOf: () => 'NL' })
  const frame = { title: `About ${channel}`, home: `${base}/`, base, self, asOf: minutesAgo(2) }
  return feedOf({ ...frame, view, channel, channelFacts, nameOf: name => name.toUpperCase(), now })
}

describe('a feed', () => {
  test('holds each word on an incident, and the articles, newest first, of its channel and no other', () => {
    expect(feed('region/azure/westeurope').items.map(({ id, url }) => [id, url])).toEqual([
      ['tag:nephoscope,2026:incident/azure-status/a/two%20words', 'https://status.example.com/incident/azure-status/a'],
      ['tag:nephoscope,2026:incident/azure-status/a/one', 'https://status.example.com/incident/azure-status/a'],
      ['tag:nephoscope,2026:article/blog/n', news.url],
    ])
    expect(feed('topic/nothing').items).toEqual([])
  })

  test('tells the facts where a source has no words', () => {
    const item = feed('region/azure/northeurope').items.find(({ id }) => id.includes('silent'))
    expect(item).toMatchObject({
      title: 'AZURE: Connectivity issues (investigating)',
      text: 'Impact: minor. Regions: azure/northeurope.',
    })
  })

  test('holds a notice while it is up', () => {
    expect(feed('notices').items.map(({ text }) => text)).toEqual(['Drill at two'])
    expect(feed('notices', NOON - 600_000).items).toEqual([])
  })
})

describe.each([
  ['RSS', rss],
  ['Atom', atom],
  ['JSON Feed', jsonFeed],
])('as %s', (_, write) => {
  test('it is read again as what it was, hostile text included', async () => {
    const { articles } = readingIn(await read('feed', write(feed('region/azure/westeurope'))))
    expect(articles.map(({ title, url, publishedAt }) => [title.slice(0, 12), url, publishedAt])).toEqual([
      ['AZURE: & ]]>', 'https://status.example.com/incident/azure-status/a', minutesAgo(3)],
      ['AZURE: & ]]>', 'https://status.example.com/incident/azure-status/a', minutesAgo(9)],
      ['Out & about', news.url, news.publishedAt],
    ])
  })

  test('an empty one is a feed too', async () => {
    expect(readingIn(await read('feed', write(feed('topic/nothing')))).articles).toEqual([])
  })
})

test.each([
  ['RSS', rss],
  ['Atom', atom],
])('no text becomes markup in %s', (_, write) => {
  const text = write(feed('all'))
  expect(text).not.toMatch(/<script|<b>/)
  expect(text).not.toContain('\u0007')
})

test('nothing is dated 1970: an item has the time of its reading, or is left out, and an empty feed that of the data', () => {
  expect(feed('region/azure/uksouth').items.map(({ id, publishedAt }) => [id, publishedAt])).toEqual([
    ['tag:nephoscope,2026:incident/azure-status/undated/u', undated.updatedAt],
    ['tag:nephoscope,2026:article/blog/old', minutesAgo(7)],
  ])
  expect(feed('topic/nothing').updatedAt).toBe(minutesAgo(2))
})

/** @see https://www.jsonfeed.org/version/1.1/ */
const JsonFeed = z.strictObject({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  title: z.string().min(1),
  home_page_url: z.url(),
  feed_url: z.url(),
  items: z.array(
    z.strictObject({
      id: z.string().min(1),
      url: z.url(),
      title: z.string(),
      content_text: z.string(),
      date_published: z.iso.datetime(),
      date_modified: z.iso.datetime(),
      authors: z.array(z.strictObject({ name: z.string() })).optional(),
      image: z.url().optional(),
      tags: z.array(z.string()),
    }),
  ),
})

test('a JSON Feed has the fields of its specification, and names the address that was asked', () => {
  const { title, feed_url, items } = JsonFeed.parse(JSON.parse(jsonFeed(feed('all'))))
  expect([title, feed_url]).toEqual(['About all', 'https://status.example.com/feeds/all.atom?key=a&b'])
  expect(items.length).toBeGreaterThan(4)
})

describe.each([
  ['RSS', rss],
  ['Atom', atom],
])("%s in another's reader", (name, write) => {
  test('has its title, its own address, and items with date, address and lines', async () => {
    const { title, feedUrl, items } = await new Parser().parseString(write(feed('region/azure/westeurope')))
    expect([title, feedUrl]).toEqual([
      'About region/azure/westeurope',
      'https://status.example.com/feeds/region/azure/westeurope.atom?key=a&b',
    ])
    expect(items.map(({ isoDate }) => isoDate)).toEqual([minutesAgo(3), minutesAgo(9), minutesAgo(60)])
    expect(items[1]).toMatchObject({ link: 'https://status.example.com/incident/azure-status/a' })
    expect(items[1]?.content).toMatch(/^Looking<br ?\/?>\s*into it$/)
    expect(items[0]?.content).toBe('Found: &lt;b&gt;a switch&lt;/b&gt;')
  })

  test('is of one id, with whatever key it was asked', () => {
    if (name === 'Atom') expect(write(feed('all'))).toContain('<id>https://status.example.com/feeds/all.atom</id>')
  })
})

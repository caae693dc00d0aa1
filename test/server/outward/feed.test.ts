import { describe, expect, test } from 'vitest'
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

const silent = incident('azure-status/silent', {
  regions: ['azure/northeurope'],
  entries: [entry(1, 5, { update: null, text: '' })],
})

function feed(channel: string, now = NOON): Feed {
  const view = emptyView()
  for (const one of [told, silent]) view.incidents.set(one.id, one)
  view.articles.set(news.id, news)
  view.notices.set(notice.id, notice)
  const base = 'https://status.example.com'
  const self = `${base}/feeds/${channel}.atom`
  const { channelFacts } = namesOf(currentState(), { countryOf: () => 'NL' })
  return feedOf({ view, channel, channelFacts, nameOf: name => name.toUpperCase(), base, self, now })
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

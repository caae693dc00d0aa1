import { expect, test } from 'vitest'
import { publishers } from '../../../client/live/catalogue.ts'
import { announcementOf } from '../../../client/notifications/announcer.svelte.ts'
import { activeNotices, tickerLines } from '../../../client/ticker/ticker-order.ts'
import { lineQueue } from '../../../client/ticker/ticker-track.svelte.ts'
import { en as english } from '../../../client/words/en/page.ts'
import { article, incident, minutesAgo, NOW, small, source, standpointOn, when } from '../builders.ts'

const notice = {
  id: '01jdfakefakefakefakefakefa',
  text: 'Change freeze',
  level: 'info',
  from: minutesAgo(9),
  until: null,
} as const

const byId = <T extends { id: string }>(...all: T[]) => new Map(all.map(one => [one.id, one]))

test('a round says notices, then incidents, the reader’s own first, then what ended lately, then the newest articles', () => {
  const lines = tickerLines(
    {
      catalogue: small,
      sources: new Map([['aws-blog', source('aws-blog', { name: 'AWS News' })]]),
      notices: byId(notice),
      articles: byId(
        article('aws-blog/old', { title: 'A region of its own for the north', publishedAt: minutesAgo(600) }),
        article('aws-blog/new'),
        article('aws-blog/again', { publishedAt: minutesAgo(2) }),
      ),
      incidents: byId(
        incident('aws-status/over', { status: 'resolved', resolvedAt: minutesAgo(20), regions: ['aws/us-east-1'] }),
        incident('aws-status/long-over', { status: 'resolved', resolvedAt: minutesAgo(500) }),
        incident('github-status/now', { impact: 'critical', scope: 'unspecified', startedAt: minutesAgo(3 * 1440) }),
        incident('aws-status/now', { regions: ['aws/eu-west-1'] }),
      ),
    },
    standpointOn(['aws/eu-west-1']),
    when,
  )
  expect(lines.map(({ place, meta }) => [place, meta])).toEqual([
    ['Notice', ''],
    ['AWS eu-west-1', 'since 14:02 (38 min) · concerns you: eu-west-1'],
    ['GitHub', 'since 21 Nov 14:40 (3 d)'],
    ['AWS us-east-1', 'resolved 20 min ago'],
    ['AWS News', '12 min ago'],
    ['AWS News', '10 h ago'],
  ])
})

test('a story that one source repeats is one line', () => {
  const none = { catalogue: small, sources: new Map(), notices: new Map(), incidents: new Map() }
  const told = (id: string, minutes: number, title: string) => article(id, { title, publishedAt: minutesAgo(minutes) })
  const title = 'Power loss in one zone of us-east-1'
  const again = [1, 6, 11, 16].map(minutes => told(`aws-blog/${minutes}`, minutes, title))
  const lines = tickerLines(
    { ...none, articles: byId(...again, told('aws-blog/x', 3, 'us-east-1 recovers')) },
    standpointOn([]),
    when,
  )
  expect(lines.map(({ text }) => text)).toEqual(['us-east-1 recovers', title])
})

test('a notice holds from its beginning to its end', () => {
  expect(activeNotices([{ ...notice, from: minutesAgo(-1) }], NOW)).toEqual([])
  expect(activeNotices([{ ...notice, until: minutesAgo(1) }], NOW)).toEqual([])
  expect(activeNotices([notice], NOW)).toHaveLength(1)
})

test('lines take turns, a new one comes next, and none repeats while it is in sight', () => {
  const line = (key: string) => ({ key, status: null, place: '', text: '', meta: '' })
  const next = lineQueue()
  const [a, b, c] = [line('a'), line('b'), line('c')]
  const none = new Set<string>()
  expect([next([a, b], none), next([a, b], none), next([a, b], none)]).toEqual([a, b, a])
  expect(next([a, b, c], none)).toBe(c)
  expect(next([a, b, c], new Set(['b']))).toBe(a)
  expect(next([a], new Set(['a']))).toBeUndefined()
  expect(next([], none)).toBeUndefined()
})

test('an incident is read aloud with its place, its stage and its title', () => {
  expect(announcementOf(incident('aws-status/1', { regions: ['aws/eu-west-1'] }), small, english)).toBe(
    'AWS eu-west-1: new incident. Errors when objects are read',
  )
})

test('a story names its first source, and how many more bring it', () => {
  const sources = new Map([['aws-blog', source('aws-blog', { name: 'AWS News' })]])
  expect(publishers([article('aws-blog/a')], sources, english)).toBe('AWS News')
  expect(publishers([article('aws-blog/a'), article('b-blog/a'), article('c-blog/a')], sources, english)).toBe(
    'AWS News and 2 more',
  )
})

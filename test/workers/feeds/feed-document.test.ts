import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toInstant } from '../../../shared/domain/primitives.ts'
import { type FeedDocument, rhythmOf } from '../../../workers/feeds/feed-document.ts'
import { NOON } from '../../support/builders.ts'
import { read, readingIn } from '../formats/reading.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const document = (more: Partial<FeedDocument> = {}): FeedDocument => ({
  link: '',
  hub: '',
  self: '',
  language: '',
  base: [],
  author: '',
  ttl: '',
  updatePeriod: '',
  updateFrequency: '',
  entries: [],
  ...more,
})

/** Items that came out these many hours ago. */
const hoursAgo = (...hours: number[]) => hours.map(ago => toInstant(NOON - ago * HOUR))
/** `count` items, one each so many hours, the newest just so long ago. */
const each = (hours: number, count: number) => hoursAgo(...Array.from({ length: count }, (_, n) => (n + 1) * hours))

const rhythm = (more: Partial<FeedDocument>, items: string[] = []) => rhythmOf(document(more), items, NOON)

describe('a feed is read', () => {
  test('ten times for each item to come, by its last ten', () => {
    expect(rhythm({}, each(5, 10))).toBe(30 * MINUTE)
    expect(rhythm({}, [...each(5, 10), ...hoursAgo(9_999)])).toBe(30 * MINUTE)
  })

  test('less often when it has fallen silent', () =>
    expect(rhythm({}, hoursAgo(20, 20.1, 20.2, 20.3))).toBeGreaterThan(20 * MINUTE))

  test('by what it declares when its items tell nothing', () => {
    expect(rhythm({ updatePeriod: 'hourly', updateFrequency: '2' })).toBe(30 * MINUTE)
    expect(rhythm({ updatePeriod: 'Hourly' }, hoursAgo(1, 2))).toBe(HOUR)
    expect(rhythm({ ttl: '15' })).toBe(15 * MINUTE)
  })

  test('by its items rather than by what its software declares', () =>
    expect(rhythm({ updatePeriod: 'hourly', updateFrequency: '1' }, each(1, 10))).toBe(6 * MINUTE))

  test('never more often than its ttl asks', () => expect(rhythm({ ttl: '40' }, each(1, 10))).toBe(40 * MINUTE))

  test('from every two minutes to every six hours', () => {
    expect(rhythm({}, each(0.01, 10))).toBe(2 * MINUTE)
    expect(rhythm({}, each(24 * 7, 10))).toBe(6 * HOUR)
    expect(rhythm({ ttl: '999999' })).toBe(6 * HOUR)
    expect(rhythm({ updatePeriod: 'yearly' })).toBe(6 * HOUR)
  })
})

test.each([
  {},
  { ttl: '-5' },
  { ttl: '1e9' },
  { ttl: '0' },
  { updatePeriod: '__proto__' },
  { updatePeriod: 'sometimes' },
])('a feed that says %j has no rhythm', more => expect(rhythm(more)).toBeNull())

test('whatever a feed says, its rhythm is none or a whole number within bounds', () =>
  fc.assert(
    fc.property(
      fc.record({
        ttl: fc.string(),
        updatePeriod: fc.string(),
        updateFrequency: fc.oneof(fc.string(), fc.constant('0')),
      }),
      fc.array(fc.integer({ min: -1, max: 9_999 })),
      (more, hours) => {
        const ms = rhythm(more, hoursAgo(...hours.sort((a, b) => a - b)))
        expect(ms === null || (Number.isInteger(ms) && ms >= 2 * MINUTE && ms <= 6 * HOUR)).toBe(true)
      },
    ),
  ))

test('RSS with the syndication module is read by it', async () => {
  const module = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
  const date = '<pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate>'
  const item = `<item><title>T</title><link>https://x.test/a</link>${date}</item>`
  const sy = '<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>24</sy:updateFrequency>'
  const rhythmIn = async (head: string) =>
    readingIn(await read('feed', `<rss version="2.0" ${module}><channel>${head}${item}</channel></rss>`)).rhythmMs
  expect(await rhythmIn(sy)).toBe(HOUR)
  expect(await rhythmIn('<ttl> 30 </ttl>')).toBe(30 * MINUTE)
  expect(await rhythmIn('')).toBeUndefined()
})

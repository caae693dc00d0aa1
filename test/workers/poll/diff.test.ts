import { describe, expect, test } from 'vitest'
import type { Article } from '../../../shared/domain/article.ts'
import type { OwnedRecords } from '../../../shared/redis/poll-state.ts'
import { type DiffInput, diff } from '../../../workers/poll/diff.ts'
import { article, component, minutesAgo, NOON } from '../../support/builders.ts'

const owned = (more: Partial<OwnedRecords> = {}): OwnedRecords => ({
  incidents: new Map(),
  components: new Map(),
  articles: new Map(),
  ...more,
})
const byId = <T extends { id: string }>(...records: T[]) => new Map(records.map(record => [record.id, record]))
const input = (more: Partial<DiffInput> = {}): DiffInput => ({
  provider: 'azure',
  complete: true,
  reading: { incidents: [], components: [], articles: [] },
  owned: owned(),
  missing: {},
  countryOf: () => 'NL',
  keepEndedMs: 90 * 86_400_000,
  now: NOON,
  ...more,
})
const reading = (more: Partial<DiffInput['reading']>) => ({ incidents: [], components: [], articles: [], ...more })
const types = (result: ReturnType<typeof diff>) => result.events.map(event => event.type)

describe('components', () => {
  test('what changed and what is gone is told in one event', () => {
    const stays = component('s/stays')
    const changes = component('s/changes')
    const goes = component('s/goes')
    const result = diff(
      input({
        reading: reading({ components: [stays, { ...changes, status: 'major_outage' }] }),
        owned: owned({ components: byId(stays, changes, goes) }),
      }),
    )
    expect(result.events).toMatchObject([
      {
        type: 'components.updated',
        data: { upserted: [{ id: 's/changes', status: 'major_outage' }], removed: ['s/goes'] },
      },
    ])
    expect(result.removals.components).toEqual(['s/goes'])
    expect(result.components).toEqual(['s/stays', 's/changes'])
  })
})

describe('articles', () => {
  test('new ones are published oldest first, changed ones are updated', () => {
    const older = article('f/older', { publishedAt: minutesAgo(120) })
    const newer = article('f/newer')
    const result = diff(
      input({
        reading: reading({ articles: [newer, { ...older, title: 'Corrected' }] }),
        owned: owned({ articles: byId(older) }),
      }),
    )
    expect(
      result.events.map(event => [
        event.type,
        event.type.startsWith('article') && 'title' in event.data && event.data.title,
      ]),
    ).toEqual([
      ['article.updated', 'Corrected'],
      ['article.published', newer.title],
    ])
  })

  test('one that leaves the feed stays', () => {
    const known = article('f/known')
    expect(diff(input({ owned: owned({ articles: byId(known) }) }))).toMatchObject({ events: [], articles: [known.id] })
  })

  test('of more than 400 only the newest are kept, and older ones are not news when the feed lists them', () => {
    const many = Array.from({ length: 400 }, (_, i) => article(`f/${i}`, { publishedAt: minutesAgo(i) }))
    const ancient = article('f/ancient', { publishedAt: minutesAgo(9999) })
    const result = diff(
      input({
        reading: reading({ articles: [ancient, article('f/new', { publishedAt: minutesAgo(-1) })] }),
        owned: owned({ articles: byId(...many) }),
      }),
    )
    expect(types(result)).toEqual(['article.published'])
    expect(result.removals.articles).toEqual(['f/399'])
    expect(result.articles).toHaveLength(400)
  })

  const again = (before: Article, more: Partial<Article>) =>
    diff(input({ reading: reading({ articles: [{ ...before, ...more }] }), owned: owned({ articles: byId(before) }) }))

  const known = article('f/known', { publishedAt: minutesAgo(600), url: 'https://x.test/a', title: 'A title' })

  test('dates alone are no news, and the first one stays', () => {
    const quiet = { events: [], articles: [known.id], upserts: { articles: [] } }
    expect(again(known, { publishedAt: minutesAgo(0) })).toMatchObject(quiet)
    expect(again(known, { publishedAt: minutesAgo(900), updatedAt: minutesAgo(0) })).toMatchObject(quiet)
    const changed = again(known, { publishedAt: minutesAgo(1), title: 'Another' })
    expect(changed.upserts.articles).toMatchObject([{ publishedAt: minutesAgo(600), updatedAt: minutesAgo(1) }])
    expect(types(changed)).toEqual(['article.updated'])
  })

  test('the picture stays while the image is the same, under any id, and is no news', () => {
    const image = 'https://x.test/a.jpg'
    const picture = { hash: 'a'.repeat(32), width: 1200, height: 630 }
    const shown = { ...known, image, picture }
    const read = { picture: undefined } as Partial<Article> // a reading knows no picture
    expect(types(again(shown, read))).toEqual([])
    expect(types(again(shown, { ...read, id: 'f/new' }))).toEqual([])
    const retitled = again(shown, { ...read, title: 'Another' })
    expect(retitled.upserts.articles).toMatchObject([{ title: 'Another', picture }])
    const other = again(shown, { ...read, image: 'https://x.test/b.jpg' })
    expect(types(other)).toEqual(['article.updated'])
    expect(other.upserts.articles[0]?.picture).toBeUndefined()
  })

  test('the same page and title are one story under any id, and in any spelling of the address', () => {
    const quiet = { events: [], articles: [known.id], upserts: { articles: [] } }
    for (const url of [
      'https://x.test/a',
      'https://x.test/a/',
      'https://www.x.test/a',
      'http://x.test/a',
      'https://x.test/a#comments',
      'https://x.test/a?utm_source=rss',
      'https://x.test/a?PHPSESSID=1',
    ])
      expect(again(known, { id: 'f/new', url, publishedAt: minutesAgo(0) })).toMatchObject(quiet)
  })

  test('a page that moves to a safe scheme is updated once', () => {
    const before = { ...known, url: 'http://x.test/a' }
    const moved = again(before, { id: 'f/new', url: 'https://x.test/a' })
    expect(moved.upserts.articles).toEqual([{ ...before, url: 'https://x.test/a' }])
    expect(types(moved)).toEqual(['article.updated'])
    expect(types(again({ ...before, url: 'https://x.test/a' }, { url: 'http://x.test/a' }))).toEqual([])
  })

  test('another title or page under a new id is another story', () => {
    expect(types(again(known, { id: 'f/new', title: 'Another' }))).toEqual(['article.published'])
    expect(types(again(known, { id: 'f/new', url: 'https://x.test/b' }))).toEqual(['article.published'])
    expect(types(again(known, { id: 'f/new', url: 'https://x.test/a?id=2' }))).toEqual(['article.published'])
  })

  test('two stories of a reading never become one', () => {
    const twice = [known, { ...known, id: 'f/new', publishedAt: minutesAgo(0) }]
    const result = diff(input({ reading: reading({ articles: twice }), owned: owned({ articles: byId(known) }) }))
    expect(types(result)).toEqual(['article.published'])
    expect(result.articles).toHaveLength(2)
  })
})

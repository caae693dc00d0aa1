import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Article, byNewest, trimArticles } from '../../../shared/domain/article.ts'
import { sourceOf } from '../../../shared/domain/primitives.ts'
import { article, minutesAgo } from '../../support/builders.ts'

const aged = (id: string, minutes: number): Article => article(id, { publishedAt: minutesAgo(minutes) })
const trimmed = (articles: Article[], limit: number): string[] => {
  const kept = new Map(articles.map(one => [one.id, one]))
  trimArticles(kept, limit)
  return [...kept.values()].sort(byNewest).map(({ id }) => id)
}
const many = (source: string, count: number, from: number) =>
  Array.from({ length: count }, (_, n) => aged(`${source}/${n}`, from + n))

test('a source that writes without end fills a view alone, and a fifth of it where others need the room', () => {
  expect(trimmed(many('flood', 700, 0), 500)).toHaveLength(500)
  const others = Array.from({ length: 8 }, (_, n) => many(`feed-${n}`, 50, 10_000)).flat()
  const kept = trimmed([...many('flood', 400, 0), ...others], 500)
  expect(kept.filter(id => id.startsWith('flood/'))).toEqual(many('flood', 100, 0).map(({ id }) => id))
  expect(kept).toHaveLength(500)
})

test('a source has more than its share where the others leave room', () => {
  const kept = trimmed([...many('flood', 600, 0), ...many('feed', 30, 10_000)], 500)
  expect(kept.filter(id => id.startsWith('flood/'))).toHaveLength(470)
  expect(kept.filter(id => id.startsWith('feed/'))).toHaveLength(30)
})

test('where no source has more than its share, the newest of all stay', () => {
  const feeds = Array.from({ length: 10 }, (_, n) => many(`feed-${n}`, 60, n * 1_000)).flat()
  expect(trimmed(feeds, 500)).toEqual(
    [...feeds]
      .sort(byNewest)
      .slice(0, 500)
      .map(({ id }) => id),
  )
})

test('whatever comes, one at a time or together, as many stay as may, and who has fewer than the share loses none to one with more', () => {
  const source = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g')
  const list = fc.uniqueArray(fc.tuple(source, fc.integer({ min: 0, max: 99 })), {
    maxLength: 60,
    selector: ([one, n]) => `${one}/${n}`,
  })
  fc.assert(
    fc.property(list, fc.integer({ min: 5, max: 40 }), (entries, limit) => {
      const articles = entries.map(([one, n]) => aged(`${one}/${n}`, n))
      const counts = (ids: readonly string[]) =>
        new Map([...new Set(ids.map(sourceOf))].map(one => [one, ids.filter(id => sourceOf(id) === one).length]))
      const before = counts(articles.map(({ id }) => id))
      const oneByOne = new Map<string, Article>()
      for (const one of articles) {
        oneByOne.set(one.id, one)
        trimArticles(oneByOne, limit)
      }
      for (const kept of [trimmed(articles, limit), [...oneByOne.keys()]]) {
        expect(kept).toHaveLength(Math.min(limit, articles.length))
        const after = counts(kept)
        const lost = [...before].some(([one, n]) => n <= limit / 5 && (after.get(one) ?? 0) < n)
        if (lost) for (const n of after.values()) expect(n).toBeLessThanOrEqual(limit / 5)
      }
    }),
  )
})

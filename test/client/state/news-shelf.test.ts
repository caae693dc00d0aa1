import { expect, test } from 'vitest'
import { admit, emptyShelf, restock, shelveOlder } from '../../../client/state/news-shelf.ts'
import type { Article } from '../../../shared/domain/article.ts'
import { article } from '../builders.ts'

const map = (...articles: Article[]) => new Map(articles.map(one => [one.id, one]))
const always = () => true
const [a, b, c] = [article('rack-news/a'), article('rack-news/b'), article('gone-news/c')]
const shelf = restock(emptyShelf, map(a, c), always)

test('what comes while somebody reads waits until they want it', () => {
  const later = restock(shelf, map(a, b, c), always)
  expect([...later.shown.keys()]).toEqual([a.id, c.id])
  expect([...later.waiting.keys()]).toEqual([b.id])
  const admitted = admit(later)
  expect(admitted.shown.size).toBe(3)
  expect(admitted.waiting.size).toBe(0)
})

test('what is shown is brought up to date, and is the same where nothing changed', () => {
  const renamed = { ...a, title: 'Another title' }
  expect(restock(shelf, map(renamed, c), always).shown.get(a.id)).toBe(renamed)
  expect(restock(shelf, map(a, b, c), always).shown).toBe(shelf.shown)
})

test('what the view no longer keeps stays, until its source is gone', () => {
  expect(restock(shelf, map(a), always).shown.has(c.id)).toBe(true)
  expect(restock(shelf, map(a), id => id !== 'gone-news').shown.has(c.id)).toBe(false)
})

test('older articles never replace newer words on the same', () => {
  const older = shelveOlder(shelf, [{ ...a, title: 'An older title' }, b])
  expect(older.shown.get(a.id)).toBe(a)
  expect(older.shown.size).toBe(3)
})

import { expect, test } from 'vitest'
import { appendOlder, emptyBuffer, shownArticles, showWaiting, updateBuffer } from '../../../client/news/news-buffer.ts'
import type { Article } from '../../../shared/domain/article.ts'
import { article } from '../builders.ts'

const map = (...articles: Article[]) => new Map(articles.map(one => [one.id, one]))
const always = () => true
const [a, b, c] = [article('rack-news/a'), article('rack-news/b'), article('gone-news/c')]
const buffer = updateBuffer(emptyBuffer, map(a, c), always)

test('what comes while somebody reads waits until they want it', () => {
  const later = updateBuffer(buffer, map(a, b, c), always)
  expect([...later.shown.keys()]).toEqual([a.id, c.id])
  expect([...later.waiting.keys()]).toEqual([b.id])
  const admitted = showWaiting(later)
  expect(admitted.shown.size).toBe(3)
  expect(admitted.waiting.size).toBe(0)
})

test('what is shown is brought up to date, and is the same where nothing changed', () => {
  const renamed = { ...a, title: 'Another title' }
  expect(updateBuffer(buffer, map(renamed, c), always).shown.get(a.id)).toBe(renamed)
  expect(updateBuffer(buffer, map(a, b, c), always).shown).toBe(buffer.shown)
})

test('what the view no longer keeps stays, until its source is gone', () => {
  expect(updateBuffer(buffer, map(a), always).shown.has(c.id)).toBe(true)
  expect(updateBuffer(buffer, map(a), id => id !== 'gone-news').shown.has(c.id)).toBe(false)
})

test('older articles never replace newer words on the same, and stand in one page', () => {
  const older = appendOlder(buffer, [{ ...a, title: 'An older title' }, b])
  expect(shownArticles(older)).toEqual([a, c, b])
  expect(appendOlder(older, [b])).toBe(older)
})

test('an older page stays the same until one of it is told live or its source is gone', () => {
  const older = appendOlder(updateBuffer(emptyBuffer, map(a), always), [b, c])
  expect(updateBuffer(older, map(a), always).older[0]).toBe(older.older[0])
  expect(shownArticles(showWaiting(updateBuffer(older, map(a, b), always)))).toEqual([a, b, c])
  expect(shownArticles(updateBuffer(older, map(a), id => id !== 'gone-news'))).toEqual([a, b])
})

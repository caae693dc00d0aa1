import { expect, test } from 'vitest'
import { countUnread, firstReadIndex } from '../../../client/news/news-buffer.ts'
import { article, minutesAgo } from '../builders.ts'

const articles = [5, 20, 90].map(minutes => article(`rack-news/${minutes}`, { publishedAt: minutesAgo(minutes) }))
const stories = articles.map(one => ({ article: one, alsoIn: [] }))

test('unread is what was published since the last visit', () => {
  expect(countUnread(articles, minutesAgo(60))).toBe(2)
  expect(countUnread(articles, minutesAgo(1))).toBe(0)
})

test('the line stands before the first story that was there', () => {
  expect(firstReadIndex(stories, minutesAgo(60))).toBe(2)
})

test('no line is drawn where it would part nothing', () => {
  expect(firstReadIndex(stories, minutesAgo(1))).toBeNull()
  expect(firstReadIndex(stories, minutesAgo(600))).toBeNull()
})

test('on the first visit nothing is unread', () => {
  expect(countUnread(articles, null)).toBe(0)
  expect(firstReadIndex(stories, null)).toBeNull()
})

import { expect, test } from 'vitest'
import { initialsOf } from '../../../client/news/initials.ts'
import { leadOf } from '../../../client/news/lead-story.ts'
import type { Article } from '../../../shared/domain/article.ts'
import { article, minutesAgo, NOW } from '../builders.ts'

const wide = { hash: 'a'.repeat(32), width: 1200, height: 675 }
const story = (id: string, minutes: number, more: Partial<Article> = {}) => ({
  article: article(id, { publishedAt: minutesAgo(minutes), picture: wide, ...more }),
  alsoIn: [],
})
const none = () => false
const leads = (stories: ReturnType<typeof story>[], isAbout: (article: Article) => boolean = none) =>
  leadOf(stories, isAbout, NOW)?.article.id

test('the newest story with a picture leads', () => {
  const { picture: _, ...words } = story('a/words', 1).article
  expect(leads([{ article: words, alsoIn: [] }, story('a/new', 5), story('a/old', 9)])).toBe('a/new')
  expect(leads([])).toBeUndefined()
})

test('one about the reader’s stack leads before newer ones', () =>
  expect(leads([story('a/new', 5), story('a/mine', 90)], ({ id }) => id === 'a/mine')).toBe('a/mine'))

test('what is days old, narrow, upright or told by a customer does not lead', () => {
  const unfit = [
    story('a/old', 49 * 60),
    story('a/narrow', 1, { picture: { ...wide, width: 300, height: 200 } }),
    story('a/upright', 1, { picture: { ...wide, width: 600, height: 800 } }),
    story('a/customer', 1, { topics: ['customer-stories'] }),
  ]
  expect(leads(unfit, () => true)).toBeUndefined()
  expect(leads([...unfit, story('a/fits', 60)], () => true)).toBe('a/fits')
})

test.each([
  ['Ada King', 'AK'],
  ['Jean-Luc de la Tour', 'JT'],
  ['Ömer', 'Ö'],
  ['山田 太郎', '山太'],
  ['Dr. Ada (CTO) King', 'DK'],
])('the initials of %s are %s', (name, initials) => expect(initialsOf(name)).toBe(initials))

import { expect, test } from 'vitest'
import { newsIndex } from '../../../client/news/news-search.svelte.ts'
import type { Article } from '../../../shared/domain/article.ts'
import { sourceOf } from '../../../shared/domain/primitives.ts'
import { article } from '../builders.ts'

const always = () => true
const articles = [
  article('rack-news/1', { title: 'Kubernetes 1.40 is out', summary: 'Memory can be resized in place.' }),
  article('rack-news/2', { title: 'What an upgrade costs', summary: 'Of Kubernetes, in three clusters.' }),
  article('rack-news/3', { title: 'A café opens in Zürich', summary: 'Next to the datacentre.', topics: ['pricing'] }),
  article('gazette-news/4', { title: 'AWS lowers the price of storage', summary: 'It was high in 2025.' }),
]
const indexOf = (all: readonly Article[]) => {
  const index = newsIndex(({ id }) => (sourceOf(id) === 'gazette-news' ? 'Cloud Gazette' : 'The Rack'))
  index.add(all, always)
  return index
}
const find = (text: string, all = articles) => [...indexOf(all).search(text).keys()]

test('a word in the title weighs more than one in the summary', () => {
  expect(find('kubernetes')).toEqual(['rack-news/1', 'rack-news/2'])
})

test('words are found by how they begin, without their accents, and with a slip of the finger', () => {
  expect(find('kube')).toEqual(['rack-news/1', 'rack-news/2'])
  expect(find('CAFE zurich')).toEqual(['rack-news/3'])
  expect(find('kubernetse')).toEqual(find('kubernetes'))
})

test('a slip makes neither another short word nor another year', () => {
  expect(find('was')).toEqual(['gazette-news/4'])
  expect(find('ams')).toEqual([])
  expect(find('2026')).toEqual([])
})

test('all words have to be found, be it in the source and the topics', () => {
  expect(find('gazette storage')).toEqual(['gazette-news/4'])
  expect(find('gazette kubernetes')).toEqual([])
  expect(find('pricing')).toContain('rack-news/3')
})

test('words of the query that only look like an expression are words', () => {
  for (const text of ['', '   ', '*', '"AND"', '__proto__', '('.repeat(100)]) expect(find(text)).toEqual([])
})

test('the words that fit are told, so that they can be marked', () => {
  expect(indexOf(articles).search('kube cafe clust').size).toBe(0)
  expect(indexOf(articles).search('kube clust').get('rack-news/2')?.words).toEqual(
    expect.arrayContaining(['kubernetes', 'clusters']),
  )
})

test('it leaves off when the time is over and goes on where it was', () => {
  const many = Array.from({ length: 30 }, (_, n) => article(`rack-news/${n}`, { title: `Rack number${n}` }))
  const index = newsIndex(() => 'The Rack')
  let looks = 0
  expect(index.add(many, () => looks++ < 2)).toBe(false)
  const first = index.search('rack').size
  expect(first).toBeGreaterThan(0)
  expect(first).toBeLessThan(many.length)
  expect(index.add(many, always)).toBe(true)
  expect(index.search('rack').size).toBe(many.length)
})

test('an article that changed is found by its new words alone', () => {
  const index = indexOf(articles)
  index.add([article('rack-news/1', { title: 'Nomad is out' })], always)
  expect([...index.search('nomad').keys()]).toEqual(['rack-news/1'])
  expect([...index.search('kubernetes').keys()]).toEqual(['rack-news/2'])
})

import { expect, test } from 'vitest'
import { olderNews } from '../../../client/news/news-store.svelte.ts'
import { article, minutesAgo } from '../builders.ts'

const oldest = minutesAgo(60)
const answering = (...answers: [status: number, body: unknown][]) => {
  const asked: URLSearchParams[] = []
  const taken: string[] = []
  const older = olderNews(
    async address => {
      const [status, body] = answers[asked.push(new URL(address, 'http://x').searchParams) - 1] ?? [500, {}]
      return new Response(JSON.stringify(body), { status })
    },
    articles => taken.push(...articles.map(({ id }) => id)),
  )
  return { older, asked, taken }
}

test('pages follow one another to the end, with what the reader narrowed down', async () => {
  const { older, asked, taken } = answering(
    [200, { articles: [article('rack-news/a')], next: 'n1' }],
    [200, { articles: [article('rack-news/b'), { id: 1 }], next: null }],
  )
  older.setFilter({ topic: 'security', provider: '', q: 'keys & locks' })
  await older.load(oldest)
  expect(older.phase).toBe('idle')
  await older.load(oldest)
  await older.load(oldest)
  expect(older.phase).toBe('done')
  expect(taken).toEqual(['rack-news/a', 'rack-news/b'])
  expect(asked.map(query => query.get('before'))).toEqual([`${oldest}_${'z'.repeat(65)}`, 'n1'])
  expect(Object.fromEntries(asked[0] ?? [])).toMatchObject({ topic: 'security', q: 'keys & locks', limit: '200' })
  expect(asked[0]?.has('provider')).toBe(false)
})

test('what failed is asked again from the same place', async () => {
  const { older, asked } = answering([503, {}], [200, { articles: [], next: null }])
  await older.load(oldest)
  expect(older.phase).toBe('failed')
  await older.load(oldest)
  expect(older.phase).toBe('done')
  expect(asked[1]?.get('before')).toBe(asked[0]?.get('before'))
})

test('who narrows down begins anew, and an answer to what was wanted before is thrown away', async () => {
  const { older, asked, taken } = answering(
    [200, { articles: [article('rack-news/a')], next: 'n1' }],
    [200, { articles: [article('rack-news/b')], next: 'n2' }],
  )
  const first = older.load(oldest)
  older.setFilter({ topic: 'ai' })
  await Promise.all([first, older.load(oldest)])
  expect(taken).toEqual(['rack-news/b'])
  expect(asked[1]?.get('before')).toBe(`${oldest}_${'z'.repeat(65)}`)
  expect(older.phase).toBe('idle')
})

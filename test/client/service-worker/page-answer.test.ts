import { expect, test, vi } from 'vitest'
import { pageAnswer } from '../../../client/service-worker/routing.ts'

const answer = async (ask: () => Promise<Response>) =>
  (await pageAnswer({ ask, shell: async () => new Response('kept') })).text()

test('the server is asked first, and its word stands, be it that there is no such page', async () => {
  expect(await answer(async () => new Response('new'))).toBe('new')
  expect(await answer(async () => new Response('none', { status: 404 }))).toBe('none')
})

test('without a network, or behind a proxy without a server, the kept page comes', async () => {
  expect(await answer(() => Promise.reject(new TypeError('no network')))).toBe('kept')
  expect(await answer(async () => new Response('bad gateway', { status: 502 }))).toBe('kept')
})

test('a server that does not answer is not waited for', async () => {
  vi.useFakeTimers()
  try {
    const kept = answer(() => new Promise(() => {}))
    await vi.advanceTimersByTimeAsync(3_000)
    expect(await kept).toBe('kept')
  } finally {
    vi.useRealTimers()
  }
})

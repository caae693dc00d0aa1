import { expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { connectTo } from '../../programs/cli/server.ts'

test.each([
  ['localhost:3000', 'http://localhost:3000/api/stats'],
  ['127.0.0.1:3000/status', 'http://127.0.0.1:3000/status/api/stats'],
  ['[::1]:3000', 'http://[::1]:3000/api/stats'],
  ['status.example.com', 'https://status.example.com/api/stats'],
  ['localhost.example.com', 'https://localhost.example.com/api/stats'],
  ['localhost-2.example.com', 'https://localhost-2.example.com/api/stats'],
  ['127.example.com', 'https://127.example.com/api/stats'],
  ['127.0.0.1.example.com', 'https://127.0.0.1.example.com/api/stats'],
])('without a scheme %s is asked at %s: only this machine without TLS', async (url, address) => {
  const asked: string[] = []
  const fetching = vi.spyOn(globalThis, 'fetch').mockImplementation(async to => {
    asked.push(String(to))
    return Response.json({})
  })
  onTestFinished(() => fetching.mockRestore())
  await connectTo({ url, token: 'a-token' }).get('api/stats', {}, z.object({}))
  expect(asked).toEqual([address])
})

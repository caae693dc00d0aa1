import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Redis } from 'ioredis'
import Koa from 'koa'
import { expect, test } from 'vitest'
import { signer } from '../../../server/access/signer.ts'
import { queuePages } from '../../../server/queues/queue-pages.ts'

const ADMIN = 'the-admin-token-of-the-test'

const sign = signer(new Redis({ lazyConnect: true }))

/** The pages without a Redis: nothing here may ask for one. */
async function serve(adminToken: string | undefined, clock: { now: number }) {
  const pages = queuePages({
    adminToken,
    signer: sign,
    wrongTokens: { limit: () => ({ ok: true, value: true }), trustedProxies: 0 },
    connect: () => {
      throw new Error('somebody is let in')
    },
    base: () => 'https://example.com/status',
    basePath: '/status',
    now: () => clock.now,
  })
  const app = new Koa().use(pages.serve)
  app.on('error', () => undefined)
  const http = createServer(app.callback()).listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo // it listens on a port
  return { url: `http://127.0.0.1:${port}`, close: () => http.close() }
}

const signIn = (url: string) =>
  fetch(`${url}/queues/session`, { method: 'POST', body: new URLSearchParams({ token: ADMIN }), redirect: 'manual' })

test('without an admin token there are no queues to look at', async () => {
  const { url, close } = await serve(undefined, { now: 0 })
  expect((await fetch(`${url}/queues`)).status).toBe(404)
  expect((await signIn(url)).status).toBe(404)
  close()
})

test('a session ends after its hour and with the token, and is bound to the path and to https', async () => {
  const clock = { now: 1_000_000 }
  const { url, close } = await serve(ADMIN, clock)
  const answer = await signIn(url)
  const set = answer.headers.get('Set-Cookie') ?? ''
  expect(set).toMatch(/; Path=\/status\/queues; Max-Age=3600; HttpOnly; SameSite=Strict; Secure$/)
  expect(answer.headers.get('Location')).toBe('/status/queues/')
  const headers = { Cookie: set.split(';')[0] ?? '' }
  const status = async (at: string) => (await fetch(`${at}/queues`, { headers })).status
  expect(await status(url)).toBe(500) // let in: it asks for Redis
  const other = await serve(`${ADMIN}-another`, clock)
  expect(await status(other.url)).toBe(401)
  clock.now += 3_600_000
  expect(await status(url)).toBe(401)
  other.close()
  close()
})

import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack({ story: 'demo', every: '1s' })
  await stack.ready()
  await until(() => stack.simulator.requests('azure-status') > 0, 'a source to be read')
})
afterAll(() => stack.close())

test('with a view token set, reading needs it: the API, and the socket', async () => {
  const guarded = await stack.another('server', { VIEW_TOKEN: 'the-view-token-of-the-test' })
  await stack.ready(guarded.url)
  expect((await fetch(`${guarded.url}/api/stats`)).status).toBe(401)
  expect(
    (await fetch(`${guarded.url}/api/stats`, { headers: { Authorization: 'Bearer the-view-token-of-the-test' } }))
      .status,
  ).toBe(200)
  expect((await fetch(`${guarded.url}/healthz`)).status).toBe(200)
  for (const path of ['/region/azure/westeurope', '/region/azure/nowhere', '/index.html']) {
    const page = await fetch(guarded.url + path)
    expect(page.status).toBe(200)
    const document = await page.text()
    expect(document).toContain('<title>Nephoscope</title>')
    // the card of a link says no more than the head
    expect(document).not.toContain('/card/')
  }
  expect((await fetch(`${guarded.url}/card/region/azure/westeurope.png`)).status).toBe(401)
  const connects = (token?: string) =>
    new Promise<boolean>(resolve => {
      const socket = io(guarded.url, {
        transports: ['websocket'],
        auth: { channels: [], token },
        reconnection: false,
        forceNew: true,
      })
      socket.on('connect', () => resolve(true)).on('connect_error', () => resolve(false))
    })
  expect([
    await connects(),
    await connects('a-wrong-long-token'),
    await connects('the-view-token-of-the-test'),
  ]).toEqual([false, false, true])
})

test('a source is read at once for whoever has the admin token, and the route is not there without one', async () => {
  const admin = await stack.another('server', {
    ADMIN_TOKEN: 'the-admin-token-of-the-test',
    VIEW_TOKEN: 'the-view-token-of-the-test',
  })
  await stack.ready(admin.url)
  const poll = (token: string, id = 'azure-status', url = admin.url) =>
    fetch(`${url}/api/sources/${id}/poll`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } })
  expect((await poll('the-view-token-of-the-test')).status).toBe(403)
  expect((await poll('the-token-of-nobody-here')).status).toBe(401)
  expect((await poll('the-admin-token-of-the-test', 'nothing')).status).toBe(404)
  const before = stack.simulator.requests('azure-status')
  expect((await poll('the-admin-token-of-the-test')).status).toBe(202)
  await until(() => stack.simulator.requests('azure-status') > before, 'the source to be read')
  expect((await poll('the-admin-token-of-the-test', 'azure-status', stack.url)).status).toBe(404)
})

test('an address may give so many wrong tokens a minute, and as often as it likes none', async () => {
  const guarded = await stack.another('server', {
    ADMIN_TOKEN: 'the-admin-token-of-the-test',
    VIEW_TOKEN: 'the-view-token-of-the-test',
  })
  await stack.ready(guarded.url)
  const routes = [
    { path: '/api/sources/azure-status/poll', method: 'POST' },
    { path: '/api/stats', method: 'GET' },
  ]
  // More than two minutes' worth, so that no turn of the minute can let all through.
  const statuses = async (headers: Record<string, string>) => {
    const asked = Array.from({ length: 35 }, () => routes).flat()
    const answers = await Promise.all(asked.map(({ path, method }) => fetch(guarded.url + path, { method, headers })))
    return new Set(answers.map(({ status }) => status))
  }
  expect(await statuses({})).toEqual(new Set([401]))
  expect(await statuses({ Authorization: 'Bearer a-wrong-long-token' })).toEqual(new Set([401, 429]))
})

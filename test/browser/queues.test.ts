import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, startBrowser } from '../support/browser.ts'
import { type Stack, startStack } from '../support/stack.ts'

const ADMIN_TOKEN = 'the-admin-of-the-queues'

let stack: Stack
let browser: Awaited<ReturnType<typeof startBrowser>>
beforeAll(async () => {
  stack = await startStack({ story: 'road', environment: { ADMIN_TOKEN } })
  await stack.ready()
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await stack?.close()
})

const ask = (path: string, init: RequestInit = {}) => fetch(`${stack.url}${path}`, { redirect: 'manual', ...init })
const signIn = (token: string, headers: Record<string, string> = {}) =>
  ask('/queues/session', { method: 'POST', body: new URLSearchParams({ token }), headers })

test('the queues are shown to who gives the admin token, and nothing is loaded from elsewhere', async () => {
  const { page, complaints } = await openPage(browser, `${stack.url}/queues`)
  const asked = new Set<string>()
  page.on('request', request => asked.add(new URL(request.url()).origin))
  await page.getByLabel('Admin token').fill('not-the-admin-token')
  await page.getByRole('button').click()
  await page.getByRole('alert').getByText('This is not the admin token.').waitFor()
  complaints.length = 0 // the browser tells of the 401

  await page.getByLabel('Admin token').fill(ADMIN_TOKEN)
  await page.getByRole('button').click()
  for (const name of ['status', 'news', 'deliver']) await page.getByRole('link', { name }).first().waitFor()
  await page.getByRole('link', { name: 'status' }).first().click()
  await page.waitForURL(/\/queues\/queue\/status/)
  await page.reload()
  await page.getByText('status').first().waitFor()
  expect([...asked]).toEqual([stack.url])
  expect(complaints).toEqual([])

  const [cookie] = await page.context().cookies(`${stack.url}/queues`)
  expect(cookie).toMatchObject({ path: '/queues', httpOnly: true, sameSite: 'Strict' })
  expect(cookie?.value).not.toContain(ADMIN_TOKEN)
  await page.context().close()
})

test('without the session nothing of the queues is told', async () => {
  for (const path of ['/queues', '/queues/', '/queues/queue/status', '/queues/api/queues', '/QUEUES/api/queues']) {
    const answer = await ask(path)
    expect([401, 404], path).toContain(answer.status)
    expect(await answer.text()).not.toMatch(/jobCounts|__UI_CONFIG__/)
  }
  const wrong = await signIn('not-the-admin-token')
  expect([wrong.status, wrong.headers.get('Set-Cookie')]).toEqual([401, null])
  const foreign = await signIn(ADMIN_TOKEN, { Origin: 'https://evil.example' })
  expect([foreign.status, foreign.headers.get('Set-Cookie')]).toEqual([403, null])
})

test('a session opens the queues for an hour, lets nobody change them, and opens nothing else', async () => {
  const answer = await signIn(ADMIN_TOKEN)
  expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/queues/'])
  const [Cookie = ''] = answer.headers.get('Set-Cookie')?.split(';') ?? []
  const headers = { Cookie }
  const list = await (await ask('/queues/api/queues', { headers })).json()
  expect(list.queues).toMatchObject([
    { name: 'status', readOnlyMode: true },
    { name: 'news', readOnlyMode: true },
    { name: 'deliver', readOnlyMode: true },
  ])
  for (const [method, path] of [
    ['PUT', '/queues/api/queues/status/pause'],
    ['PUT', '/queues/api/queues/status/obliterate'],
    ['POST', '/queues/api/queues/status/add'],
  ] as const)
    expect((await ask(path, { method, headers })).status, path).toBeGreaterThanOrEqual(400)
  expect((await ask('/queues/static/../../package.json', { headers })).status).toBe(404)
  expect((await ask('/queues/static/%2e%2e/index.ejs', { headers })).status).toBe(404)

  const until = Number(/=(\d+)\./.exec(Cookie)?.[1])
  const longer = Cookie.replace(String(until), String(until + 1))
  expect((await ask('/queues/api/queues', { headers: { Cookie: longer } })).status).toBe(401)
  expect((await ask('/api/screens', { headers })).status).toBe(401)
})

test('looking at the queues writes nothing to them', async () => {
  await stack.workers.stop()
  const keysOf = async () => (await stack.redis.redis.keys('{nephoscope}:queue:*')).sort()
  const before = await keysOf()
  await stack.redis.redis.del('{nephoscope}:queue:deliver:meta')
  const [Cookie = ''] = (await signIn(ADMIN_TOKEN)).headers.get('Set-Cookie')?.split(';') ?? []
  for (const path of ['api/queues', 'api/queues?activeQueue=deliver', 'queue/deliver'])
    expect((await ask(`/queues/${path}`, { headers: { Cookie } })).status).toBe(200)
  expect(await keysOf()).toEqual(before.filter(key => key !== '{nephoscope}:queue:deliver:meta'))
})

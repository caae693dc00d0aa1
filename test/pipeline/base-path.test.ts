import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, startBrowser, waitUntilRemembered } from '../support/browser.ts'
import { type Nginx, startNginx } from '../support/nginx.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
let server: string
let nginx: Nginx
let browser: Browser
beforeAll(async () => {
  stack = await startStack({ story: 'road' })
  server = (
    await stack.another('server', { PUBLIC_URL: 'https://example.com/status', TRUST_PROXY: '1', ADMIN_TOKEN: ADMIN })
  ).url
  await stack.ready(server)
  await until(async () => (await (await fetch(`${server}/api/stats`)).json()).regionsLive > 0, 'a region')
  nginx = await startNginx([server], { under: '/status' })
  browser = await startBrowser()
})
afterAll(async () => {
  await browser.close()
  await nginx.close()
  await stack.close()
})

const ADMIN = 'an-admin-token-of-many-letters'
const get = (path: string) => fetch(nginx.url + path)

test('the page works under the path: its files, live events, pages that are reloaded, and the service worker', async () => {
  const { page, complaints } = await openPage(browser, `${nginx.url}/status/`)
  await page.waitForSelector('a[href="/status/regions"]')
  stack.simulator.apply({
    do: 'open',
    id: 'live',
    on: 'azure',
    title: 'Trouble under a path',
    regions: ['westeurope'],
    services: ['Storage'],
  })
  const link = page.getByRole('link', { name: 'Trouble under a path' }).first()
  await link.waitFor()
  await link.click()
  await page.waitForURL(`${nginx.url}/status/incident/**`)
  await page.reload()
  await page.getByRole('heading', { name: 'Trouble under a path' }).first().waitFor()
  await page.goto(`${nginx.url}/status/region/azure/westeurope`)
  await page.getByRole('heading', { name: 'West Europe' }).first().waitFor()
  const hrefs = await page.$$eval('a[href^="/"]', links => links.map(one => one.getAttribute('href')))
  expect(hrefs.filter(href => !href?.startsWith('/status/'))).toEqual([])
  const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope)
  expect(scope).toBe(`${nginx.url}/status/`)
  expect(complaints).toEqual([])
})

test('without a network the page opens from the service worker of the path', async () => {
  const { page } = await openPage(browser, `${nginx.url}/status/`)
  await waitUntilRemembered(page)
  await page.reload()
  await page.context().setOffline(true)
  await page.goto(`${nginx.url}/status/region/azure/westeurope`)
  await page.getByRole('heading', { name: 'West Europe' }).first().waitFor()
})

test('links that lead here carry the path: of feeds, heads, frames, the manifest and new records', async () => {
  expect(await (await get('/status/feeds/all.rss')).text()).toContain('<link>https://example.com/status/incident/')
  expect(await (await get('/status/news')).text()).toContain(
    '<link rel="canonical" href="https://example.com/status/news">',
  )
  expect(await (await get('/status/embed/region/azure/westeurope')).text()).toContain('src="/status/badge/region/')
  const manifest = await (await get('/status/manifest.webmanifest')).json()
  expect(manifest).toMatchObject({ id: '/status/', start_url: '/status/', scope: '/status/' })
  for (const { src } of manifest.icons) expect((await get(src)).status).toBe(200)
  const posted = await fetch(`${nginx.url}/status/api/notices`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${ADMIN}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ text: 'Hello' }),
  })
  expect(posted.headers.get('location')).toMatch(/^\/status\/api\/notices\//)
})

test('a page opens without the path too, as from the address of the server itself, and its links have the path', async () => {
  const { page } = await openPage(browser, `${server}/regions`)
  await page.getByRole('heading', { name: 'Regions', level: 2 }).first().waitFor()
  expect(await page.getByRole('link', { name: 'News', exact: true }).first().getAttribute('href')).toBe('/status/news')
  await page.context().close()
})

test('whether the host has TLS alone is for all who share it, and not said here', async () => {
  expect((await get('/status/')).headers.get('strict-transport-security')).toBeNull()
})

test('the OpenAPI document names the path as its server', async () => {
  expect((await (await get('/status/api/openapi.json')).json()).servers).toMatchObject([{ url: '/status' }])
})

test('a proxy may keep the path or take it off, and what nginx does for single addresses it does under the path', async () => {
  for (const path of ['/api/stats', '/status/api/stats', '/', '/status', '/status/', '/healthz', '/status/healthz'])
    expect([path, (await fetch(server + path)).status]).toEqual([path, 200])
  expect((await get('/status/api/compact-snapshot')).headers.has('x-cache')).toBe(true)
  expect((await get('/status/metrics')).status).toBe(404)
})

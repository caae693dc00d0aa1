import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keys } from '../../shared/redis/keys.ts'
import { provider, status } from '../client/builders.ts'
import { openPage, startBrowser } from '../support/browser.ts'
import { incident, region, source } from '../support/builders.ts'
import { composedServer } from '../support/composed-server.ts'
import { type TemporaryRedis, temporaryRedis } from '../support/temporary-redis.ts'

const HOST = 'status.aws.example'
const east = region('aws/us-east-1', { name: 'N. Virginia' })
const catalogue = { providers: new Map([['aws', provider('aws', 'AWS')]]), regions: new Map([[east.id, east]]) }
const told = incident('aws-status/a', { provider: 'aws', title: 'Lambda & EC2 fail', regions: [east.id] })

let store: TemporaryRedis
let server: Awaited<ReturnType<typeof composedServer>>
let elsewhere: Server
let browser: Browser
/** A page of another origin that loads the script of the mapped host. */
let site: string
beforeAll(async () => {
  store = await temporaryRedis()
  await store.redis.hset(keys.sources, 'aws-status', JSON.stringify(source('aws-status', { provider: 'aws' })))
  await store.redis.hset(keys.incidents, told.id, JSON.stringify(told))
  await store.redis.hset(keys.statuses, east.id, JSON.stringify(status(east.id, { status: 'partial_outage' })))
  const hosts = new Map([[HOST, 'aws']])
  server = await composedServer(store, { catalogue, services: new Map(), vendors: new Map(), hosts })
  const { port } = new URL(server.url)
  elsewhere = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end(`<!doctype html><title>A shop</title><link rel="icon" href="data:,">
      <h1>A shop</h1><script src="http://${HOST}:${port}/embed/script.js" async></script>`)
  }).listen(0, '127.0.0.1')
  await once(elsewhere, 'listening')
  // it listens on a port, not on a socket
  site = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`
  browser = await startBrowser([`--host-resolver-rules=MAP ${HOST} 127.0.0.1`])
})
afterAll(async () => {
  await browser.close()
  elsewhere.close()
  await server.close()
  await store.close()
})

test('a page of another origin shows what is wrong, until its reader puts it away', async () => {
  const { page, complaints } = await openPage(browser, site)
  const frame = page.frameLocator('iframe[title="Status"]')
  await frame.getByText('Lambda & EC2 fail').waitFor()
  expect(await frame.getByRole('link').getAttribute('href')).toBe(`http://${HOST}:${new URL(server.url).port}`)
  await frame.getByRole('button', { name: 'Close' }).click()
  await page.locator('iframe[title="Status"]').waitFor({ state: 'hidden' })
  expect(complaints).toEqual([])
  await page.context().close()
})

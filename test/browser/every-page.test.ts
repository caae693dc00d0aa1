import type { Browser, BrowserContextOptions, Page as Tab } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Incident } from '../../shared/domain/incident.ts'
import type { Page } from '../../shared/domain/pages.ts'
import { violations } from '../support/axe.ts'
import { openPage, startBrowser, type WatchedPage } from '../support/browser.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
let browser: Browser
beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ story: 'demo', every: '1s' }), startBrowser()])
  await stack.ready()
})
afterAll(async () => {
  await browser.close()
  await stack.close()
})

/** One address of every kind of page; an incident's id is asked for. */
const addresses: Record<Page['name'] | 'nothing', string> = {
  dashboard: '/',
  incidents: '/incidents',
  incident: '/incident/',
  region: '/region/azure/westeurope',
  provider: '/provider/aws',
  news: '/news',
  near: '/near?compare=aws/eu-west-1,azure/westeurope',
  regions: '/regions?view=table',
  sources: '/sources',
  stack: '/stack',
  walls: '/walls',
  deliveries: '/deliveries',
  wall: '/wall?scenes=figures',
  nothing: '/no/such/page',
}

const desk = { width: 1920, height: 1080 }
const phone = { width: 390, height: 844 }

describe.each<[theme: string, device: string, options: BrowserContextOptions]>([
  ['light', 'a desk', { viewport: desk, colorScheme: 'light' }],
  ['dark', 'a phone', { viewport: phone, colorScheme: 'dark' }],
  ['high contrast', 'a desk', { viewport: desk, contrast: 'more' }],
  ['light', 'a phone', { viewport: phone, colorScheme: 'light' }],
])('in the %s theme, on %s', (_theme, _device, options) => {
  let opened: WatchedPage
  beforeAll(async () => {
    opened = await openPage(browser, stack.url, options)
  })
  afterAll(() => opened.page.context().close())

  test.each(Object.entries(addresses))('axe finds nothing on the page %s, and nothing is wider', async (name, path) => {
    const { page, complaints } = opened
    await page.goto(stack.url + path + (name === 'incident' ? await incidentId() : ''))
    await settled(page)
    // a row that slides in is beside its place for a moment
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth), { timeout: 20_000 })
      .toBeLessThanOrEqual(page.viewportSize()?.width ?? 0)
    expect(await violations(page)).toEqual([])
    // the browser itself complains of every 404
    expect(complaints.filter(line => name !== 'nothing' || !line.includes('404'))).toEqual([])
  })
})

test('a page says how things are before its script runs, and once when it has', async () => {
  const silent = await openPage(browser, stack.url, { javaScriptEnabled: false })
  await silent.page.getByRole('heading', { level: 1, name: /^Cloud regions now: / }).waitFor()
  await silent.page.getByText(/^As of \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/).waitFor()
  const { page } = await openPage(browser, stack.url)
  await settled(page)
  expect(await page.locator('#first-view').count()).toBe(0)
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
  for (const one of [silent.page, page]) await one.context().close()
})

async function settled(page: Tab): Promise<void> {
  await page.getByText(/^live/).first().waitFor()
  await page.getByRole('heading').first().waitFor()
  await until(async () => (await page.getByText('Loading.').count()) === 0, 'all to be there')
}

async function incidentId(): Promise<string> {
  const answer = await fetch(`${stack.url}/api/incidents`)
  return Incident.array().parse((await answer.json()).incidents)[0]?.id ?? ''
}

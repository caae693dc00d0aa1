import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, startBrowser } from '../support/browser.ts'
import { type Line, startLine } from '../support/line.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'
import { type Glance, watchWall } from '../support/watch-wall.ts'

let stack: Stack
let browser: Browser
let line: Line
let page: Page
let glances: Glance[]
let loads = 0

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ story: 'demo', every: '1s' }), startBrowser()])
  await stack.ready()
  line = await startLine(stack.url)
  ;({ page } = await openPage(browser, 'about:blank'))
  ;({ glances } = await watchWall(page))
  page.on('load', () => loads++)
  await page.goto(`${line.url}/wall?scenes=mine,incidents,figures&every=5s`)
  await live()
})
afterAll(async () => {
  await browser.close()
  await line.close()
  await stack.close()
})

const live = () => page.locator('.wall:not(.past) main :is(li, dl, h2, strong)').first().waitFor({ timeout: 60_000 })
const past = () => page.locator('.wall.past').waitFor({ timeout: 180_000 })

type Part = 'network' | 'server' | 'redis'
const take: Record<Part, () => unknown> = {
  network: () => line.down(),
  server: () => stack.server.stop('SIGKILL'),
  redis: () => stack.redis.stop(),
}
const giveBack: Record<Part, () => unknown> = {
  network: () => line.up(),
  server: () => stack.server.start(),
  redis: () => stack.redis.start(),
}

test.each<[string, Part[]]>([
  ['the network', ['network']],
  ['the server', ['server']],
  ['Redis', ['redis']],
  ['the network and Redis', ['network', 'redis']],
  ['all of them', ['redis', 'server', 'network']],
])('without %s a wall says that it shows the past, and is right again with it', async (name, parts) => {
  const before = loads
  glances.length = 0
  await until(() => glances.some(glance => glance.green && !glance.past), 'a glance at what is well')
  for (const part of parts) await take[part]()
  await past()
  await page
    .getByText(/^As of \d\d:\d\d/)
    .first()
    .waitFor()
  const from = glances.length
  // another scene each five seconds: each is to be as honest as the first
  await page.waitForTimeout(12_000)
  const during = glances.slice(from)
  expect(during.length).toBeGreaterThan(10)
  expect(during.filter(glance => !glance.past)).toEqual([])
  expect(during.filter(glance => glance.green)).toEqual([])

  const title = `Queries fail after ${name} came back`
  for (const part of [...parts].reverse()) await giveBack[part]()
  await stack.ready(line.url)
  const backAt = Date.now()
  stack.simulator.apply({
    do: 'open',
    id: `after-${parts.join('-')}`,
    on: 'azure',
    impact: 'major',
    title,
    regions: ['westeurope'],
    services: ['Storage'],
  })
  await page.getByText(title).first().waitFor({ timeout: 60_000 })
  await live()
  console.log(`  right again after ${name}: ${((Date.now() - backAt) / 1000).toFixed(1)} s, polling included`)
  expect(glances.filter(glance => glance.blank)).toEqual([])
  expect(loads).toBe(before)
})

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { movableClock, openPage, startBrowser } from '../support/browser.ts'
import { passTime } from '../support/pass-time.ts'
import { openSettings } from '../support/settings.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
let browser: Browser
beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ story: 'demo', every: '1s' }), startBrowser()])
  await stack.ready()
  await until(async () => (await stats()).regionsLive > 100, 'the regions to be rolled up')
})
afterAll(async () => {
  await browser.close()
  await stack.close()
})

const stats = async () => (await fetch(`${stack.url}/api/stats`)).json()
const open = (options = {}) => openPage(browser, stack.url, options)
/** A mark that a reload would wipe away. */
const mark = (page: Page) => page.evaluate(() => document.documentElement.setAttribute('data-not-reloaded', ''))
const marked = (page: Page) => page.evaluate(() => document.documentElement.hasAttribute('data-not-reloaded'))

test('a change at a source reaches the open page without a reload, and goes again', async () => {
  const { page, complaints } = await open()
  await page.getByText(/^live/).first().waitFor()
  await mark(page)
  const title = 'Disk latency in West Europe'
  stack.simulator.apply({ do: 'open', id: 'disks', on: 'azure', title, regions: ['westeurope'], services: ['Storage'] })
  await page.getByRole('heading', { name: title }).first().waitFor()
  await page
    .getByRole('button', { name: /westeurope.*degraded|West Europe.*degraded/i })
    .first()
    .waitFor()

  stack.simulator.apply({ do: 'resolve', id: 'disks', text: 'All is well.' })
  await until(
    async () =>
      (await page.getByRole('button', { name: /West Europe.*operational|westeurope.*operational/i }).count()) > 0,
    'the region to be well again',
  )
  const article = 'A rack walks into a bar'
  stack.simulator.apply({ do: 'publish', feed: 'the-rack', title: article, summary: 'It is served at once.' })
  await page.getByRole('link', { name: article }).first().waitFor()
  expect(await marked(page)).toBe(true)
  expect(complaints).toEqual([])
  await page.context().close()
})

test('a stack of one vendor and no region is spoken of by that vendor’s trouble, and why it concerns is said', async () => {
  const { page, complaints } = await open()
  await page.goto(`${stack.url}/?stack=Shop:github`)
  await page.getByText('The stack Shop came with a link.').waitFor()
  const title = 'Runners wait for an hour'
  stack.simulator.apply({ do: 'open', id: 'runners', on: 'github', title, regions: [], services: ['Actions'] })
  await page.getByRole('article').filter({ hasText: title }).getByText('concerns you: GitHub').waitFor()
  await page.getByRole('heading', { level: 1, name: /^Shop: .*concerns? you: GitHub/ }).waitFor()
  expect(await page.title()).toMatch(/^Shop: /)
  await page.getByRole('radio', { name: 'All' }).press('Space')
  await page.getByRole('heading', { level: 3, name: /^Elsewhere/ }).waitFor()
  stack.simulator.apply({ do: 'resolve', id: 'runners', text: 'All is well.' })
  expect(complaints).toEqual([])
  await page.context().close()
})

test('the page says that it is simulated, and its figures are those that matter', async () => {
  const { page } = await open()
  await page.getByText('SIMULATED').first().waitFor()
  const figures = page.getByRole('region', { name: 'Figures' })
  const figureOf = (label: string) =>
    figures
      .locator('dl > div')
      .filter({ has: page.getByText(label, { exact: true }) })
      .locator('dd .value')
      .textContent()
  expect(await figures.getByRole('term').allTextContents()).toEqual([
    'since last major outage',
    'longest open',
    'changes today',
    'next maintenance',
    'read just now',
  ])
  await until(async () => (await figureOf('read just now')) === '100%', 'every region to be read')
  const { regionsOpen } = await stats()
  await figures.getByText(`of all ${regionsOpen} regions`).waitFor()
  await until(async () => /^\d+$/.test((await figureOf('changes today')) ?? ''), 'the changes of today')
  await page.context().close()
})

test('the page survives a server that goes and comes back, without a reload, and says what it is doing', async () => {
  const { page } = await open()
  await page.getByText(/^live/).first().waitFor()
  await mark(page)
  await stack.server.stop('SIGKILL')
  await page
    .getByText(/reconnecting/)
    .first()
    .waitFor()
  const title = 'Opened while nobody served'
  stack.simulator.apply({
    do: 'open',
    id: 'unserved',
    on: 'azure',
    title,
    regions: ['japaneast'],
    services: ['Storage'],
  })
  stack.server.start()
  await page.getByRole('heading', { name: title }).first().waitFor()
  await page.getByText(/^live/).first().waitFor()
  expect(await marked(page)).toBe(true)
  await page.context().close()
})

test('when the server freezes, headline and title are dated and hatched while its socket stays open', async () => {
  const { page } = await openPage(browser, 'about:blank')
  const clock = await movableClock(page)
  await page.goto(stack.url)
  await page.getByText(/^live/).first().waitFor()
  const { pid } = stack.server
  if (pid === undefined) throw new Error('the server does not run')
  process.kill(pid, 'SIGSTOP')
  try {
    await clock.forward(8_500)
    await page.locator('h1.hatched', { hasText: /^Stale since \d\d:\d\d\. Last known: / }).waitFor({ timeout: 30_000 })
    expect(await page.title()).toMatch(/^Stale since/)
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  await page.getByText(/^live/).first().waitFor({ timeout: 60_000 })
  expect(await page.locator('h1.hatched').count()).toBe(0)
  await page.context().close()
})

test('when no worker lives any more the page says since when it is stale', async () => {
  const { page } = await open()
  await page.getByText(/^live/).first().waitFor()
  await stack.workers.stop('SIGKILL')
  await passTime(stack.redis.redis, 61_000)
  await page
    .getByText(/stale since/)
    .first()
    .waitFor({ timeout: 90_000 })
  stack.workers.start()
  await page.getByText(/^live/).first().waitFor({ timeout: 60_000 })
  await page.context().close()
})

describe.each([
  ['desk', { width: 1920, height: 1080 }],
  ['phone', { width: 390, height: 844 }],
])('on a %s', (_, viewport) => {
  test('nothing is wider than the screen', async () => {
    const { page } = await open({ viewport })
    await page.getByText(/^live/).first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width)
    await page.context().close()
  })
})

describe('in another language', () => {
  const widths = [1920, 390]
  /** How much wider than the screen the page is; null where it fits. */
  const overflow = (page: Page) =>
    page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return scrollWidth > clientWidth ? `${scrollWidth} px of ${clientWidth} px` : null
    })

  test.each([
    ['de', 'Deutsch', /\b(?:ist|sind|ruhig|meldet|melden|bekannt)\b/],
    ['ja', '日本語', /[\u3040-\u30ff]/],
  ])('%s is spoken when it is chosen, fits, and stays', async (tag, name, sentence) => {
    const { page, complaints } = await open()
    await page.getByText(/^live/).first().waitFor()
    await (await openSettings(page)).getByLabel('Language').selectOption(name)
    await page.keyboard.press('Escape')
    await page.locator(`html[lang=${tag}][dir=ltr]`).waitFor({ state: 'attached' })
    await page.getByRole('heading', { level: 1, name: sentence }).waitFor()
    for (const width of widths) {
      await page.setViewportSize({ width, height: 844 })
      expect(await overflow(page), `${width} px`).toBeNull()
    }
    await page.reload()
    await page.getByRole('heading', { level: 1, name: sentence }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe(tag)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('the browser’s own language is spoken without being chosen', async () => {
    const { page } = await open({ locale: 'de-AT' })
    await page.getByRole('heading', { name: 'Störungen' }).waitFor()
    await page.context().close()
  })

  test('written from right to left, nothing is wider than the screen', async () => {
    const { page } = await open()
    await page.getByText(/^live/).first().waitFor()
    await page.evaluate(() => {
      document.documentElement.dir = 'rtl'
    })
    for (const width of widths) {
      await page.setViewportSize({ width, height: 844 })
      expect(await overflow(page), `${width} px`).toBeNull()
    }
    await page.context().close()
  })
})

test('the ticker moves, can be paused by keyboard, and steps where motion is not wanted', async () => {
  const { page } = await open()
  const pause = page.getByRole('button', { name: /pause/i }).first()
  await pause.focus()
  await page.keyboard.press('Enter')
  await page
    .getByRole('button', { name: /play|resume|go on|move/i })
    .first()
    .waitFor()
  await page.context().close()
})

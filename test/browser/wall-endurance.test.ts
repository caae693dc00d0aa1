import { readFile, writeFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { STAGGER_MS, staggerOf } from '../../client/wall/watchdog.ts'
import { openPage, startBrowser } from '../support/browser.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

const SCREEN = '0123456789abcdef'.repeat(2)

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

const isLive = (page: Page) => page.locator('.wall:not(.past) main').waitFor({ timeout: 60_000 })
const shade = (page: Page) => page.locator('.shade').getAttribute('data-light')

/** The hours around this one in UTC, as a night. */
function nightNow(): string {
  const hour = new Date().getUTCHours()
  return `${(hour + 23) % 24}:00-${(hour + 2) % 24}:00`
}

test('at night a wall gives no light, and full light for a grave incident in a region of mine', async () => {
  const { page, complaints } = await openPage(browser, `${stack.url}/wall?tz=UTC&night=${nightNow()}&night-look=off`)
  await isLive(page)
  await until(async () => (await shade(page)) === 'off', 'the night to come')
  stack.simulator.apply({
    do: 'open',
    id: 'night',
    on: 'google',
    impact: 'critical',
    title: 'Queries fail at night',
    regions: ['europe-west4'],
    services: ['Cloud SQL'],
  })
  await page.locator('.takeover', { hasText: 'Queries fail at night' }).waitFor({ timeout: 60_000 })
  await until(async () => (await shade(page)) === 'full', 'the announcement to have light')
  await until(async () => (await shade(page)) === 'dim', 'what nobody has seen to stay in sight')
  await page.keyboard.press('a')
  expect(await shade(page)).toBe('full')
  expect(complaints).toEqual([])
  await page.context().close()
})

test('a night that is none is told with its rule and its mend', async () => {
  const { page } = await openPage(browser, `${stack.url}/wall?night=22-6&night-look=red`)
  await page.getByText('is not a night: write two different times of the day, like 22:00-06:30').waitFor()
  await page.getByText('is not what a screen does at night: use dim, off').waitFor()
  expect(await shade(page)).toBe('full')
  await page.context().close()
})

test('a clock that is wrong is told, and the times are those of the server', async () => {
  const { page } = await openPage(browser, 'about:blank', { timezoneId: 'UTC' })
  await page.addInitScript(() => {
    const real = Date.now
    Date.now = () => real() - 3_900_000
  })
  await page.goto(`${stack.url}/wall?tz=UTC`)
  await page.getByText(/This screen's clock is 1 h [45] min behind/).waitFor()
  const clock = (ms: number) => new Date(ms).toISOString().slice(11, 16)
  const shown = () => page.locator('.wall header time').textContent()
  await until(async () => clock(Date.now()) === (await shown()), "the clock to show the server's time")
  await page.context().close()
})

test('a browser that cannot keep the screen on says what to do', async () => {
  const { page } = await openPage(browser, 'about:blank')
  await page.addInitScript(() => Object.defineProperty(navigator, 'wakeLock', { value: undefined }))
  await page.goto(`${stack.url}/wall`)
  await page.getByText(/The browser cannot keep this screen on/).waitFor()
  await page.context().close()
})

test('a wall takes a new build in its turn, and remembers that it has', async () => {
  const file = new URL('../../dist/build.json', import.meta.url)
  const real = await readFile(file, 'utf8')
  const soon = Array.from({ length: 5_000 }, (_, n) => `build-${n}`).find(
    build => staggerOf(SCREEN, build) < STAGGER_MS / 100,
  )
  const { page } = await openPage(browser, 'about:blank')
  await page.addInitScript(id => localStorage.setItem('nephoscope.screen', JSON.stringify({ id, token: null })), SCREEN)
  let loads = 0
  page.on('load', () => loads++)
  await page.goto(`${stack.url}/wall`)
  await isLive(page)
  try {
    await writeFile(file, JSON.stringify({ ...JSON.parse(real), build: soon }))
    await stack.server.stop()
    stack.server.start()
    await stack.ready()
  } finally {
    await writeFile(file, real)
  }
  await until(() => loads === 2, 'the wall to take the build')
  await isLive(page)
  expect(await page.evaluate(() => JSON.parse(sessionStorage.getItem('nephoscope.wall.reloads') ?? '[]').length)).toBe(
    1,
  )
  await page.context().close()
})

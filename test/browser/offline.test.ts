import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { openPage, startBrowser, waitUntilRemembered } from '../support/browser.ts'
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
const live = (page: Page) => page.getByText(/^live/).first().waitFor()

test('without a network the page opens with what was last known, marked as such, and is live again with it', async () => {
  const { page } = await openPage(browser, stack.url, { colorScheme: 'light' })
  await live(page)
  await waitUntilRemembered(page)
  await page.context().setOffline(true)
  await page.reload()
  await page
    .getByText(/^as of \d\d:\d\d$/)
    .first()
    .waitFor()
  await page.getByText(/\. This is the last known state, as of /).waitFor()
  await page.getByRole('heading', { level: 1, name: /Last known/ }).waitFor()
  await page.locator('[data-tile]', { hasText: 'West Europe' }).first().getByText('unknown').first().waitFor()
  await page.getByRole('button', { name: /^westeurope\b.*unknown.*last known/i }).waitFor()
  expect(await page.locator('.regions button[data-status="operational"]').count()).toBe(0)
  expect(await violations(page, 'header')).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1920)

  await page.goto(`${stack.url}/sources`)
  await page
    .getByText(/^as of /)
    .first()
    .waitFor()
  await page.context().setOffline(false)
  await live(page)
  expect(await page.getByText(/^as of /).count()).toBe(0)
  await page.context().close()
})

test('a notice comes for an incident in a region of mine, and for none elsewhere', async () => {
  const { page } = await openPage(browser, 'about:blank', {
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
  })
  await page.context().grantPermissions(['notifications'], { origin: stack.url })
  await page.addInitScript(() => {
    localStorage.setItem('nephoscope.mine', 'azure/westeurope')
    const shown: { title: string; tag?: string | undefined; click(): void }[] = []
    Object.assign(window, { shown })
    const Real = Notification
    window.Notification = class extends Real {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options)
        shown.push({ title, tag: options?.tag, click: () => this.dispatchEvent(new Event('click')) })
      }
    }
    document.hasFocus = () => false
  })
  await page.goto(stack.url)
  await live(page)
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'Notices, off' }).click()
  const dialog = page.getByRole('dialog', { name: 'Notices' })
  expect(await violations(page, 'dialog[open]')).toEqual([])
  await dialog.getByLabel('Show a notice').focus()
  await page.keyboard.press('Space')
  await dialog.getByLabel('Play a quiet tone').check()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Notices, on' }).waitFor()
  await page.getByRole('radio', { name: 'All' }).press('Space')

  const open = (id: string, title: string, region: string) =>
    stack.simulator.apply({ do: 'open', id, on: 'azure', title, regions: [region], services: ['Storage'] })
  open('far', 'Disks far away', 'japaneast')
  await page.getByRole('heading', { name: 'Disks far away' }).waitFor()
  open('near', 'Disks nearby', 'westeurope')
  const titles = () => page.evaluate(() => Reflect.get(window, 'shown').map((one: { title: string }) => one.title))
  await until(async () => (await titles()).length > 0, 'a notice')
  expect(await titles()).toEqual(['Azure West Europe: new incident'])
  await page.evaluate(() => Reflect.get(window, 'shown')[0].click())
  await page.getByRole('heading', { name: 'Disks nearby' }).first().waitFor()
  expect(new URL(page.url()).pathname).toMatch(/^\/incident\//)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.context().close()
})

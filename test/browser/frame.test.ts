import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { openPage, startBrowser } from '../support/browser.ts'
import { type Stack, startStack } from '../support/stack.ts'

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

const open = async (options = {}, path = '') => {
  const opened = await openPage(browser, stack.url + path, options)
  await opened.page.getByText(/^live/).first().waitFor()
  return opened
}

test('keys search, go to pages and explain themselves, but not while somebody types', async () => {
  const { page, complaints } = await open()
  await page.keyboard.press('/')
  await page.keyboard.type('gs?/west eur')
  expect(new URL(page.url()).pathname).toBe('/')
  const search = page.getByRole('combobox', { name: 'Search' })
  expect(await search.inputValue()).toBe('gs?/west eur')
  await search.fill('west eur')
  await page.getByRole('option', { name: 'Azure West Europe' }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 2, name: 'Azure West Europe' }).waitFor()

  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page.waitForURL('**/sources')
  await page.keyboard.press('Control+/')
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await help.waitFor()
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'hidden' })
  expect(complaints).toEqual([])
  await page.context().close()
})

test('high contrast is chosen by the system or by the reader, and stays', async () => {
  const { page } = await open({ contrast: 'more' })
  await page.locator('html[data-theme=contrast]').waitFor({ state: 'attached' })
  const theme = page.getByRole('combobox', { name: 'Theme' })
  await theme.selectOption('Dark')
  await page.locator('html[data-theme=dark]').waitFor({ state: 'attached' })
  await page.emulateMedia({ contrast: 'no-preference' })
  await theme.selectOption('High contrast')
  await page.reload()
  await page.getByText(/^live/).first().waitFor()
  expect(await page.locator('html').getAttribute('data-theme')).toBe('contrast')
  await page.context().close()
})

test.each([
  ['desk', 'dark', { width: 1920, height: 1080 }],
  ['phone', 'light', { width: 390, height: 844 }],
] as const)('on a %s, in the %s theme, every page and choice is at hand', async (device, colorScheme, viewport) => {
  const { page } = await open({ viewport, colorScheme })
  if (device === 'phone') await page.getByRole('button', { name: 'Menu' }).click()
  for (const name of ['Incidents', 'News', 'Find your region', 'Sources'])
    expect(await page.getByRole('banner').getByRole('link', { name }).isVisible(), name).toBe(true)
  expect(await page.getByRole('combobox', { name: 'Theme' }).isVisible()).toBe(true)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width)
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('banner').getByRole('link', { name: 'Sources' }).click()
  await page.waitForURL('**/sources')
  if (device === 'phone') await page.getByRole('link', { name: 'News' }).waitFor({ state: 'hidden' })
  await page.context().close()
})

test('a text cannot become markup, whatever script tries', async () => {
  const { page } = await open()
  const tried = await page.evaluate(() => {
    try {
      document.createElement('p').innerHTML = '<b>from outside</b>'
      return 'became markup'
    } catch (error) {
      return error instanceof TypeError ? 'refused' : String(error)
    }
  })
  expect(tried).toBe('refused')
  await page.context().close()
})

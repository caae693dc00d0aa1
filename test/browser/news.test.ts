import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, startBrowser } from '../support/browser.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
let browser: Browser
beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ story: 'demo', every: '1s' }), startBrowser()])
  await stack.ready()
  await until(async () => (await articles()) > 20, 'the articles to be read')
})
afterAll(async () => {
  await browser.close()
  await stack.close()
})

const articles = async () => (await (await fetch(`${stack.url}/api/stats`)).json()).articles
const open = async (options = {}) => {
  const opened = await openPage(browser, `${stack.url}/news`, options)
  await opened.page.locator('ol article').first().waitFor()
  return opened
}

test('news is found as one types, walked through by keys, and does not move under the reader', async () => {
  const { page, complaints } = await open()
  await page.keyboard.press('?')
  await page.getByText('Find in the news').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  await page.keyboard.type('kubernetse')
  await page.locator('mark', { hasText: 'Kubernetes' }).first().waitFor()
  await page.waitForURL(/\?q=kubernetse$/)
  await page.getByRole('button', { name: 'Take all filters back' }).click()
  await page
    .getByRole('button', { name: /^Pricing/ })
    .first()
    .click()
  await page.waitForURL(/\?topic=pricing$/)
  expect(await page.getByRole('link', { name: 'RSS', exact: true }).getAttribute('href')).toContain('pricing.rss')
  await page.getByRole('button', { name: /^All/ }).click()

  await page.keyboard.press('j')
  await page.keyboard.press('j')
  const second = page.locator('ol h3 > a').nth(1)
  expect(await second.evaluate(link => link === document.activeElement)).toBe(true)
  const title = 'A pager goes for a swim'
  stack.simulator.apply({ do: 'publish', feed: 'the-rack', title, summary: 'It is waterproof.' })
  const bar = page.getByRole('button', { name: /new · Show/ })
  await bar.waitFor()
  expect(await page.getByRole('link', { name: title }).count()).toBe(0)
  await bar.click()
  await page.locator('ol').getByRole('link', { name: title }).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { openPage, startBrowser } from '../support/browser.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

const TOKEN = 'an-admin-token-of-many-letters'
let stack: Stack
let browser: Browser
let adminUrl: string
beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ story: 'demo', every: '1h' }), startBrowser()])
  const admin = await stack.another('server', { ADMIN_TOKEN: TOKEN })
  adminUrl = admin.url
  await Promise.all([stack.ready(), stack.ready(adminUrl)])
  await until(async () => (await list('unread')).length === 0, 'every source to be read')
})
afterAll(async () => {
  await browser.close()
  await stack.close()
})

const list = async (state: string) => (await (await fetch(`${stack.url}/api/sources?state=${state}`)).json()).sources
const open = async (url: string, options = {}) => {
  const opened = await openPage(browser, `${url}/sources`, options)
  await opened.page.getByRole('row', { name: /Azure status/ }).waitFor()
  return opened
}

test('a source is polled on demand, with a token that is typed once', async () => {
  const { page, complaints } = await open(adminUrl)
  await until(() => stack.simulator.requests('azure-status') > 0, 'its first poll by the timetable')
  const requests = stack.simulator.requests('azure-status')
  const pollAzure = page.getByRole('button', { name: 'Poll now Azure status' })
  await pollAzure.click()
  const dialog = page.getByRole('dialog', { name: 'Poll Azure status now' })
  await dialog.getByLabel('Admin token').fill('a-wrong-admin-token')
  await page.keyboard.press('Enter')
  await dialog.getByText(/not accepted/).waitFor()
  expect(stack.simulator.requests('azure-status')).toBe(requests)

  await dialog.getByLabel('Admin token').fill(TOKEN)
  await dialog.getByRole('button', { name: 'Poll now' }).click()
  await page.getByText('Azure status is polled now.').waitFor()
  await dialog.waitFor({ state: 'hidden' })
  await until(() => stack.simulator.requests('azure-status') > requests, 'the source to be polled')

  await pollAzure.focus()
  await page.keyboard.press('Enter')
  await until(() => stack.simulator.requests('azure-status') > requests + 1, 'it to be polled again')
  expect(await page.evaluate(token => JSON.stringify(localStorage).includes(token), TOKEN)).toBe(false)
  expect(complaints.filter(line => !line.includes('401'))).toEqual([])
  await page.context().close()
})

test('where the server has no admin token, nothing can be polled on demand', async () => {
  const { page } = await open(stack.url)
  await page
    .getByRole('img', { name: /^All polls ok in the last 24 h/ })
    .first()
    .waitFor()
  expect(await page.getByRole('button', { name: /^Poll now/ }).count()).toBe(0)
  await page.context().close()
})

test('sources are found, filtered and sorted by keyboard', async () => {
  const { page } = await open(stack.url)
  const names = () => page.locator('[data-source] th').allInnerTexts()
  const all = (await names()).length
  await page.getByRole('searchbox', { name: 'Find' }).focus()
  await page.keyboard.type('statuspage github')
  await until(async () => (await names()).length === 1, 'one source to be left')
  expect((await names())[0]).toContain('GitHub')
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Delete')
  await page.getByLabel('State').selectOption('disabled')
  await page.getByText('No source fits').waitFor()
  await page.getByLabel('State').selectOption('')
  await page.getByLabel('Sort by').selectOption('name')
  const sorted = await names()
  expect(sorted).toHaveLength(all)
  expect(sorted).toEqual([...sorted].sort((a, b) => a.localeCompare(b)))
  await page.context().close()
})

test('axe finds nothing while the admin token is asked for', async () => {
  const { page } = await open(adminUrl)
  await page
    .getByRole('button', { name: /^Poll now/ })
    .first()
    .click()
  await page.getByRole('dialog').waitFor()
  expect(await violations(page)).toEqual([])
  await page.context().close()
})

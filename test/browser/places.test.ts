import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, startBrowser } from '../support/browser.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
let browser: Browser
beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ story: 'demo', every: '1h' }), startBrowser()])
  await stack.ready()
  const unread = async () => (await (await fetch(`${stack.url}/api/sources?state=unread`)).json()).sources
  await until(async () => (await unread()).length === 0, 'every source to be read')
  const history = async () => (await fetch(`${stack.url}/api/history?region=aws/eu-west-1`)).json()
  await until(async () => (await history()).since !== null, 'a first roll-up')
})
afterAll(async () => {
  await browser.close()
  await stack.close()
})

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 2, name, exact: true }).waitFor()

test('a region’s page tells its days, is copied from and pinned, and leads to its neighbours and its provider', async () => {
  const { page, complaints } = await openPage(browser, `${stack.url}/region/aws/eu-west-1`)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await heading(page, 'AWS eu-west-1')
  await page.getByText(/Watched since .+; nothing is known of the time before\./).waitFor()
  await page.getByText('For programs').click()
  await page.getByRole('button', { name: 'Copy Channel' }).press('Enter')
  await page.getByText('Channel: copied.').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('region/aws/eu-west-1')
  await page.getByRole('button', { name: 'Remove from my stack' }).click()
  await page.getByRole('button', { name: 'Add to my stack' }).waitFor()
  expect(await page.getByRole('img', { name: 'Badge of AWS eu-west-1' }).evaluate(one => one.clientWidth > 50)).toBe(
    true,
  )

  await page.getByRole('link', { name: 'Azure North Europe' }).click()
  await heading(page, 'Azure North Europe')
  await page.getByRole('main').getByRole('link', { name: 'Azure', exact: true }).click()
  await heading(page, 'Azure')
  await page.getByRole('heading', { name: 'What it says of itself' }).waitFor()
  await page.goto(`${stack.url}/region/aws/nowhere`)
  await page.getByText("No provider that is watched here has a region 'aws/nowhere'.").waitFor()
  expect(complaints.filter(line => !line.includes('404'))).toEqual([])
  await page.context().close()
})

test('the nearest regions are found by city or by where the reader is, and neither is told to the server', async () => {
  const { page, complaints } = await openPage(browser, `${stack.url}/near`, {
    geolocation: { latitude: 59.33, longitude: 18.07 },
    permissions: ['geolocation'],
  })
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  const first = page.locator('tbody tr:has(input)').first()
  await page.getByLabel('City').fill('vienna')
  await page.keyboard.press('Enter')
  await page.getByText('Distances from Vienna, Austria').waitFor()
  expect(await first.textContent()).toContain('Azure Austria East')
  await page.getByLabel('City').fill('münch')
  await page.getByRole('option', { name: 'München Munich, Germany' }).click()
  await page.getByText('Distances from München, Germany').waitFor()
  expect(await first.textContent()).toContain('km')
  await page.getByLabel('City').fill('Nowhereville')
  await page.keyboard.press('Enter')
  await page.getByText("No city 'Nowhereville' is known here.").waitFor()
  expect(await first.textContent()).not.toContain('km')
  await page.getByRole('button', { name: 'Use where I am' }).click()
  await page.getByText('Distances from where you are').waitFor()
  expect(await first.textContent()).toMatch(/Sweden|Stockholm|eu-north-1/)
  expect(asked.filter(url => /vienna|59\.3|18\.0/i.test(url))).toEqual([])
  expect(new URL(page.url()).search).toBe('')

  await page.getByLabel('Provider').selectOption('google')
  for (const name of ['Compare Google Cloud europe-north1', 'Compare Google Cloud europe-north2'])
    await page.getByLabel(name).press('Space')
  await page.reload()
  const table = page.getByRole('group', { name: 'Side by side' })
  await table.getByRole('columnheader').nth(1).waitFor()
  expect(await table.getByRole('columnheader').count()).toBe(2)
  await table.getByRole('button', { name: 'Remove Google Cloud europe-north1' }).click()
  await until(async () => (await table.getByRole('columnheader').count()) === 1, 'one region to be left')
  expect(complaints).toEqual([])
  await page.context().close()
})

test('a reader measures from their own browser, on a click, what the office allows, and what does not answer is said', async () => {
  stack.simulator.apply({ do: 'fail', source: 'aws-dublin-s3', as: 'reset' })
  const policy = async () => (await fetch(stack.url)).headers.get('content-security-policy')
  const allowed = `connect-src 'self' ${new URL(stack.simulator.url).origin};`
  await until(async () => (await policy())?.includes(allowed) ?? false, 'the policy to allow the endpoints')
  const { page } = await openPage(browser, `${stack.url}/near`)
  const row = (name: string) => page.locator('tbody tr').filter({ hasText: name })
  await page.getByRole('button', { name: 'Measure round trips to 2 endpoints' }).press('Enter')
  await page.getByText('1 of 2 answered, measured from this browser.').waitFor()
  expect(await page.locator('tbody tr:has(input)').first().textContent()).toMatch(/Azure West Europe.*\d+ ms/s)
  await page.getByLabel('by distance').press('Space')
  await page.getByLabel('Provider').selectOption('aws')
  await page.getByRole('button', { name: /^Show all/ }).click()
  expect(await row('AWS eu-west-1').textContent()).toContain('no answer')

  expect(await policy()).toContain(allowed)
  await page.context().close()
})

const STACK = 'Shop:aws/s3@eu-west-1;azure/aks@westeurope;netlify[Builds]'

test('a region’s page lists its services, those of the reader’s stack first, and leads to each', async () => {
  const { page, complaints } = await openPage(browser, `${stack.url}/region/aws/eu-west-1?stack=${STACK}`)
  const services = page.getByRole('region', { name: 'Services', exact: true })
  const first = services.getByRole('listitem').first()
  await first
    .filter({ hasText: /S3|Simple Storage/i })
    .filter({ hasText: 'Operational' })
    .waitFor()
  await first.getByRole('link').first().click()
  await page.waitForURL('**/provider/aws?service=s3**')
  await page.getByRole('heading', { name: /(?:S3|Simple Storage Service): / }).waitFor()
  await page.getByText('service/aws/s3', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'All of AWS' }).click()
  await heading(page, 'AWS')
  expect(complaints).toEqual([])
  await page.context().close()
})

test('a cloud’s page sets services in trouble against regions, of all or of the stack, in any width', async () => {
  const { page, complaints } = await openPage(browser, `${stack.url}/provider/aws?stack=${STACK}`)
  const troubles = page.getByRole('region', { name: 'In trouble now' })
  const table = troubles.getByRole('table')
  await table.getByRole('columnheader', { name: 'sa-east-1' }).waitFor()
  await table
    .getByRole('row', { name: /Direct Connect/ })
    .getByText('degraded performance')
    .waitFor()
  await troubles.getByText('Shop', { exact: true }).click()
  await troubles.getByText('Nothing that this stack uses is reported to be in trouble.').waitFor()
  await troubles.getByText('All', { exact: true }).click()
  await page.setViewportSize({ width: 390, height: 844 })
  await troubles
    .getByRole('listitem')
    .filter({ hasText: 'Direct Connect' })
    .getByRole('link', { name: 'sa-east-1' })
    .waitFor()
  expect(await table.isVisible()).toBe(false)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(complaints).toEqual([])
  await page.context().close()
})

test('a vendor’s page has its components by group, those of the stack marked, and says where it runs', async () => {
  const { page, complaints } = await openPage(browser, `${stack.url}/provider/netlify?stack=${STACK}`)
  const components = page.getByRole('region', { name: 'Components' })
  await components.getByText('Build Pipeline').waitFor()
  await components.getByText('High-Performance Edge').waitFor()
  const builds = components.getByRole('listitem').filter({ hasText: 'Builds' })
  await builds.getByText('in Shop').waitFor()
  expect(await components.getByText('in Shop').count()).toBe(1)
  await page.getByRole('region', { name: 'Where it runs' }).getByRole('link').first().waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

test('the search finds services and vendors, and a vendor that is not watched says how it would be', async () => {
  const { page, complaints } = await openPage(browser, `${stack.url}/sources`)
  const search = page.getByRole('combobox', { name: 'Search' })
  await search.fill('aks')
  await page.locator('a[role=option]').filter({ hasText: 'Azure' }).first().click()
  await page.waitForURL('**/provider/azure?service=aks')
  await search.fill('snowfl')
  await page.getByRole('option', { name: /Snowflake.*not watched here/ }).click()
  await heading(page, 'Snowflake')
  await page.getByText('- snowflake', { exact: true }).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { openPage, startBrowser } from '../support/browser.ts'
import { plainGet } from '../support/plain-get.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

const TITLE = 'Disk latency'
const VIEW_TOKEN = 'a-view-token-to-share-with'
const ENTRIES = 10
const clipboard = ['clipboard-read', 'clipboard-write']
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

let stack: Stack
let browser: Browser
let guarded: string
let id: string
beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ story: 'quiet', every: '1s' }), startBrowser()])
  await stack.ready()
  guarded = (await stack.another('server', { VIEW_TOKEN })).url
  await stack.ready(guarded)
  const at = { id: 'disks', regions: ['europe-west4'] }
  stack.simulator.apply({
    do: 'open',
    on: 'google',
    title: TITLE,
    impact: 'major',
    services: ['Cloud SQL'],
    text: 'We look into slow disks.',
    ...at,
  })
  for (let n = 2; n <= ENTRIES; n += 1)
    stack.simulator.apply({ do: 'spread', text: `Cell ${n} of the storage has been drained.`, ...at })
  await until(async () => (await told())?.entries.length >= ENTRIES, 'the words to be read')
  id = (await told()).id
})
afterAll(async () => {
  await browser.close()
  await stack.close()
})

const told = async () =>
  (await (await fetch(`${stack.url}/api/incidents?state=active`)).json()).incidents.find(
    ({ title }: { title: string }) => title === TITLE,
  )
const share = (page: Page) => page.getByRole('button', { name: 'Share', exact: true })
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

test('somebody on call opens a shared incident on a phone, reads the last words, and passes them on as text', async () => {
  const { page, complaints } = await openPage(browser, `${guarded}/incident/${id}`, {
    ...phone,
    permissions: clipboard,
  })
  await page.getByLabel('View token').fill(VIEW_TOKEN)
  await page.getByRole('checkbox', { name: 'Remember on this device' }).tap()
  await page.getByRole('button', { name: 'Open' }).tap()
  await page.getByText(`Cell ${ENTRIES} of the storage has been drained.`).first().waitFor()
  // the form that had the focus is gone
  expect(await page.getByRole('main').evaluate(one => one === document.activeElement)).toBe(true)
  const words = await page.getByText(`Cell ${ENTRIES} of the storage has been drained.`).first().boundingBox()
  const box = await share(page).boundingBox()
  expect(words && box && words.y + words.height).toBeLessThan(box?.y ?? 0)
  expect(box && box.y + box.height).toBeLessThanOrEqual(844 - 44)
  expect(box?.y).toBeGreaterThan(844 / 2)
  expect(box?.height).toBeGreaterThanOrEqual(44)
  await share(page).tap()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Copy as text' }).tap()
  await page.getByRole('status').getByText('Copied.', { exact: true }).waitFor()
  expect(await copied(page)).toMatch(
    new RegExp(
      `^Google Cloud europe-west4: partial outage since [\\d:A-Za-z ]+ UTC\\. ${TITLE}\\. Cell \\d+ of .*drained\\. ${guarded}/incident/${id}$`,
    ),
  )

  await page
    .getByRole('link', { name: /europe-west4/ })
    .first()
    .tap()
  await page.getByRole('heading', { level: 2, name: /europe-west4/ }).waitFor()
  await page.goBack()
  await page.getByText(`Cell ${ENTRIES} of the storage has been drained.`).first().waitFor()
  // it remembers on this device
  const later = await page.context().newPage()
  await later.goto(`${guarded}/incident/${id}`)
  await later.getByText(`Cell ${ENTRIES} of the storage has been drained.`).first().waitFor()
  expect(complaints.filter(line => !line.includes('401'))).toEqual([])
  await page.context().close()
})

test('the system’s own dialog gets the words and the link where there is one', async () => {
  const context = await browser.newContext(phone)
  await context.addInitScript(() => {
    Object.assign(navigator, { share: async (data: ShareData) => Object.assign(window, { shared: data }) })
  })
  const page = await context.newPage()
  await page.goto(`${stack.url}/incident/${id}`)
  await share(page).tap()
  expect(await page.evaluate(() => Reflect.get(window, 'shared'))).toEqual({
    title: `Google Cloud europe-west4: ${TITLE}`,
    text: expect.stringMatching(/^Google Cloud europe-west4: partial outage since /),
    url: `${stack.url}/incident/${id}`,
  })
  await context.close()
})

test('a browser that gives no clipboard, as without TLS, copies all the same', async () => {
  const context = await browser.newContext({ ...phone, permissions: clipboard })
  await context.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))
  })
  const page = await context.newPage()
  await page.goto(`${stack.url}/incident/${id}`)
  await share(page).tap()
  await page.getByRole('button', { name: 'Copy as text' }).tap()
  await page.getByRole('status').getByText('Copied.', { exact: true }).waitFor()
  expect(await copied(page)).toMatch(new RegExp(`${TITLE}.* ${stack.url}/incident/${id}$`))
  expect(await share(page).evaluate(one => one === document.activeElement)).toBe(true)
  expect(await page.evaluate(() => scrollY)).toBe(0)
  expect(await page.getByRole('group', { name: 'Share' }).locator('textarea').count()).toBe(0)
  await context.close()
})

test('a newcomer finds a region by keyboard, its state, its link, and its channel for programs', async () => {
  const { page, complaints } = await openPage(browser, `${stack.url}/region/google/europe-west4`, {
    viewport: { width: 1440, height: 900 },
    permissions: clipboard,
  })
  await page.getByRole('heading', { level: 2, name: /europe-west4/ }).waitFor()
  await share(page).focus()
  await page.keyboard.press('Enter')
  // the menu takes the focus, Escape gives it back
  expect(await page.getByRole('button', { name: 'Copy link' }).evaluate(one => one === document.activeElement)).toBe(
    true,
  )
  await page.keyboard.press('Escape')
  expect(await share(page).evaluate(one => one === document.activeElement)).toBe(true)
  expect(await page.getByRole('button', { name: 'Copy link' }).count()).toBe(0)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.getByRole('status').getByText('Copied.', { exact: true }).waitFor()
  expect(await copied(page)).toBe(`${stack.url}/region/google/europe-west4`)
  expect(await page.getByText('region/google/europe-west4', { exact: true }).isVisible()).toBe(false)
  await page.getByText('For programs').press('Enter')
  expect(await page.getByText('region/google/europe-west4', { exact: true }).isVisible()).toBe(true)
  expect(complaints).toEqual([])
  await page.context().close()
})

test('the record of an incident with ten entries prints on one page, without what only a screen can do', async () => {
  const { page } = await openPage(browser, `${stack.url}/incident/${id}`, { colorScheme: 'dark' })
  await page.getByText(`Cell ${ENTRIES} of the storage has been drained.`).first().waitFor()
  // until then the document shows what the server wrote
  await share(page).waitFor()
  const pdf = await page.pdf({ format: 'A4' })
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  expect(await page.getByRole('table').getByRole('row').count()).toBe(1 + ENTRIES)
  expect(await share(page).isVisible()).toBe(false)
  expect(await page.getByRole('navigation').first().isVisible()).toBe(false)
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
    'rgb(251, 250, 247)',
  )
  await page.context().close()
})

test('the head of a page names a card that a chat can show', async () => {
  const head = await (await fetch(`${stack.url}/incident/${id}`)).text()
  const [, address = ''] = /<meta property="og:image" content="([^"]+)">/.exec(head) ?? []
  expect(address).toMatch(new RegExp(`^${stack.url}/card/incident/${id}\\.png\\?v=`))
  const card = await fetch(address)
  expect([card.status, card.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(card.headers.get('cache-control')).toContain('immutable')
  const etag = card.headers.get('etag') ?? ''
  expect(await plainGet(address, { 'If-None-Match': etag })).toEqual({ status: 304, bytes: 0 })
  expect((await fetch(`${stack.url}/card/region/google/nowhere.png`)).status).toBe(404)
})

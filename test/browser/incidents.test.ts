import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { openPage, startBrowser } from '../support/browser.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

const ADMIN_TOKEN = 'an-admin-token-for-tests'
const TITLE = 'Disk latency in West Europe'
let stack: Stack
let browser: Browser
beforeAll(async () => {
  ;[stack, browser] = await Promise.all([
    startStack({ story: 'demo', every: '1s', environment: { ADMIN_TOKEN } }),
    startBrowser(),
  ])
  await stack.ready()
  stack.simulator.apply({
    do: 'open',
    id: 'disks',
    on: 'google',
    title: TITLE,
    impact: 'minor',
    regions: ['europe-west4'],
    services: ['Cloud SQL'],
    text: 'We look into slow disks.',
  })
  await until(async () => (await ended()).length > 0 && (await active()).includes(TITLE), 'incidents to be read')
})
afterAll(async () => {
  await browser.close()
  await stack.close()
})

const titles = async (state: string): Promise<string[]> =>
  (await (await fetch(`${stack.url}/api/incidents?state=${state}`)).json()).incidents.map(
    ({ title }: { title: string }) => title,
  )
const idOf = async (title: string): Promise<string> =>
  (await (await fetch(`${stack.url}/api/incidents?state=active`)).json()).incidents.find(
    (one: { title: string }) => one.title === title,
  ).id
const active = () => titles('active')
const ended = () => titles('ended')

test('an incident is opened from the dashboard, and what is said next comes in and is read aloud', async () => {
  const { page, complaints } = await openPage(browser, stack.url)
  await page.getByRole('link', { name: TITLE }).first().click()
  await page.getByRole('heading', { level: 2, name: TITLE }).waitFor()
  await page.getByText('We look into slow disks.').waitFor()
  stack.simulator.apply({ do: 'spread', id: 'disks', regions: ['europe-west1'], text: 'Belgium is slow too.' })
  await page.getByRole('list').getByText('Belgium is slow too.').waitFor()
  await page.getByRole('status').filter({ hasText: 'Belgium is slow too.' }).waitFor({ state: 'attached' })
  await page.getByText(/^Affected from now on: .*europe-west1/).waitFor()
  await page.getByRole('link', { name: /europe-west1 now: / }).waitFor()
  const first = () => page.getByRole('region', { name: 'Updates' }).getByRole('listitem').first().textContent()
  expect((await first()) ?? '').toContain('Belgium')
  await page.getByRole('radio', { name: 'Newest first' }).focus()
  await page.keyboard.press('ArrowRight')
  await until(async () => ((await first()) ?? '').includes('We look into'), 'the oldest to come first')
  expect(complaints).toEqual([])
  await page.context().close()
})

test('each word is a mark on the line of severity, which the keyboard and a finger follow to the words', async () => {
  const { page, complaints } = await openPage(browser, stack.url, { viewport: { width: 390, height: 844 } })
  await page.goto(`${stack.url}/incident/${await idOf(TITLE)}`)
  const line = page.getByRole('region', { name: 'How bad, and when' })
  await line.getByRole('img', { name: /^Degraded performance from / }).waitFor()
  const marks = line.getByRole('list', { name: 'What was said, and when' }).getByRole('link')
  stack.simulator.apply({
    do: 'update',
    id: 'disks',
    regions: [],
    services: [],
    cleared: [],
    text: 'More disks are slow.',
  })
  await until(async () => (await marks.count()) > 1, 'all words to be marks')
  await marks.last().focus()
  await page.keyboard.press('Home')
  const told = (await marks.first().getAttribute('aria-label')) ?? ''
  expect(told).toMatch(/^Investigating, dated .+, read .+ later\)$/)
  await line.getByText(told).waitFor()
  expect(await marks.evaluateAll(all => all.filter(({ tabIndex }) => tabIndex === 0).length)).toBe(1)
  await page.keyboard.press('Enter')
  const words = page.locator('li:focus')
  await words.getByText('We look into slow disks.').waitFor()
  await page.getByRole('tab', { name: 'Record' }).click()
  await marks.first().click()
  await words.getByText('We look into slow disks.').waitFor()
  await page.getByRole('tab', { name: 'Updates', selected: true }).waitFor()
  expect(await violations(page, 'main')).toEqual([])
  expect(complaints).toEqual([])
  await page.context().close()
})

test('an incident is acknowledged on one page, and every page and the record say by whom', async () => {
  const [{ page, complaints }, other] = await Promise.all([openPage(browser, stack.url), openPage(browser, stack.url)])
  await page.getByRole('link', { name: TITLE }).first().click()
  await page.getByRole('button', { name: 'Acknowledge' }).click()
  const dialog = page.getByRole('dialog', { name: 'Acknowledge this incident' })
  await dialog.getByLabel('Your name').fill('Ana')
  await dialog.getByLabel('Note, optional').fill('moving to Belgium')
  await dialog.getByLabel('Until').selectOption('in 4 hours')
  await dialog.getByRole('button', { name: 'Acknowledge' }).click()
  const token = page.getByRole('dialog', { name: /needs the admin token/ })
  await token.getByLabel(/token/i).fill('wrong-token-here')
  await token.getByRole('button', { name: 'Save' }).click()
  await token.getByText('This token was not accepted.').waitFor()
  await token.getByLabel(/token/i).fill(ADMIN_TOKEN)
  await token.getByRole('button', { name: 'Save' }).click()
  await page
    .getByText(/^Acknowledged by Ana, .* until .*: moving to Belgium$/)
    .first()
    .waitFor()
  await other.page.getByText('acknowledged: Ana').first().waitFor()
  await page.getByRole('tab', { name: 'Record' }).click()
  await page.getByRole('tabpanel', { name: 'Record' }).getByText('this office').waitFor()
  expect(await violations(page)).toEqual([])
  await page.goto(`${stack.url}/walls`)
  const waiting = page.getByRole('region', { name: 'Nobody has acknowledged' })
  await waiting.getByText(/still interrupts? walls/).waitFor()
  expect(await waiting.getByText(TITLE).count()).toBe(0)
  await waiting
    .getByRole('link', { name: /^Acknowledge / })
    .first()
    .click()
  await dialog.waitFor()
  expect([...complaints.filter(line => !line.includes('401')), ...other.complaints]).toEqual([])
  await Promise.all([page.context().close(), other.page.context().close()])
})

test('a link whose key no longer holds asks for the admin token, and takes it', async () => {
  const { incidents } = await (await fetch(`${stack.url}/api/incidents?state=active`)).json()
  const { id } = incidents.find(({ title }: { title: string }) => title !== TITLE)
  const { page } = await openPage(browser, `${stack.url}/incident/${id}#acknowledge=${'A'.repeat(43)}`)
  const dialog = page.getByRole('dialog', { name: 'Acknowledge this incident' })
  await dialog.getByLabel('Your name').fill('Bo')
  await dialog.getByLabel('Note, optional').fill('x'.repeat(400))
  await dialog.getByRole('button', { name: 'Acknowledge' }).click()
  const token = page.getByRole('dialog', { name: /needs the admin token/ })
  await token.getByLabel(/token/i).fill(ADMIN_TOKEN)
  await token.getByRole('button', { name: 'Save' }).click()
  await page
    .getByText(/^Acknowledged by Bo, /)
    .first()
    .waitFor()
  await page.getByRole('tab', { name: 'Record' }).click()
  await page.getByRole('tabpanel', { name: 'Record' }).getByText('this office').waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await page.context().close()
})

test('the record shows by keyboard what the source said, and asks for it only then', async () => {
  const { page, complaints } = await openPage(browser, stack.url)
  const asked: string[] = []
  page.on('request', request => request.url().includes('/ledger') && asked.push(new URL(request.url()).pathname))
  await page.getByRole('link', { name: TITLE }).first().click()
  await page.getByRole('tab', { name: 'Updates', selected: true }).focus()
  expect(asked).toEqual([])
  await page.keyboard.press('ArrowRight')
  await page.getByRole('tab', { name: 'Record', selected: true }).waitFor()
  const record = page.getByRole('tabpanel', { name: 'Record' })
  const first = record.getByRole('listitem').last()
  await first.getByText('We look into slow disks.').waitFor()
  for (const label of ['Read', 'Dated by the source', 'Lag'])
    await first.getByRole('term').getByText(label, { exact: true }).waitFor()
  expect(asked).toHaveLength(1)
  await first.getByText('As the source said it').focus()
  await page.keyboard.press('Enter')
  const fragment = first.locator('pre')
  await fragment.waitFor()
  expect(JSON.parse((await fragment.textContent()) ?? '')).toMatchObject({ external_desc: TITLE })
  await first.getByText(`${stack.simulator.url}/`).first().waitFor()
  expect(asked).toHaveLength(2)
  stack.simulator.apply({ do: 'spread', id: 'disks', regions: ['europe-west2'], text: 'London is slow too.' })
  await record.getByText('London is slow too.').waitFor()
  expect(await fragment.isVisible()).toBe(true)
  expect(await violations(page, 'main')).toEqual([])
  expect(complaints).toEqual([])
  await page.context().close()
})

test('the last 24 hours are scrubbed by keyboard and by pointer, and lead back to now', async () => {
  const { page, complaints } = await openPage(browser, stack.url, { viewport: { width: 1440, height: 900 } })
  const slider = page.getByRole('slider', { name: 'Time that the globe shows' })
  const shown = () => slider.getAttribute('aria-valuetext')
  await slider.focus()
  expect(await shown()).toBe('now')
  for (const key of ['PageDown', 'PageDown', 'PageDown', 'ArrowRight']) await page.keyboard.press(key)
  expect(await shown()).toMatch(/^\d\d:\d0, 2 h( \d+ min)? ago$/)
  await page.getByText(/^The globe shows \d\d:\d0\.$/).waitFor()
  expect(await violations(page, 'main')).toEqual([])
  await page.keyboard.press('Escape')
  expect(await shown()).toBe('now')
  await page.keyboard.press('Home')
  expect(await shown()).toMatch(/, 1 d ago$/)
  await page.getByRole('button', { name: 'Back to now' }).click()
  expect(await shown()).toBe('now')
  const box = await slider.boundingBox()
  if (box === null) throw new Error('the slider is not drawn')
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + box.width / 2, y)
  await page.mouse.down()
  await page.mouse.move(box.x - 300, y, { steps: 4 })
  await page.mouse.up()
  expect(await shown()).toMatch(/ h( \d+ min)? ago$/)
  await page.mouse.move(box.x - 100, y)
  expect(await shown()).toMatch(/ h( \d+ min)? ago$/)
  await page.getByRole('button', { name: 'Back to now' }).click()
  expect(complaints).toEqual([])
  await page.context().close()
})

test('a bar of the last 24 hours is told of by hovering and by the arrows, and is one tab stop', async () => {
  const { page } = await openPage(browser, stack.url, { viewport: { width: 1440, height: 900 } })
  const day = page.getByRole('region', { name: 'Last 24 hours' })
  const bars = day.getByRole('listitem').getByRole('link')
  const ours = bars.and(page.getByRole('link', { name: TITLE }))
  await ours.hover()
  await day.getByRole('paragraph').getByText(TITLE).waitFor()
  expect(await bars.evaluateAll(all => all.filter(({ tabIndex }) => tabIndex === 0).length)).toBe(1)
  await bars.first().focus()
  await page.keyboard.press('ArrowDown')
  const told = await page.locator(':focus').getAttribute('aria-label')
  await day
    .getByRole('paragraph')
    .getByText(told ?? '')
    .waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: 'How bad, and when' }).waitFor()
  await page.context().close()
})

test.each([
  ['by keyboard', {}],
  ['by a tap', { viewport: { width: 390, height: 844 }, hasTouch: true }],
])('a day of the last 90 tells its reason %s', async (how, options) => {
  const { page, complaints } = await openPage(browser, `${stack.url}/region/google/europe-west4`, options)
  const days = page.getByRole('region', { name: 'Last 90 days' })
  const today = days.getByRole('button').last()
  await days.getByText(/^Operational .* that are known\..* Not known: /).waitFor()
  if (how === 'by a tap') await today.tap()
  else {
    await today.focus()
    await page.keyboard.press('ArrowLeft')
    await days
      .getByRole('status')
      .getByText(/: unknown$/)
      .waitFor()
    await page.keyboard.press('ArrowRight')
  }
  await days
    .getByRole('status')
    .getByText((await today.getAttribute('aria-label')) ?? '')
    .waitFor()
  await days.getByRole('link').first().waitFor()
  expect(await days.getByRole('button').count()).toBe(90)
  expect(await days.getByRole('button').evaluateAll(all => all.filter(({ tabIndex }) => tabIndex === 0).length)).toBe(1)
  expect(await violations(page, 'main')).toEqual([])
  await days.getByRole('link').first().click()
  await page.getByRole('region', { name: 'How bad, and when' }).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

test('planned maintenance is a list until there are more than three, then a calendar', async () => {
  const { page } = await openPage(browser, `${stack.url}/incidents?text=switchover`)
  const planned = page.getByRole('region', { name: 'Scheduled maintenance' })
  await planned
    .getByText(/maintenance/)
    .first()
    .waitFor()
  const schedule = (n: number) =>
    stack.simulator.apply({
      do: 'schedule',
      id: `switch-${n}`,
      on: 'github',
      title: `Switchover ${n}`,
      services: ['Packages'],
      in: `${n}h`,
      for: '1h',
    })
  for (const n of [2, 3, 4]) schedule(n)
  await planned.getByRole('link', { name: 'Switchover 4' }).waitFor()
  expect(await planned.getByRole('link').count()).toBe(3)
  expect(await planned.locator('time').count()).toBe(0)
  schedule(5)
  await planned.getByRole('link', { name: 'Switchover 5' }).first().waitFor()
  await planned.locator('time[datetime]').first().waitFor()
  await page.context().close()
})

test('a region that has left an open incident has it in its past, with the time in which it was hit', async () => {
  const title = 'Storage moves away'
  const regions = ['westeurope', 'northeurope']
  stack.simulator.apply({ do: 'open', id: 'moves', on: 'azure', title, regions, services: ['Storage'] })
  const { page } = await openPage(browser, `${stack.url}/region/azure/northeurope`)
  await page.getByRole('link', { name: title }).first().waitFor()
  const past = page.getByRole('region', { name: 'Past incidents' })
  expect(await past.textContent()).not.toContain(title)
  stack.simulator.apply({ do: 'update', id: 'moves', regions: [], services: [], cleared: ['northeurope'] })
  await past.getByText(/here .* to .*, still open elsewhere/).waitFor()
  expect(await past.textContent()).toContain(title)
  await page.context().close()
})

test('the list is filtered by keyboard, the address says how, and what is over is shown by day', async () => {
  const { page, complaints } = await openPage(browser, `${stack.url}/incidents?provider=google`)
  const past = page.getByRole('region', { name: 'Over' })
  await past.getByText('Kept for 90 days after the last update.').waitFor()
  expect(await past.getByRole('heading', { level: 3 }).count()).toBeGreaterThan(0)
  expect(await page.getByLabel('Provider').inputValue()).toBe('google')
  expect(await page.getByRole('link', { name: 'Atom' }).getAttribute('href')).toBe('/feeds/provider/google.atom')
  expect(await page.getByRole('link', { name: 'iCalendar' }).getAttribute('href')).toBe('/calendar/provider/google.ics')
  await page.getByRole('searchbox', { name: 'Find' }).focus()
  await page.keyboard.type('disk latency')
  await page.getByText(/^1 now, 0 scheduled, 0 over/).waitFor()
  expect(new URL(page.url()).searchParams.get('text')).toBe('disk latency')
  await page.getByRole('button', { name: 'Show all' }).click()
  await page.getByRole('region', { name: 'Scheduled maintenance' }).getByRole('link').first().waitFor()
  expect(new URL(page.url()).search).toBe('')
  expect(complaints).toEqual([])
  await page.context().close()
})

test('an incident that is not kept says how long they are', async () => {
  const { page } = await openPage(browser, `${stack.url}/incident/google-status/long-ago`)
  await page.getByText('This incident is not known here, or no longer.').waitFor()
  await page.getByText('Kept for 90 days after the last update.').waitFor()
  await page.context().close()
})

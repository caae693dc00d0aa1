import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { openPage, startBrowser } from '../support/browser.ts'
import { openSettings } from '../support/settings.ts'
import { until } from '../support/temporary-redis.ts'
import { ADMIN, VIEW, wallServers } from '../support/wall-servers.ts'

let servers: Awaited<ReturnType<typeof wallServers>>
let browser: Browser
/** The wall is on one server, those who control it on the other. */
let wallUrl: string
let deskUrl: string
beforeAll(async () => {
  const both = { ADMIN_TOKEN: ADMIN, VIEW_TOKEN: VIEW }
  ;[servers, browser] = await Promise.all([wallServers(both, both), startBrowser()])
  ;[wallUrl = '', deskUrl = ''] = servers.urls
})
afterAll(async () => {
  await browser.close()
  await servers.close()
})

const codeOn = async (wall: Page) => ((await wall.getByLabel(/^Code /).textContent()) ?? '').replace(/\s/g, '')

/** /walls, with both tokens typed. */
async function openDesk(options = {}) {
  const opened = await openPage(browser, `${deskUrl}/walls`, options)
  const { page } = opened
  await page.getByLabel('View token').fill(VIEW)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Enter the admin token' }).click()
  await page.getByLabel('Admin token').fill(ADMIN)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Admit a screen' }).waitFor()
  return opened
}

test('a link opened without the view token asks once, shows what it named, and remembers only if told to', async () => {
  const link = '/regions?view=table&find=tokyo'
  const { page, complaints } = await openPage(browser, deskUrl + link)
  const field = page.getByLabel('View token')
  await field.fill(VIEW)
  expect(await violations(page)).toEqual([])
  const shown = () => page.getByRole('heading', { level: 2, name: 'Regions' }).waitFor()
  await page.keyboard.press('Enter')
  await shown()
  expect(page.url()).toMatch(/\/regions\?.*find=tokyo/)
  expect(page.url()).not.toContain(VIEW)
  const other = await page.context().newPage()
  await other.goto(deskUrl + link)
  await other.getByLabel('View token').fill(VIEW)
  await other.getByLabel('Remember on this device').check()
  await other.keyboard.press('Enter')
  await other.getByRole('heading', { level: 2, name: 'Regions' }).waitFor()
  const third = await page.context().newPage()
  await third.goto(deskUrl + link)
  await third.getByRole('heading', { level: 2, name: 'Regions' }).waitFor()
  const settings = await openSettings(third)
  expect(await violations(third)).toEqual([])
  await settings.getByRole('button', { name: 'Forget the view token' }).press('Enter')
  await third.getByLabel('View token').waitFor()
  expect(await third.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(VIEW)
  // the browser itself complains of every 401
  expect(complaints.filter(line => !line.includes('401'))).toEqual([])
  await page.context().close()
})

test('a screen is admitted by its code, controlled, and goes dark when that is withdrawn', async () => {
  const { page: desk, complaints } = await openDesk()
  const { page: wall, complaints: onWall } = await openPage(
    browser,
    `${wallUrl}/wall?scenes=figures,clocks&every=60s&cities=Berlin,Tokyo`,
  )
  await wall.getByText('This screen is not admitted yet').waitFor()
  await desk.getByText('One screen shows a code and waits.').waitFor()
  expect(await violations(wall)).toEqual([])

  await desk.getByLabel('Code on the screen').fill('AAA AAA')
  await desk.getByLabel('Name', { exact: true }).fill('Lobby')
  await desk.getByLabel('Place').fill('Floor 2')
  await desk.getByRole('button', { name: 'Admit' }).click()
  await desk.getByText(/no screen shows 'AAAAAA' now/).waitFor()
  await desk.getByLabel('Code on the screen').fill((await codeOn(wall)).toLowerCase())
  await desk.getByRole('button', { name: 'Admit' }).click()
  await desk.getByText('Lobby is admitted.').waitFor()
  await wall.locator('.wall[data-scene]').waitFor()
  const card = desk.getByRole('article', { name: 'Lobby' })
  await card.getByText('connected', { exact: true }).waitFor()
  await card.getByRole('img', { name: /^What Lobby showed at/ }).waitFor()

  await desk.getByRole('button', { name: 'Identify Lobby' }).click()
  await wall.getByText('Lobby · Floor 2').waitFor()
  await desk.getByText('Lobby: shown.').waitFor()

  await desk.getByLabel('Scene Lobby').selectOption('clocks')
  await desk.getByRole('button', { name: 'Pin Lobby' }).click()
  await wall.locator('.wall[data-scene="clocks"]').waitFor()
  await card.getByText('pinned: Clocks').waitFor()
  await desk.getByRole('button', { name: 'Reload Lobby' }).click()
  await desk.getByText('Lobby: shown.').waitFor()
  await wall.waitForEvent('domcontentloaded')
  // what was pinned outlives the reload
  await wall.locator('.wall[data-scene="clocks"]').waitFor()
  await desk.getByRole('button', { name: 'Let rotate Lobby' }).click()
  await card.getByText('pinned: Clocks').waitFor({ state: 'hidden' })
  await desk.getByRole('button', { name: 'Show Lobby' }).waitFor()
  await desk.getByLabel('Scene Lobby').selectOption('figures')
  await desk.getByRole('button', { name: 'Show Lobby' }).click()
  await wall.locator('.wall[data-scene="figures"]').waitFor()

  await desk.getByRole('button', { name: 'Rename Lobby' }).click()
  await card.getByLabel('Name').fill('Kitchen')
  await desk.keyboard.press('Enter')
  const renamed = desk.getByRole('article', { name: 'Kitchen' })
  await renamed.waitFor()
  expect(await violations(desk)).toEqual([])

  await desk.getByRole('button', { name: 'Withdraw Kitchen' }).click()
  await renamed.getByRole('button', { name: 'Withdraw', exact: true }).click()
  await wall.getByText('This screen is no longer admitted').waitFor()
  await renamed.waitFor({ state: 'detached' })
  expect(await wall.locator('.wall').count()).toBe(0)
  expect(await codeOn(wall)).toHaveLength(6)
  const kept = await wall.evaluate(
    async () => JSON.stringify(await indexedDB.databases()) + JSON.stringify(localStorage),
  )
  expect(kept).toContain('"token":null'.replaceAll('"', '\\"'))

  const expected = /401|404/
  expect([...complaints, ...onWall].filter(line => !expected.test(line))).toEqual([])
  await Promise.all([desk.context().close(), wall.context().close()])
})

test('two who control the walls see what each other does, on a phone too', async () => {
  const [{ page: desk }, { page: phone }] = [
    await openDesk(),
    await openDesk({ viewport: { width: 390, height: 844 } }),
  ]
  await desk.getByRole('textbox', { name: 'Notice' }).fill('Fire drill at noon')
  await desk.getByRole('button', { name: 'Announce' }).click()
  await phone.getByRole('button', { name: 'Withdraw Fire drill at noon' }).click()
  await desk.getByText('No notice is up.').waitFor()

  const wall = await openPage(browser, `${wallUrl}/wall`)
  const code = await codeOn(wall.page)
  await phone.getByLabel('Code on the screen').fill(code)
  await phone.getByLabel('Name', { exact: true }).fill('Hall')
  await phone.getByRole('button', { name: 'Admit' }).click()
  for (const page of [desk, phone])
    await page.getByRole('article', { name: 'Hall' }).getByText('connected', { exact: true }).waitFor()
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(await violations(phone)).toEqual([])
  await wall.page.context().close()
  await desk.getByText(/last seen/).waitFor()
  await until(async () => (await phone.getByText(/last seen/).count()) === 1, 'the other to see it too')
  await Promise.all([desk.context().close(), phone.context().close()])
})

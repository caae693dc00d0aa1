import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { openPage, startBrowser } from '../support/browser.ts'
import { openSettings } from '../support/settings.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
let browser: Browser
beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ story: 'demo', every: '1h' }), startBrowser()])
  await stack.ready()
  const unread = async () => (await (await fetch(`${stack.url}/api/sources?state=unread`)).json()).sources
  await until(async () => (await unread()).length === 0, 'every source to be read')
})
afterAll(async () => {
  await browser.close()
  await stack.close()
})

const open = (path: string, options = {}) =>
  openPage(browser, stack.url + path, { reducedMotion: 'reduce', ...options })
const cards = (page: Page) => page.locator('[data-card]').evaluateAll(all => all.map(one => one.dataset.card))
const tiles = (page: Page) =>
  page.locator('[data-tile] .name').evaluateAll(all => all.map(one => one.textContent?.trim()))
const rows = (page: Page) => page.locator('[data-row]').evaluateAll(all => all.map(one => one.dataset.row))
const stackIn = (page: Page) => new URL(page.url()).searchParams.get('stack')

test('a shared link shows its regions, names what it does not know, and keeps nothing until it is told to', async () => {
  const { page, complaints } = await open('/?mine=azure.westeurope.atlantis_aws.eu-north-1')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByText('This stack came with a link.').waitFor()
  await page.getByText('Not known here, so left out: azure/atlantis.').waitFor()
  await page.locator('[data-tile]').first().waitFor()
  expect((await tiles(page)).toSorted()).toEqual(['AWS eu-north-1', 'Azure West Europe'])
  expect(stackIn(page)).toBe(':azure/westeurope;aws/eu-north-1')

  await page.getByRole('button', { name: 'Back to mine' }).click()
  await page.getByRole('button', { name: 'AWS us-east-1' }).first().waitFor()
  expect(stackIn(page)).toBeNull()

  await page.goto(`${stack.url}/?mine=azure/westeurope,aws/eu-north-1`)
  await page.getByRole('button', { name: 'Keep it as mine' }).press('Enter')
  await page.getByText('came with a link').waitFor({ state: 'detached' })
  await page.goto(stack.url)
  await page.locator('[data-tile]').first().waitFor()
  expect(stackIn(page)).toBe(':azure/westeurope;aws/eu-north-1')
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await page.getByRole('button', { name: 'Copy link' }).click()
  await page.getByText('Copied.', { exact: true }).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `${stack.url}/?stack=:azure/westeurope;aws/eu-north-1`,
  )

  await page.goto(`${stack.url}/?mine=google.us-central1`)
  await page.getByText('This stack came with a link.').waitFor()
  await page.goto(stack.url)
  await until(async () => (await tiles(page)).length === 2, 'the reader’s own regions')
  await page.getByRole('radio', { name: 'All' }).press('Space')
  await page.getByRole('columnheader', { name: /Azure/ }).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

test('all regions are listed, sorted by keyboard, filtered, grouped, and seen as cards and matrix', async () => {
  const { page, complaints } = await open('/regions')
  await page.getByRole('table').waitFor()
  const head = (name: string) => page.getByRole('columnheader', { name, exact: true })
  expect(await head('State').getAttribute('aria-sort')).toBe('descending')
  await head('Region').getByRole('button').focus()
  await page.keyboard.press('Enter')
  expect(await head('Region').getAttribute('aria-sort')).toBe('ascending')
  expect(await head('State').getAttribute('aria-sort')).toBeNull()
  const first = await rows(page)
  await page.keyboard.press('Enter')
  expect(await head('Region').getAttribute('aria-sort')).toBe('descending')
  expect((await rows(page))[0]).not.toBe(first[0])

  await page.getByRole('searchbox', { name: 'Find' }).pressSequentially('tokyo')
  await page.getByText(/^\d of \d+ regions/).waitFor()
  const inTokyo = await rows(page)
  expect(inTokyo).toContain('aws/ap-northeast-1')
  await page.getByLabel('Group by').selectOption('metro')
  await page.getByRole('rowheader', { name: /^Tokyo, Japan/ }).waitFor()
  await page.getByRole('radio', { name: 'Cards' }).press('Space')
  await page.getByRole('heading', { level: 3, name: /^Tokyo, Japan/ }).waitFor()
  await page.reload()
  await page.locator('[data-card]').first().waitFor()
  expect((await cards(page)).toSorted()).toEqual(inTokyo.toSorted())

  await page.goto(`${stack.url}/regions`)
  await page.locator('[data-card]').first().waitFor()
  await page.getByRole('combobox', { name: 'Geography', exact: true }).selectOption('Oceania')
  await page.getByRole('radio', { name: 'Matrix' }).press('Space')
  await page.getByRole('button', { name: /^ap-southeast-2/ }).click()
  await page.getByRole('heading', { level: 2, name: 'AWS ap-southeast-2' }).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

test('times are told in a region’s zone, chosen on its page or in the head, and stay so', async () => {
  const { page } = await open('/region/aws/ap-northeast-1', { timezoneId: 'Europe/Dublin' })
  const button = page.getByRole('button', { name: 'Show times in Tokyo’s zone' })
  await button.press('Enter')
  expect(await (await openSettings(page)).getByLabel('Time zone').inputValue()).toBe('Asia/Tokyo')
  await page.goto(`${stack.url}/regions`)
  await page.getByText(/Times are Asia\/Tokyo\./).waitFor()
  const zone = (await openSettings(page)).getByLabel('Time zone')
  await zone.selectOption('America/New_York')
  await page.getByText(/Times are America\/New_York\./).waitFor()
  await zone.selectOption('local')
  await page.getByText(/Times are Europe\/Dublin\./).waitFor()
  await page.context().close()
})

const aroundTheMiddle = [0, -10, 10, -20, 20].flatMap(right =>
  [0, -10, 10, -20, 20].map(down => [right, down] as const),
)

test('a region that is searched for on the dashboard opens there and the globe turns to it; elsewhere its page opens', async () => {
  const { page } = await open('/')
  await page.locator('canvas').first().waitFor()
  const search = page.getByRole('combobox', { name: 'Search' })
  const find = async (text: string) => {
    await search.fill(text)
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
  }
  const tip = page.locator('.tip')
  for (const [text, name, id] of [
    ['ap-southeast-2', 'AWS ap-southeast-2', 'aws/ap-southeast-2'],
    ['sa-east-1', 'AWS sa-east-1', 'aws/sa-east-1'],
  ] as const) {
    await find(text)
    const heading = page.getByRole('heading', { level: 2, name })
    await heading.waitFor()
    expect(await heading.evaluate(one => one === document.activeElement)).toBe(true)
    expect(new URL(page.url()).searchParams.get('region')).toBe(id)
    const canvas = await page.locator('canvas').first().boundingBox()
    if (!canvas) throw new Error('the globe has no box')
    const [x, y] = [canvas.x + canvas.width / 2, canvas.y + canvas.height / 2]
    // places of one area are drawn beside each other, so that none covers another
    await expect
      .poll(async () => {
        for (const [right, down] of aroundTheMiddle) {
          await page.mouse.move(x + right, y + down)
          const [shown = ''] = await tip.allTextContents()
          if (shown.includes(name)) return true
        }
        return false
      })
      .toBe(true)
    await page.mouse.move(0, 0)
  }
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { level: 2, name: 'AWS sa-east-1' }).waitFor({ state: 'detached' })

  await page.goto(`${stack.url}/sources`)
  await find('sa-east-1')
  await page.waitForURL(`${stack.url}/region/aws/sa-east-1`)
  await page.context().close()
})

test('on laptops the first screen holds globe, incidents and the last day, each of a height that can be used', async () => {
  const { page } = await open('/')
  await page.locator('canvas').first().waitFor()
  await page.getByRole('heading', { name: 'Last 24 hours' }).waitFor()
  for (const [width, height] of [
    [1366, 768],
    [1440, 900],
    [1280, 720],
  ] as const) {
    await page.setViewportSize({ width, height })
    for (const [part, enough] of Object.entries(least)) {
      const box = await page.locator(`.dashboard ${part}`).first().boundingBox()
      expect(box?.height, `${part} at ${width} × ${height}`).toBeGreaterThanOrEqual(enough)
      if (height >= 768)
        expect((box?.y ?? 0) + (box?.height ?? 0), `${part} at ${width} × ${height}`).toBeLessThanOrEqual(height)
    }
  }
  await page.context().close()
})

/** Heights in px in which a part still says something. */
const least = { '.incidents': 128, '.globe': 160, '.lanes': 90 }

test.each([
  ['desk', 'light', { width: 1920, height: 1080 }, '/regions?provider=digitalocean&group=geography&view=table'],
  ['phone', 'dark', { width: 390, height: 844 }, '/?mine=aws.us-east-1.nowhere'],
] as const)(
  'on a %s, in the %s theme, axe finds nothing and nothing is wider',
  async (_, colorScheme, viewport, path) => {
    const { page } = await open(path, { viewport, colorScheme })
    await page.locator('[data-tile], [data-row]').first().waitFor()
    expect(await violations(page, 'main')).toEqual([])
    for (const at of [path, '/regions?view=table']) {
      await page.goto(stack.url + at)
      await page.locator('[data-tile], [data-row]').first().waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth), at).toBeLessThanOrEqual(viewport.width)
    }
    await page.context().close()
  },
)

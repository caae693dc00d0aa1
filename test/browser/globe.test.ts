import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, startBrowser } from '../support/browser.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
let browser: Browser
beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ story: 'road', every: '1s' }), startBrowser()])
  await stack.ready()
  await until(async () => (await stats()).regionsLive > 100, 'the regions to be rolled up')
})
afterAll(async () => {
  await browser.close()
  await stack.close()
})

const stats = async () => (await fetch(`${stack.url}/api/stats`)).json()

/** The page with its globe, on which `window.drawn` counts the frames. */
async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const { page } = await openPage(browser, 'about:blank', { reducedMotion: 'reduce', ...options })
  await page.addInitScript(() => {
    const counted = window as unknown as { drawn: number }
    counted.drawn = 0
    const fillRect = CanvasRenderingContext2D.prototype.fillRect
    CanvasRenderingContext2D.prototype.fillRect = function (x, y, width, height) {
      // each frame begins with the ground of the whole canvas
      if (this.canvas.isConnected && width > 100) counted.drawn += 1
      fillRect.call(this, x, y, width, height)
    }
  })
  await page.goto(stack.url)
  await page.locator('canvas').first().waitFor()
  await until(async () => (await drawn(page)) > 0, 'the globe to be drawn')
  return page
}
const drawn = (page: Page) => page.evaluate(() => (window as unknown as { drawn: number }).drawn)

/** Waits until a whole second has gone by without a frame. */
const rest = (page: Page) =>
  until(async () => {
    const before = await drawn(page)
    await page.waitForTimeout(1000)
    return (await drawn(page)) === before
  }, 'the globe to rest')

/** What is on the canvas, as a number that differs where the pictures do. */
const picture = (page: Page) =>
  page
    .locator('canvas')
    .first()
    .evaluate(canvas => (canvas as HTMLCanvasElement).toDataURL())
/** px from a glyph to the tip beside it */
const TIP_APART = 16
const row = (page: Page, id: string) => page.locator(`[data-place="${id}"]`)

test('a region is pointed at and selected with the mouse', async () => {
  const page = await open()
  const tip = page.locator('.tip', { hasText: 'AWS sa-east-1' })
  // the keyboard shows where it is drawn: the tip stands beside it
  await row(page, 'aws/sa-east-1').focus()
  const box = await tip.boundingBox()
  if (!box) throw new Error('the tip has no box')
  await row(page, 'aws/sa-east-1').blur()
  await tip.waitFor({ state: 'detached' })
  await page.mouse.move(box.x - TIP_APART, box.y + box.height / 2)
  await tip.waitFor()
  expect(await tip.textContent()).toContain('operational')
  await page.mouse.down()
  await page.mouse.up()
  await page.getByRole('heading', { level: 2, name: 'AWS sa-east-1' }).waitFor()
  await page.context().close()
})

test('a region is found and selected with the keyboard alone, and what it points at is shown', async () => {
  const page = await open()
  await page.getByRole('application').focus()
  const before = await picture(page)
  await page.keyboard.press('ArrowRight')
  await until(async () => (await picture(page)) !== before, 'the arrow key to turn the globe')
  await page.keyboard.press('Tab')
  const id = await page.evaluate(() => (document.activeElement as HTMLElement).dataset.place)
  expect(id).toBeDefined()
  await page.keyboard.press('ArrowDown')
  const next = await page.evaluate(() => (document.activeElement as HTMLElement).textContent?.trim() ?? '')
  await until(async () => (await page.locator('.tip').textContent())?.includes(next) === true, 'the tip to name it')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 2, name: next }).waitFor()
  await page.context().close()
})

test('the table says of every region what the server says', async () => {
  const page = await open()
  await page.getByRole('button', { name: 'As a table' }).click()
  const cells = () =>
    page
      .locator('[data-place]')
      .evaluateAll(buttons =>
        buttons.map((button): [string, string] => [
          (button as HTMLElement).dataset.place ?? '',
          button.closest('tr')?.querySelector('td')?.textContent?.trim() ?? '',
        ]),
      )
  const served = async () => {
    const { regions, statuses } = await (await fetch(`${stack.url}/api/snapshot`)).json()
    const words = new Map<string, string>(
      statuses.map((one: { region: string; status: string }) => [one.region, one.status.replaceAll('_', ' ')]),
    )
    return new Map<string, string | undefined>(
      regions.map((region: { id: string; state: string }) => [
        region.id,
        region.state === 'announced' ? 'announced, not open yet' : words.get(region.id),
      ]),
    )
  }
  // a status may change while we look
  await until(async () => {
    const said = await served()
    return (await cells()).every(([id, word]) => said.get(id) === word)
  }, 'the table to say what the server says')
  const shown = await cells()
  expect(shown.length).toBeGreaterThan(100)
  expect(new Set(shown.map(([id]) => id)).size).toBe(shown.length)
  await page.context().close()
})

test('with nothing to change nothing is drawn; a change is drawn', async () => {
  const page = await open()
  await rest(page)
  const before = await drawn(page)
  await page.waitForTimeout(2000)
  // once a minute the night moves on
  expect((await drawn(page)) - before).toBeLessThanOrEqual(1)
  await page.getByRole('button', { name: 'Closer' }).click()
  await until(async () => (await drawn(page)) > before, 'the closer view to be drawn')
  await page.context().close()
})

test('it turns by itself until it is stopped, and not where less motion is asked for', async () => {
  const page = await open({ reducedMotion: 'no-preference' })
  const first = await picture(page)
  await until(async () => (await picture(page)) !== first, 'the globe to turn')
  await page.getByRole('button', { name: 'Stop turning' }).click()
  await rest(page)
  await page.context().close()

  const calm = await open()
  expect(await calm.getByRole('button', { name: 'Stop turning' }).count()).toBe(0)
  await calm.context().close()
})

test('the globe becomes a map: in steps, or at once where less motion is asked for', async () => {
  for (const reducedMotion of ['reduce', 'no-preference'] as const) {
    const page = await open({ reducedMotion })
    if (reducedMotion === 'reduce') await rest(page)
    const [globe, before] = [await picture(page), await drawn(page)]
    await page.getByText('Map', { exact: true }).click()
    await rest(page)
    expect(await picture(page)).not.toBe(globe)
    if (reducedMotion === 'reduce') expect((await drawn(page)) - before).toBeLessThanOrEqual(3)
    await page.context().close()
  }
})

test.each(['light', 'dark'] as const)(
  'before it is drawn, nothing is black in the %s theme, and nothing moves',
  async colorScheme => {
    const { page } = await openPage(browser, 'about:blank', { colorScheme, reducedMotion: 'reduce' })
    await page.addInitScript(() => {
      const seen = window as unknown as { opaque: number }
      seen.opaque = 0
      const getContext = HTMLCanvasElement.prototype.getContext
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...given: unknown[]) {
        // such a canvas is black until it is drawn
        if ((given[1] as CanvasRenderingContext2DSettings | undefined)?.alpha === false) seen.opaque += 1
        return Reflect.apply(getContext, this, given)
      } as typeof getContext
    })
    let letThrough = () => {}
    const opened = new Promise<void>(resolve => {
      letThrough = resolve
    })
    await page.route('**/GlobeCanvas-*', async route => {
      await opened
      await route.continue()
    })
    await page.goto(stack.url)
    const globe = page.locator('.globe').first()
    await globe.locator('.sea').waitFor()
    const [box, sea] = await Promise.all([globe.boundingBox(), globe.locator('.sea').boundingBox()])
    const ground = await globe.locator('.sea').evaluate(element => getComputedStyle(element).backgroundImage)
    expect(ground).toContain(colorScheme === 'light' ? 'rgb(229, 238, 244)' : 'rgb(11, 22, 48)')
    letThrough()
    await globe.locator('canvas').first().waitFor()
    expect(await globe.boundingBox()).toEqual(box)
    // the sea is where the globe is drawn
    expect(sea?.width).toBeCloseTo(Math.min(box?.width ?? 0, box?.height ?? 0) - 40, 0)
    expect(await page.evaluate(() => (window as unknown as { opaque: number }).opaque)).toBe(0)
    await page.context().close()
  },
)

test('the fine coast is loaded when the globe comes close, once', async () => {
  const asked: string[] = []
  const { page } = await openPage(browser, 'about:blank', { reducedMotion: 'reduce' })
  page.on('request', request => asked.push(request.url()))
  await page.goto(stack.url)
  await page.locator('canvas').first().waitFor()
  const fine = () => asked.filter(url => url.includes('countries-50m')).length
  const closer = page.getByRole('button', { name: 'Closer' })
  // 1.6 and 2.56 times as close, then 4.1 times
  await closer.click()
  await closer.click()
  await rest(page)
  expect(fine()).toBe(0)
  const coarse = await picture(page)
  await closer.click()
  await until(() => fine() === 1, 'the fine coast to be loaded')
  await until(async () => (await picture(page)) !== coarse, 'the coast to be drawn')
  await page.getByRole('button', { name: 'Further' }).click()
  await closer.click()
  await rest(page)
  expect(fine()).toBe(1)
  await page.context().close()
})

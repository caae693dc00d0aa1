import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseWallLayout } from '../../shared/domain/wall-layout.ts'
import { simulatedSources } from '../simulator/sources.ts'
import { violations } from '../support/axe.ts'
import { openPage, startBrowser } from '../support/browser.ts'
import { type Stack, startStack } from '../support/stack.ts'

let stack: Stack
let browser: Browser
beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ story: 'demo', every: '1s' }), startBrowser()])
  const stacks = 'stacks:\n  - { id: shop, name: Shop, uses: [aws/eu-west-1, azure/westeurope] }\n'
  await stack.configure(simulatedSources(stack.simulator.url, { every: '1s' }) + stacks)
  await stack.ready()
})
afterAll(async () => {
  await browser.close()
  await stack.close()
})

async function openSetup(options = {}) {
  const opened = await openPage(browser, `${stack.url}/walls`, options)
  await opened.page.getByRole('heading', { name: 'A wall for your team' }).waitFor()
  await opened.page.getByRole('option', { name: 'Shop' }).waitFor({ state: 'attached' })
  return opened
}
const linkOn = async (page: Page) =>
  new URL((await page.getByRole('group', { name: 'Link', exact: true }).textContent()) ?? '')
/** What the link says, as a wall reads it. */
async function layoutOn(page: Page) {
  const { layout, problems } = parseWallLayout((await linkOn(page)).searchParams)
  expect(problems).toEqual([])
  return layout
}

describe('a wall is set up without a token', () => {
  test('what has the focus is never under the ticker', async () => {
    const { page } = await openSetup({ viewport: { width: 1440, height: 900 } })
    await page.locator('footer').first().waitFor()
    const covered: unknown[] = []
    for (let stop = 0; stop < 60; stop++) {
      await page.keyboard.press('Tab')
      covered.push(
        await page.evaluate(() => {
          const focused = document.activeElement
          // after the last stop the page itself has the focus
          if (focused === null || focused === document.body || focused.closest('footer') !== null) return null
          const ticker = document.querySelector('footer')?.getBoundingClientRect().top ?? 0
          return focused.getBoundingClientRect().bottom > ticker ? focused.outerHTML.slice(0, 80) : null
        }),
      )
    }
    expect(covered.filter(one => one !== null)).toEqual([])
    await page.context().close()
  })

  test('by pointer, and its link opens the wall that was chosen', async () => {
    const { page, complaints } = await openSetup()
    await page.getByRole('combobox', { name: /^Screen/ }).selectOption('75 inches')
    await page.getByRole('slider', { name: /^Read from/ }).fill('8')
    await page.getByRole('combobox', { name: /^It speaks of/ }).selectOption('Shop')
    for (const scene of ['News', 'Customers', 'Notices', 'One incident'])
      await page.getByRole('checkbox', { name: scene }).uncheck()
    await page.getByRole('button', { name: 'Move Clocks up' }).click()
    await page.locator('form label', { hasText: /^\s*Day\s*$/ }).click()
    await page.getByLabel('Rest at night').check()
    await page.getByLabel('from', { exact: true }).fill('21:30')
    const layout = await layoutOn(page)
    expect(layout).toMatchObject({
      distance: 8_000,
      stack: 'shop',
      theme: 'day',
      night: { from: 21 * 60 + 30, until: 390 },
    })
    expect(layout.scenes).toEqual(['map', 'mine', 'day', 'incidents', 'figures', 'clocks'])
    await page.getByRole('img', { name: 'The link as a code, for a camera' }).waitFor()
    await page.getByRole('button', { name: 'Next scene' }).click()
    await page.getByRole('heading', { name: 'Preview: My stack' }).waitFor()
    const opening = page.context().waitForEvent('page')
    await page.getByRole('link', { name: 'Open on this screen' }).click()
    const wall = await opening
    await wall.locator('.wall[data-scene]').waitFor()
    expect(wall.url()).toBe((await linkOn(page)).href)
    expect(await wall.getByRole('alert').count()).toBe(0)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('by keyboard, where a moved scene keeps the focus', async () => {
    const { page } = await openSetup()
    await page.getByRole('combobox', { name: /^Screen/ }).focus()
    await page.keyboard.press('Tab')
    for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowRight')
    for (let step = 0; step < 2; step++) await page.keyboard.press('Tab')
    // the map is not wanted, my stack comes after the last 24 hours
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Move My stack down' }).focus()
    await page.keyboard.press('Enter')
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    expect(await focused()).toBe('Move My stack down')
    await page.getByText('My stack is number 3 of 10.').waitFor({ state: 'attached' })
    const layout = await layoutOn(page)
    expect(layout.distance).toBe(6_000)
    expect(layout.scenes.slice(0, 3)).toEqual(['day', 'mine', 'incidents'])
    await page.context().close()
  })

  test.each([
    { colorScheme: 'light' as const, viewport: { width: 1440, height: 900 } },
    { colorScheme: 'dark' as const, viewport: { width: 390, height: 844 } },
  ])('axe finds nothing, and nothing is wider than the window', async options => {
    const { page } = await openSetup(options)
    await page.getByLabel('Rest at night').check()
    await page.waitForFunction(() => document.querySelector('.wall canvas') !== null)
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(options.viewport.width)
    await page.context().close()
  })
})

test.each([
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 1080, height: 1920 },
])('the map fills the screen between head and ticker at $width×$height', async viewport => {
  const { page } = await openPage(browser, `${stack.url}/wall?scenes=map&stack=shop`, { viewport })
  await page.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('main canvas')
    return canvas !== null && canvas.width > 300
  })
  await page.waitForFunction(() => document.querySelector('main > div')?.getAnimations().length === 0)
  // all is measured within the wall, which is shifted by a few px against burn-in
  const { box, wall, head, ticker, bands } = await page.evaluate(async () => {
    await new Promise(requestAnimationFrame)
    const rect = (selector: string) => document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect()
    const canvas = document.querySelector<HTMLCanvasElement>('main canvas')
    const context = canvas?.getContext('2d')
    const swatch = document.createElement('canvas').getContext('2d')
    if (!canvas || !context || !swatch) throw new Error('there is no map')
    swatch.fillStyle = getComputedStyle(document.querySelector('.wall') ?? document.body).backgroundColor
    swatch.fillRect(0, 0, 1, 1)
    const ground = [...swatch.getImageData(0, 0, 1, 1).data].join()
    const { width, height } = canvas
    const isBand = (x: number, y: number, wide: number, high: number) => {
      const { data } = context.getImageData(x, y, wide, high)
      for (let at = 0; at < data.length; at += 4) if (data.slice(at, at + 4).join() !== ground) return false
      return true
    }
    const bands = [
      isBand(0, 0, width, 1),
      isBand(0, height - 1, width, 1),
      isBand(0, 0, 1, height),
      isBand(width - 1, 0, 1, height),
    ]
    return {
      box: rect('main canvas'),
      wall: rect('.wall'),
      head: rect('.wall header'),
      ticker: rect('.wall footer'),
      bands,
    }
  })
  expect(bands).toEqual([false, false, false, false])
  expect(Math.abs(box.left - wall.left)).toBeLessThanOrEqual(2)
  expect(Math.abs(box.right - wall.right)).toBeLessThanOrEqual(2)
  expect(Math.abs(box.top - head.bottom)).toBeLessThanOrEqual(2)
  expect(Math.abs(box.bottom - ticker.top)).toBeLessThanOrEqual(2)
  await page.context().close()
})

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { movableClock, openPage, startBrowser } from '../support/browser.ts'
import { openSettings } from '../support/settings.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

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

const open = async (options = {}, path = '', live = /^live/) => {
  const opened = await openPage(browser, `${stack.url}/${path}`, options)
  await opened.page.getByText(live).first().waitFor()
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
  const theme = (await openSettings(page)).getByLabel('Theme')
  await theme.selectOption('Dark')
  await page.locator('html[data-theme=dark]').waitFor({ state: 'attached' })
  await page.emulateMedia({ contrast: 'no-preference' })
  await theme.selectOption('High contrast')
  await page.reload()
  await page.getByText(/^live/).first().waitFor()
  expect(await page.locator('html').getAttribute('data-theme')).toBe('contrast')
  await page.context().close()
})

test('a chosen theme is there from the first paint, before any style', async () => {
  const { page } = await open({ colorScheme: 'light' })
  await (await openSettings(page)).getByLabel('Theme').selectOption('Dark')
  await page.route('**/*.css', route => route.abort())
  await page.reload({ waitUntil: 'commit' })
  await page.locator('html[data-theme=dark]').waitFor({ state: 'attached' })
  const canvas = await page.evaluate(() => {
    document.documentElement.style.color = 'Canvas'
    return getComputedStyle(document.documentElement).color
  })
  expect(canvas).not.toBe('rgb(255, 255, 255)')
  const bars = await page
    .locator('meta[name=theme-color]')
    .evaluateAll(all => all.map(one => one.getAttribute('content')))
  expect(new Set(bars)).toEqual(new Set(['#0c1120']))
  await page.context().close()
})

const desk = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }
const names = ['Incidents', 'Regions', 'News', 'Near', 'Wall', 'Sources']

test.each([
  ['desk', 'dark', desk],
  ['phone', 'light', phone],
] as const)('on a %s, in the %s theme, every page and setting is at hand', async (device, colorScheme, viewport) => {
  const { page } = await open({ viewport, colorScheme })
  const head = page.getByRole('banner')
  expect(await violations(page, 'header')).toEqual([])
  if (device === 'phone') {
    const menu = page.getByRole('button', { name: 'Menu' })
    await menu.press('Enter')
    await head.getByRole('link', { name: 'Near' }).waitFor()
    expect(await violations(page, 'header')).toEqual([])
    await page.keyboard.press('Escape')
    await head.getByRole('link', { name: 'Near' }).waitFor({ state: 'hidden' })
    expect(await menu.evaluate(element => element === document.activeElement)).toBe(true)
    await menu.press('Enter')
  }
  for (const name of names) expect(await head.getByRole('link', { name }).isVisible(), name).toBe(true)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width)
  await head.getByRole('link', { name: 'Wall' }).click()
  await page.waitForURL('**/walls')
  if (device === 'phone') await head.getByRole('link', { name: 'News' }).waitFor({ state: 'hidden' })
  await page.context().close()
})

test('the settings open, change and close by keyboard, and give the focus back', async () => {
  const { page } = await open({ viewport: desk, colorScheme: 'light' })
  const opener = page.getByRole('button', { name: 'Settings' })
  const isFocused = () => opener.evaluate(element => element === document.activeElement)
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await opener.press('Enter')
  await settings.waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Tab')
  expect(await settings.getByLabel('Theme').evaluate(element => element === document.activeElement)).toBe(true)
  await page.keyboard.press('Escape')
  await settings.waitFor({ state: 'hidden' })
  expect(await isFocused()).toBe(true)

  await opener.press('Enter')
  await settings.getByRole('button', { name: 'Keyboard shortcuts' }).press('Enter')
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await keys.waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await keys.waitFor({ state: 'hidden' })
  expect(await isFocused()).toBe(true)

  await opener.press('Enter')
  await settings.getByRole('link', { name: 'My stack' }).press('Tab')
  await settings.waitFor({ state: 'hidden' })
  expect(await isFocused()).toBe(false)

  await opener.press('Enter')
  await settings.getByRole('link', { name: 'My stack' }).press('Enter')
  await page.waitForURL('**/stack*')
  await settings.waitFor({ state: 'hidden' })
  await page.context().close()
})

test.each(['en', 'de', 'ja'])(
  'the header is one row of 48 px in %s, and on a phone the headline follows it soon',
  async locale => {
    const { page } = await open({ viewport: desk, locale, colorScheme: 'light' }, '?', /^(live|ライブ)/)
    const box = () => page.getByRole('banner').boundingBox()
    for (const width of [1440, 1920]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await box(), `${width} px`).toMatchObject({ y: 0, height: 48 })
      const parts = await page
        .locator('header > a, header nav, header [role=search], header .settings, header .connection')
        .all()
      const boxes = await Promise.all(parts.map(part => part.boundingBox()))
      expect(boxes).toHaveLength(5)
      for (const [index, part] of boxes.entries()) {
        const before = boxes[index - 1]
        if (before && part)
          expect(part.x, `part ${index} at ${width} px`).toBeGreaterThanOrEqual(before.x + before.width)
        expect((part?.x ?? 0) + (part?.width ?? 0)).toBeLessThanOrEqual(width)
      }
    }
    await page.setViewportSize(phone)
    expect(await box()).toMatchObject({ y: 0, height: 48 })
    // banners stand between the two
    expect((await page.getByRole('main').boundingBox())?.y).toBeLessThanOrEqual(120)
    await page.context().close()
  },
)

test.each([
  ['desk', desk],
  ['phone', phone],
])('on a %s nothing moves when a banner comes or goes', async (_, viewport) => {
  const { page } = await openPage(browser, 'about:blank', { viewport, locale: 'en' })
  const clock = await movableClock(page)
  await page.goto(`${stack.url}/stack`)
  await page.getByText(/^live/).first().waitFor()
  await page.getByRole('searchbox').first().waitFor()
  await page.evaluate(() => document.fonts.ready)
  const { pid } = stack.server
  if (pid === undefined) throw new Error('the server does not run')
  const banner = page.getByText(/^This picture is not the present/)
  await page.evaluate(() => {
    const moved: string[] = []
    Object.assign(window, { moved })
    new PerformanceObserver(list => {
      for (const entry of list.getEntries())
        for (const { node } of (entry as PerformanceEntry & { sources: { node: Node | null }[] }).sources)
          moved.push(node instanceof Element ? node.outerHTML.slice(0, 120) : String(node?.textContent))
    }).observe({ type: 'layout-shift' })
  })
  process.kill(pid, 'SIGSTOP')
  try {
    await clock.forward(8_500)
    await banner.waitFor()
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  await banner.waitFor({ state: 'hidden' })
  expect(await page.evaluate(() => Reflect.get(window, 'moved'))).toEqual([])
  await page.context().close()
})

test.each([
  ['desk', desk, ['To the incidents', 'To my stack', 'To the regions', 'To the news']],
  ['phone', phone, ['To the incidents', 'To my stack', 'To the news']],
])('on a %s the first keys lead past the header, to each part of the dashboard', async (_, viewport, parts) => {
  const { page } = await open({ viewport, locale: 'en' }, '')
  await page.locator('#news').waitFor()
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('Skip to the page')
  expect(await violations(page, 'nav')).toEqual([])
  for (const part of parts) {
    await page.keyboard.press('Tab')
    expect(await focused()).toBe(part)
  }
  const address = page.url()
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('news')
  expect(await page.locator('#news').evaluate(news => news.getBoundingClientRect().top < innerHeight)).toBe(true)
  expect(page.url()).toBe(address)
  await page.context().close()
})

test('the header takes few stops of the tab key, from left to right', async () => {
  const { page } = await open({ viewport: desk, locale: 'en' }, 'near')
  const stops: { x: number; isInHeader: boolean }[] = []
  await page.locator('header .name').focus()
  do {
    stops.push(
      await page.evaluate(() => ({
        x: document.activeElement?.getBoundingClientRect().x ?? 0,
        isInHeader: document.activeElement?.closest('header') !== null,
      })),
    )
    await page.keyboard.press('Tab')
  } while (stops.at(-1)?.isInHeader)
  stops.pop()
  expect(stops).toHaveLength(['name', ...names, 'search', 'bell', 'settings'].length)
  expect(stops.map(({ x }) => x)).toEqual(stops.map(({ x }) => x).toSorted((a, b) => a - b))
  await page.context().close()
})

/** Where the reader is: the focus, and how far down the window it stands. */
const place = (page: Page) =>
  page.evaluate(() => ({
    focus: document.activeElement?.getAttribute('href'),
    top: Math.round(document.activeElement?.getBoundingClientRect().top ?? 0),
  }))

describe.each([
  ['desk', desk],
  ['phone', phone],
])('on a %s', (_, viewport) => {
  test.each([
    ['a list', 'regions?view=table', 'a[href^="/region/"]', 'keyboard'],
    ['a list', 'regions?view=table', 'a[href^="/region/"]', 'pointer'],
    ['a list that loads more', 'incidents', 'a[href^="/incident/"]', 'keyboard'],
    ['an area that scrolls within the window', '', '.incidents a[href^="/incident/"]', 'pointer'],
  ] as const)(
    'back leads from a page to the same place and focus in %s (%s %s, %s)',
    async (_what, path, links, by) => {
      const { page } = await open({ viewport, locale: 'en' }, path)
      await page.locator(`main ${links}`).first().waitFor()
      // at one go, for the list may change while we look
      const [target = '', x = 0, y = 0] = await page.evaluate(links => {
        const all = [...document.querySelectorAll<HTMLElement>(`main ${links}`)].filter(link => link.checkVisibility())
        const link = all[Math.floor(all.length * 0.7)]
        link?.scrollIntoView({ block: 'center' })
        link?.focus({ preventScroll: true })
        const box = link?.getClientRects()[0]
        return [link?.getAttribute('href') ?? '', (box?.left ?? 0) + 4, (box?.top ?? 0) + 4] as const
      }, links)
      if (by === 'keyboard') await page.keyboard.press('Enter')
      else await page.mouse.click(x, y)
      await page.waitForURL(`**${target}*`)
      await page.getByRole('main').getByRole('heading', { level: 2 }).first().waitFor()
      expect(await page.evaluate(() => scrollY)).toBe(0)
      const before = await page.evaluate(
        () => JSON.parse(sessionStorage.getItem('nephoscope.places') ?? '[]').at(-1)[1].focus,
      )
      await page.goBack()
      await until(async () => (await place(page)).focus === target, 'the focus to be back')
      const inPlace = async () => Math.abs((await place(page)).top - before.top) <= 2
      await until(inPlace, 'the place to be the same')

      // from another document too
      await page.goto('about:blank')
      await page.goBack()
      await until(async () => (await place(page)).focus === target, 'the focus to be back')
      await until(inPlace, 'the place to be the same')
      await page.context().close()
    },
  )
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

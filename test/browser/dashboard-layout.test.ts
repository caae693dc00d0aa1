import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, startBrowser } from '../support/browser.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
let browser: Browser
beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack({ story: 'quiet', every: '1s' }), startBrowser()])
  await stack.ready()
  await until(async () => (await stats()).regionsLive > 100, 'the regions to be rolled up')
  // a list that is empty while a source has not answered is not called so
  await until(async () => (await stats()).sourcesByState.ok === (await stats()).sources, 'every source to be read')
})
afterAll(async () => {
  await browser.close()
  await stack.close()
})

const stats = async () => (await fetch(`${stack.url}/api/stats`)).json()
const STACK = 'stack=Shop:aws/us-east-1;azure/westeurope;aws/lambda@us-east-1;github;google/us-central1'
const open = (options = {}, query = STACK) =>
  openPage(browser, `${stack.url}/?${query}`, {
    reducedMotion: 'reduce',
    viewport: { width: 1440, height: 900 },
    ...options,
  })

const LAST_WORDS = 'Requests are routed around the broken rack, and a third of them still fail.'
/** Eight incidents: two concern the stack above. */
const troubles = [
  {
    id: 'mine',
    on: 'aws',
    title: 'Increased error rates',
    regions: ['us-east-1'],
    services: ['AWS Lambda'],
    impact: 'critical',
  },
  { id: 'hub', on: 'github', title: 'Actions jobs start late', regions: [], services: ['Actions'], impact: 'minor' },
  ...['japaneast', 'uksouth', 'francecentral', 'brazilsouth', 'koreacentral', 'southindia'].map(region => ({
    id: region,
    on: 'azure',
    title: `Disks are slow in ${region}`,
    regions: [region],
    services: ['Storage'],
    impact: 'minor' as const,
  })),
] as const
const begin = () => {
  for (const trouble of troubles)
    stack.simulator.apply({
      ...trouble,
      do: 'open',
      regions: [...trouble.regions],
      services: [...trouble.services],
      text: LAST_WORDS,
    })
}
const areOpen = (count: number) =>
  until(async () => (await stats()).incidentsNow >= count, `${count} incidents to be read`)

const incidents = (page: Page, locale = 'en') =>
  page.getByRole('region', { name: { de: 'Störungen', ja: '障害情報' }[locale] ?? 'Incidents', exact: true })
/** Rows, headings and short lines of the list that are not wholly inside the part of it that is visible. */
const cut = (page: Page) =>
  incidents(page).evaluate(section => {
    const list = section.querySelector('.rows')?.getBoundingClientRect()
    if (list === undefined) return ['no list']
    return [...section.querySelectorAll('article, .rows h3, .short, .more')]
      .filter(row => {
        const box = row.getBoundingClientRect()
        const end = Math.min(list.bottom, innerHeight)
        return box.top < list.top - 0.5 || box.bottom > end + 0.5 || row.scrollHeight > row.clientHeight + 1
      })
      .map(row => row.textContent?.trim().slice(0, 60))
  })
/** Where the parts of the first screen are. */
const places = (page: Page) =>
  page.evaluate(() =>
    ['h1', '[data-tile]', '.sky', '.incidents', '.lanes'].map(part => {
      const { x, y } = document.querySelector(part)?.getBoundingClientRect() ?? { x: -1, y: -1 }
      return [part, Math.round(x), Math.round(y)]
    }),
  )

test('all quiet is one line under a larger globe, and an incident gets its room at once', async () => {
  const { page, complaints } = await open()
  await page.getByRole('heading', { level: 1, name: /quiet/ }).waitFor()
  await incidents(page).getByText('None anywhere. Last change').waitFor()
  const globe = await page.locator('.sky').boundingBox()
  expect(globe?.width).toBeGreaterThan(1400)
  begin()
  await incidents(page).getByRole('article').nth(7).waitFor()
  expect((await page.locator('.sky').boundingBox())?.width).toBeLessThan(900)
  expect(await cut(page)).toEqual([])
  expect(complaints).toEqual([])
  await page.context().close()
})

test('at 1440×900 eight incidents are all visible in whole rows, mine first, and the globe gives way', async () => {
  await areOpen(8)
  const { page } = await open()
  await incidents(page).getByRole('article').nth(7).waitFor()
  expect(await incidents(page).getByRole('article').count()).toBe(8)
  expect(await cut(page)).toEqual([])
  expect(await incidents(page).getByRole('heading', { level: 3 }).allTextContents()).toEqual(['Yours 2', 'Elsewhere 6'])
  const titles = await incidents(page).getByRole('article').getByRole('heading', { level: 4 }).allTextContents()
  expect(titles.map(title => title.trim()).slice(0, 2)).toEqual([
    'AWS us-east-1: Increased error rates',
    'GitHub: Actions jobs start late',
  ])
  await incidents(page).getByText('8 · 7 regions affected · 1 names no region').waitFor()
  const { width = 0 } = (await page.locator('.sky').boundingBox()) ?? {}
  expect(width / 1440).toBeCloseTo(0.45, 1)
  expect(await page.evaluate(() => [scrollY, document.documentElement.scrollWidth])).toEqual([0, 1440])
  await page.context().close()
})

test.each(['en', 'de', 'ja'])(
  'at 1440×900 no figure, no label of one and no state of a tile is cut (%s)',
  async locale => {
    const { page } = await open({ locale })
    await incidents(page, locale).getByRole('article').nth(7).waitFor()
    const texts = page.locator('.sky dt, .sky dd .value, [data-tile] .state span')
    expect(await texts.count()).toBeGreaterThan(15)
    const isCut = (elements: Element[]) =>
      elements.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)
    expect(await texts.evaluateAll(isCut)).toEqual([])
    // a code that breaks is in two boxes
    const codes = page.locator('[data-tile] .name span span')
    const boxes = await codes.evaluateAll(all => all.map(one => one.getClientRects().length))
    expect(boxes.length).toBeGreaterThan(1)
    expect(boxes.filter(count => count > 1)).toEqual([])
    await page.context().close()
  },
)

test('where not all fit, whole rows are shown, and the others are counted with a link', async () => {
  const more = [
    'norwayeast',
    'italynorth',
    'polandcentral',
    'swedencentral',
    'spaincentral',
    'qatarcentral',
    'uaenorth',
  ]
  for (const region of more)
    stack.simulator.apply({
      do: 'open',
      id: region,
      on: 'azure',
      title: `More in ${region}`,
      regions: [region],
      services: ['Storage'],
    })
  await areOpen(15)
  const { page } = await open({ viewport: { width: 1280, height: 720 } })
  const left = page.getByRole('link', { name: /^and \d+ more$/ })
  await left.waitFor()
  await left.scrollIntoViewIfNeeded()
  expect(await cut(page)).toEqual([])
  const shown = await incidents(page).getByRole('article').count()
  expect(await left.textContent()).toBe(`and ${15 - shown} more`)
  expect(await left.getAttribute('href')).toBe('/incidents')
  for (const id of more) stack.simulator.apply({ do: 'resolve', id, text: 'All is well.' })
  await until(async () => (await stats()).incidentsNow === 8, 'the others to be over')
  await page.context().close()
})

test.each([
  ['a desk', { width: 1440, height: 900 }],
  ['a phone', { width: 390, height: 844 }],
])('on %s the dashboard arrives without a jump, and nothing larger than its first words', async (_, viewport) => {
  await areOpen(8)
  const context = await browser.newContext({ viewport })
  const page = await context.newPage()
  await page.addInitScript(() => {
    const seen = { moved: [] as string[], largest: [] as string[] }
    Object.assign(window, { seen })
    new PerformanceObserver(list => {
      // the type may arrive after the first words are painted
      // the words of a time change with the minute
      for (const entry of list.getEntries())
        for (const { node } of (entry as PerformanceEntry & { sources: { node: Node | null }[] }).sources)
          if (node instanceof Element && node.closest('#first-view, time') === null)
            seen.moved.push(node.outerHTML.slice(0, 120))
    }).observe({ type: 'layout-shift', buffered: true })
    new PerformanceObserver(list => {
      for (const entry of list.getEntries()) {
        const { element } = entry as PerformanceEntry & { element: Element | null }
        const isFirst = element === null || element.closest('#first-view') !== null
        seen.largest.push(isFirst ? 'the first words' : element.outerHTML)
      }
    }).observe({ type: 'largest-contentful-paint', buffered: true })
  })
  // a busy machine may have the script before it has painted, and events while it arrives
  const firstWords = async () => {
    await page.evaluate(() => document.fonts.ready)
    return (await page.evaluate(() => Reflect.get(window, 'seen'))).largest.length > 0
  }
  await page.route(/\/assets\/index-[^/]*\.js$/, async route => {
    await until(firstWords, 'the first words to be painted')
    await route.continue()
  })
  await page.routeWebSocket(/socket\.io/, () => undefined)
  await page.goto(stack.url, { waitUntil: 'commit' })
  await incidents(page).getByRole('article').nth(7).waitFor()
  await page.locator('#lanes-heading').waitFor()
  await page.locator('#news h2').first().waitFor()
  const { moved, largest } = await page.evaluate(() => Reflect.get(window, 'seen'))
  expect(moved).toEqual([])
  expect([...new Set(largest)]).toEqual(['the first words'])
  await context.close()
})

test('nothing moves when an incident arrives and when one ends', async () => {
  const { page } = await open()
  await incidents(page).getByRole('article').nth(7).waitFor()
  const before = await places(page)
  const title = 'Portal shows blank pages'
  stack.simulator.apply({ do: 'open', id: 'ninth', on: 'azure', title, regions: ['norwayeast'], services: ['Storage'] })
  await page.getByText(title).first().waitFor()
  expect(await places(page)).toEqual(before)
  expect(await cut(page)).toEqual([])
  stack.simulator.apply({ do: 'resolve', id: 'ninth', text: 'All is well.' })
  await until(async () => (await incidents(page).getByRole('article').count()) === 8, 'the ninth to be over')
  expect(await places(page)).toEqual(before)
  await page.context().close()
})

test('on a phone the last words of the worst of mine are visible at once, on four screens at most', async () => {
  const { page, complaints } = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  await page.getByRole('button', { name: 'Keep it as mine' }).tap()
  const words = page.getByText(LAST_WORDS).first()
  await words.waitFor()
  const box = await words.boundingBox()
  const ticker = await page.locator('footer').boundingBox()
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(ticker?.y ?? 0)
  const size = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement
    return { scrollWidth, scrollHeight }
  })
  expect(size.scrollWidth).toBe(390)
  expect(size.scrollHeight).toBeLessThanOrEqual(4 * 844)
  expect(await page.locator('canvas').count()).toBe(0)
  await page.getByRole('button', { name: 'More: globe, figures, regions' }).tap()
  await page.locator('canvas').first().waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  expect(complaints).toEqual([])
  await page.context().close()
})

test('a screen reader reads the dashboard in the order in which it is seen', async () => {
  const { page } = await open()
  await incidents(page).getByRole('article').nth(7).waitFor()
  await page.getByRole('heading', { name: 'Regions', level: 2 }).waitFor()
  const read = await page.evaluate(() =>
    [...document.querySelectorAll('header, main, footer, nav, h1, h2, h3')]
      .filter(one => one.checkVisibility())
      .filter(one => one.closest('.visually-hidden') === null || /^H\d$/.test(one.tagName))
      .map(one => {
        const isHeading = /^H\d$/.test(one.tagName)
        return isHeading ? `${one.tagName.toLowerCase()} ${one.textContent?.trim()}` : one.tagName.toLowerCase()
      }),
  )
  expect(read.map(line => line.replace(/^h1 .*/, 'h1').replace(/(Incidents|News) .*/, '$1'))).toEqual([
    'nav',
    'header',
    'nav',
    'main',
    'h1',
    'h2 Shop',
    'h2 Incidents',
    'h3 Yours 2',
    'h3 Elsewhere 6',
    'h2 Last 24 hours',
    'h2 News',
    'h2 Regions',
    'h2 Other services',
    expect.stringMatching(/^h2 \d+ of \d+ sources/),
    'footer',
  ])
  // what comes later is not above: by the top edges of what the headings head
  const tops = await page.evaluate(() =>
    [
      '#mine-heading',
      '.sky',
      '#lanes-heading',
      '#news-heading',
      '#regions-heading',
      '#services-heading',
      '#sources-heading',
    ].map(part => document.querySelector(part)?.getBoundingClientRect().top ?? -1),
  )
  expect(tops).toEqual(tops.toSorted((a, b) => a - b))
  await page.context().close()
})

test('back from a bar of the last day leads to that bar', async () => {
  const { page } = await open()
  const bar = page.getByRole('region', { name: 'Last 24 hours' }).locator('.lane a').last()
  await bar.focus()
  const target = await bar.getAttribute('href')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**${target}`)
  await page.getByRole('main').getByRole('heading', { level: 2 }).first().waitFor()
  await page.goBack()
  const isBack = () =>
    page.evaluate(
      href => document.activeElement?.matches('.lane a') && document.activeElement.getAttribute('href') === href,
      target,
    )
  await until(async () => (await isBack()) === true, 'the focus to be back')
  await page.context().close()
})

test('tiles and regions are one tab stop each, and arrows move inside', async () => {
  const { page } = await open()
  await incidents(page).getByRole('article').nth(7).waitFor()
  await page.getByRole('heading', { name: 'Regions', level: 2 }).waitFor()
  const stops = (part: string) => page.locator(`${part}[tabindex="0"]`).count()
  await until(async () => (await stops('[data-region]')) > 0, 'the regions')
  expect(await stops('[data-tile]')).toBe(1)
  expect(await stops('[data-region]')).toBe(1)
  const tile = page.locator('[data-tile]')
  await tile.first().focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => tile.nth(1).evaluate(one => one === document.activeElement)).toBe(true)
  expect(await stops('[data-tile]')).toBe(1)
  await page.keyboard.press('End')
  expect(await tile.last().evaluate(one => one === document.activeElement)).toBe(true)
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.closest('[data-tile]') === null)).toBe(true)
  // tiles, the stack’s tools, the globe, the incidents and the lanes come before the matrix
  const before = await page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, summary, [tabindex]')]
    const reachable = all.filter(one => one.tabIndex >= 0 && one.checkVisibility() && !one.hasAttribute('disabled'))
    return reachable.findIndex(one => one.matches('[data-region]'))
  })
  expect(before).toBeGreaterThan(0)
  expect(before).toBeLessThan(80)
  await page.context().close()
})

test('a region’s cell says its name once, and adding it to the stack leaves what is shown as it is', async () => {
  const { page } = await open({}, '')
  const cell = page.getByRole('button', { name: /^ap-southeast-2 operational/ })
  await cell.waitFor()
  expect(await cell.evaluate(one => (one.textContent?.match(/ap-southeast-2/g) ?? []).length)).toBe(1)
  expect(await cell.evaluate(one => [one.getAttribute('title'), one.getAttribute('aria-label')])).toEqual([null, null])
  await page.getByRole('radio', { name: 'All' }).waitFor({ state: 'attached' })
  await cell.click()
  await page.getByRole('button', { name: 'Add to my stack' }).click()
  await page.getByRole('button', { name: 'Remove from my stack' }).waitFor()
  expect(await page.getByRole('radio', { name: 'All' }).isChecked()).toBe(true)
  expect(await cell.isVisible()).toBe(true)
  await page.reload()
  await cell.waitFor()
  expect(await page.getByRole('radio', { name: 'All' }).isChecked()).toBe(true)
  await page.context().close()
})

test('a newcomer is told what this is until they close it or choose, and never again', async () => {
  const { page, complaints } = await open({}, '')
  const welcome = page.getByRole('region', { name: 'What is this?' })
  await welcome.getByRole('link', { name: 'What do you run on?' }).waitFor()
  for (const name of ['Put it on a wall', 'Subscribe to incidents', 'Use the API'])
    expect(await welcome.getByRole('link', { name }).getAttribute('href')).toMatch(/^\//)
  await welcome.getByText('Stacks of this office:').waitFor()
  await welcome.getByRole('button', { name: /^Close/ }).click()
  await welcome.waitFor({ state: 'detached' })
  await page.reload()
  await incidents(page).getByRole('article').first().waitFor()
  expect(await welcome.count()).toBe(0)
  expect(complaints).toEqual([])
  await page.context().close()

  const other = await open({}, '')
  await other.page.getByRole('link', { name: 'What do you run on?' }).click()
  await other.page.waitForURL('**/stack')
  await other.page.context().close()
})

test('where nothing has been read yet the page says what to look at', async () => {
  await stack.workers.stop('SIGKILL')
  await stack.redis.redis.flushall()
  await stack.server.stop('SIGKILL')
  stack.server.start()
  await until(async () => (await fetch(`${stack.url}/api/snapshot`).catch(() => null))?.ok === true, 'the server')
  const { page } = await open({}, '')
  await page.getByRole('heading', { name: 'Nothing has been read yet.' }).waitFor()
  await page.getByRole('link', { name: 'See what each source answered' }).waitFor()
  expect(await incidents(page).getByRole('article').count()).toBe(0)
  await page.context().close()
})

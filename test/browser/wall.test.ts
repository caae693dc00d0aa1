import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sceneNames } from '../../shared/domain/wall-layout.ts'
import { simulatedSources } from '../simulator/sources.ts'
import { violations } from '../support/axe.ts'
import { openPage, startBrowser } from '../support/browser.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

const TOKEN = 'a-token-of-the-office'
const EVERY = '1s'
const sizes = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 2560, height: 1080 },
  { width: 1024, height: 768 },
  { width: 1080, height: 1920 },
]
const hd = { width: 1920, height: 1080 }

let stack: Stack
let browser: Browser
let page: Page
let complaints: string[]
beforeAll(async () => {
  const environment = { ADMIN_TOKEN: TOKEN }
  ;[stack, browser] = await Promise.all([startStack({ story: 'demo', every: EVERY, environment }), startBrowser()])
  const walls = 'walls:\n  lobby: { scenes: [clocks], cities: [Tokyo, Lisbon], every: 1h }\n'
  await stack.configure(simulatedSources(stack.simulator.url, { every: EVERY }) + walls)
  await stack.ready()
  await until(async () => (await stats()).regionsLive > 100, 'the regions to be rolled up')
  await announce('Change freeze from Friday 18:00. Ask the platform desk before you deploy.')
  stack.simulator.apply({
    do: 'publish',
    feed: 'cloud-gazette',
    title: 'How Contoso moved 400 services in a weekend',
    summary: '“We moved four hundred services and nobody called us about it,” said Ada King, CTO at Contoso.',
  })
  ;({ page, complaints } = await openPage(browser, `${stack.url}/wall`, { viewport: hd }))
})
afterAll(async () => {
  await browser.close()
  await stack.close()
})

const stats = async () => (await fetch(`${stack.url}/api/stats`)).json()
const announce = (text: string) =>
  fetch(`${stack.url}/api/notices`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ text, level: 'warning' }),
  })
const isLive = () => page.getByText('live line', { exact: true }).waitFor()
async function show(query: string, size = hd): Promise<void> {
  await page.setViewportSize(size)
  await page.goto(`${stack.url}/wall${query}`)
  await isLive()
}
const scene = (name: string) => page.locator(`.wall[data-scene=${name}]`).waitFor()
/** Opens an incident that touches a region of the office. */
const open = (id: string, title: string, more = {}) =>
  stack.simulator.apply({ do: 'open', id, on: 'aws', regions: ['us-east-1'], services: ['EC2'], title, ...more })

/** What is cut off or stands outside: its text, and by how many px. What is meant to end in dots may be longer than its box. */
const cut = (part = 'main') =>
  page.evaluate(part => {
    const main = document.querySelector(part)
    const found: string[] = []
    if (!main) return ['no scene']
    const outer = main.getBoundingClientRect()
    // the whole picture strays by a few px against burn-in
    const picture = document.querySelector('.wall')?.getBoundingClientRect() ?? outer
    if (outer.right > picture.right || outer.bottom > picture.bottom || outer.width < innerWidth * 0.9)
      return ['the scene is not as large as the screen']
    for (const element of main.querySelectorAll<HTMLElement>(
      'p, button, h2, li, dd, dt, time, blockquote, svg, figcaption',
    )) {
      if (element.closest('[inert]')) continue
      const box = element.getBoundingClientRect()
      const out = Math.max(
        outer.left - box.left,
        box.right - outer.right,
        outer.top - box.top,
        box.bottom - outer.bottom,
      )
      const said = `${element.tagName} ${element.textContent?.trim().slice(0, 40)}`
      if (out > 2) found.push(`${said}: ${Math.round(out)} px outside`)
      const isClamped = getComputedStyle(element).webkitLineClamp !== 'none'
      const over = element.scrollWidth - element.clientWidth
      if (!isClamped && element.clientWidth > 0 && over > 2) found.push(`${said}: ${over} px too wide`)
      const line = Number.parseFloat(getComputedStyle(element).fontSize)
      if (isClamped && box.height < line * 0.9) found.push(`${said}: squeezed to ${Math.round(box.height)} px`)
    }
    return found
  }, part)
const colour = () => page.locator('.screens').evaluate(element => getComputedStyle(element).filter)
/** The smallest text on the screen, px. */
const smallest = () =>
  page.evaluate(() => {
    const sizes = [...document.querySelectorAll('.wall *')]
      .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.textContent?.trim()))
      .filter(element => !element.closest('[inert], .visually-hidden'))
      .map(element => Number.parseFloat(getComputedStyle(element).fontSize))
    return Math.min(...sizes)
  })

describe('every scene', () => {
  test.each(sceneNames)('%s fits on every screen, and from afar', async name => {
    await show(`?scenes=${name}`)
    await scene(name)
    await page.locator('main > div').waitFor()
    for (const size of sizes) {
      await page.setViewportSize(size)
      await page.evaluate(() => new Promise(requestAnimationFrame))
      expect(await cut(), `${size.width}×${size.height}`).toEqual([])
    }
    await show(`?scenes=${name}&distance=8m&screen=55in`)
    await page.locator('main > div').waitFor()
    expect(await cut(), 'from 8 m').toEqual([])
    expect(await smallest()).toBe(64)
  })

  test.each(['map', 'mine', 'news'] as const)('axe finds nothing on %s', async name => {
    await show(`?scenes=${name}`)
    await scene(name)
    await page.locator('main > div').waitFor()
    // a scene that is still coming has less contrast
    await page.waitForFunction(() => document.querySelector('main > div')?.getAnimations().length === 0)
    expect(await violations(page)).toEqual([])
  })
})

test('my stack tells each name whole, in the words’ own letters, on a screen of either way', async () => {
  for (const size of [hd, { width: 1080, height: 1920 }]) {
    await show('?scenes=mine', size)
    const names = page.locator('main h2')
    await names.filter({ hasText: 'AWS us-east-1' }).first().waitFor()
    // a line that is left out is more than the tail of a letter
    const isCut = (all: Element[]) =>
      all.filter(one => one.scrollHeight > one.clientHeight * 1.3).map(one => one.textContent)
    expect(await names.evaluateAll(isCut), `${size.width}×${size.height}`).toEqual([])
    expect(
      await names.locator('span').evaluateAll(all => all.map(one => getComputedStyle(one).fontFamily)),
    ).not.toContainEqual(expect.stringContaining('Mono'))
  }
})

test('scenes take turns, and one may go on, back, and stay', async () => {
  await show('?scenes=figures,clocks&every=1h')
  const first = (await page.locator('.wall').getAttribute('data-scene')) ?? ''
  const other = first === 'figures' ? 'clocks' : 'figures'
  await page.keyboard.press('ArrowRight')
  await scene(other)
  await page.keyboard.press('p')
  await page.getByText('pinned').waitFor()
  await page.keyboard.press('ArrowLeft')
  await scene(first)
})

test('the ticker moves by itself and only what carries it is transformed', async () => {
  await show('?scenes=clocks')
  const line = page.locator('footer p').first()
  await line.waitFor()
  const place = async () => (await line.boundingBox())?.x ?? 0
  const before = await place()
  await until(async () => (await place()) < before - 20, 'the ticker to move')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.locator('footer .still p').waitFor()
  await page.emulateMedia({ reducedMotion: null })
})

describe('an incident in the office’s regions', () => {
  test('takes the screen, is pinned until it is seen, and does not come again after a gap, in which all is grey and dated', async () => {
    await show('?scenes=mine')
    await page.getByText('Operational').first().waitFor()
    // it stays for ten seconds, and a busy machine measures for longer
    await page.evaluate('globalThis.realNow = Date.now; globalThis.frozenAt = Date.now(); Date.now = () => frozenAt')
    open('fire', 'Launch failures in us-east-1', { impact: 'major' })
    const takeover = page.locator('.takeover')
    await takeover.getByText('AWS us-east-1', { exact: true }).waitFor()
    const glyph = await takeover.locator('svg').boundingBox()
    expect(glyph?.height).toBeCloseTo(hd.height / 3, 0)
    for (const size of [...sizes, hd]) {
      await page.setViewportSize(size)
      await page.evaluate(() => new Promise(requestAnimationFrame))
      await takeover.waitFor()
      expect(await cut('.takeover'), `${size.width}×${size.height}`).toEqual([])
    }
    expect(await violations(page, '.takeover')).toEqual([])
    await page.evaluate('Date.now = realNow')
    const strip = page.getByRole('region', { name: 'Incidents that nobody has acknowledged' })
    await strip.waitFor({ timeout: 20_000 })
    await takeover.waitFor({ state: 'detached' })
    await strip.getByText('AWS us-east-1').waitFor()
    expect(await cut()).toEqual([])
    await page.keyboard.press('a')
    await strip.waitFor({ state: 'detached' })
    await stack.server.stop('SIGKILL')
    await page.getByText(/^As of \d\d:\d\d$/).waitFor({ timeout: 20_000 })
    expect(await colour()).toBe('grayscale(1)')
    expect(await cut()).toEqual([])
    stack.server.start()
    await isLive()
    expect(await colour()).toBe('none')
    expect(await page.getByText(/^As of/).count()).toBe(0)
    expect(await takeover.count()).toBe(0)
  })

  test('is acknowledged at once by a key, and gone when it is over', async () => {
    await show('?scenes=clocks')
    open('smoke', 'Elevated latency in us-east-1')
    const takeover = page.locator('.takeover')
    await takeover.getByText('Elevated latency in us-east-1').waitFor()
    await page.keyboard.press('a')
    await takeover.waitFor({ state: 'detached' })
    stack.simulator.apply({ do: 'resolve', id: 'smoke', text: 'All is well.' })
    stack.simulator.apply({ do: 'resolve', id: 'fire', text: 'All is well.' })
  })
})

test('a wall speaks of the stack that its address names, and says where there is none of that name', async () => {
  await show('?scenes=incidents&stack=nobodys')
  const alert = page.getByRole('alert')
  await alert.getByText('stack=nobodys').waitFor()
  await alert.getByText('is not a stack of the sources file: write its id, like shop').waitFor()
  await show('?scenes=map&stack=mine')
  await page.getByText(/^Our regions: /).waitFor()
  expect(await alert.count()).toBe(0)
})

test('a wall speaks of a whole stack in its address, and says what in it is not known', async () => {
  await show('?scenes=mine&stack=Shop:aws/lambda@eu-west-1;stripe')
  await page.getByText('Shop', { exact: true }).waitFor()
  await page.getByRole('heading', { name: 'AWS Lambda in eu-west-1' }).waitFor()
  await page.getByRole('heading', { name: 'Stripe' }).waitFor()
  const alert = page.getByRole('alert')
  expect(await alert.count()).toBe(0)
  await show('?scenes=mine&stack=Shop:stripe;not a use')
  await alert.getByText('stack=not a use').waitFor()
  await alert.getByText('is nothing that is known here').waitFor()
  await show('?scenes=mine&stack=:')
  expect(await page.getByText('Stripe').count()).toBe(0)
})

test('what is wrong with an address stands on the screen, with what to write, and all the rest holds', async () => {
  await show('?scenes=clocks,weather&every=5 minutes&speed=9')
  const alert = page.getByRole('alert')
  await alert.getByText('3 settings could not be used').waitFor()
  await alert.getByText('every=5 minutes').waitFor()
  await alert.getByText('is not a time from 5 s to 1 h: write it like 20s, 2m').waitFor()
  await alert.getByText('speed=9').waitFor()
  await scene('clocks')
})

test('a wall that the office named shows what the sources file says; an unknown one names those there are', async () => {
  await show('/lobby')
  await scene('clocks')
  await page.getByText('Lisbon').waitFor()
  await show('/lounge')
  await page.getByText('No wall is called lounge. These are: lobby. Correct the address.').waitFor()
})

test('a screen of a video wall shows its part of the whole', async () => {
  await show('?scenes=clocks&wall=2x2&at=1,1')
  // the position of all screens in the page, which is shifted by a few px against burn-in
  const screens = await page.locator('.screens').evaluate(element => {
    const picture = element.closest('.wall')?.getBoundingClientRect()
    const { x, y, width, height } = element.getBoundingClientRect()
    return { x: x - (picture?.x ?? 0), y: y - (picture?.y ?? 0), width, height }
  })
  expect(screens).toEqual({ x: -1920, y: -1080, width: 3840, height: 2160 })
  expect(await page.locator('footer').count()).toBe(1)
  await show('?scenes=clocks&wall=2x2&at=0,0')
  expect(await page.locator('footer').count()).toBe(0)
})

test('the browser had nothing to complain about but the server that was away', () => {
  expect(complaints.filter(line => !/WebSocket|ERR_CONNECTION|ERR_SOCKET|status of 503/i.test(line))).toEqual([])
})

import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { ensureBuilt } from './build.ts'
import { Failure, step } from './command.ts'
import { type Still, stills } from './picture-list.ts'
import { findChromium } from './programs.ts'
import { forgetRedis } from './redis.ts'
import { apart, freePort, fromRoot, urlOf } from './settings.ts'
import { prepareStack, runStack } from './stack.ts'
import { DEMO_PAST } from './start.ts'

const FOLDER = 'docs/pictures'
/** The animated picture's name, beside those of the stills. */
const FILM = 'demo'
const ADMIN_TOKEN = 'a-token-for-pictures'

/** When the story stands still, in s: before a region fails, just after, and when most is going on. */
const CUES = { before: 6, fails: 8.5, worst: 128 }

/**
 * `npm run pictures [-- name …]`: every picture of the documentation, taken of the demo at the same moments of its
 * story each time. Names choose those that begin with them.
 */
export async function pictures(): Promise<void> {
  const wanted = process.argv.slice(2)
  const isWanted = (name: string): boolean => wanted.length === 0 || wanted.some(begin => name.startsWith(begin))
  const program = findChromium(process.env)
  const cues = await freePort({ host: '127.0.0.1', port: 0 }, 'npm run pictures')
  const settings = { ...DEMO_PAST, ADMIN_TOKEN, PORT: '0', SIMULATOR_CUES: String(cues) }
  const prepared = await prepareStack('npm run pictures', { ...apart(process.env, 'pictures'), ...settings })
  await ensureBuilt()
  forgetRedis(prepared.dataDir)
  mkdirSync(fromRoot(FOLDER), { recursive: true })

  const stack = await step('Starting the demo', () => runStack({ ...prepared, simulated: true }))
  const { chromium } = await import('playwright-core')
  const flags = ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb', '--hide-scrollbars']
  const browser = await chromium.launch({ executablePath: program, args: flags })
  const url = urlOf(prepared.address)
  const cue = (until: number) => fetch(`http://127.0.0.1:${cues}`, { method: 'POST', body: String(until) })
  try {
    await cue(CUES.before)
    if (isWanted(FILM)) await step(FILM, () => film(browser, url, () => void cue(CUES.fails)))
    await step('Waiting for the worst of the story', () => cue(CUES.worst))
    await sleep(SETTLED_MS)
    await postNotice(url)
    for (const still of stills(await worstIncident(url)).filter(({ name }) => isWanted(name)))
      await step(still.name, () => take(browser, url, still))
  } finally {
    await browser.close()
    await stack.stop()
  }
  process.exit()
}

/** By then workers have read what the story has told, and pages have drawn it, in ms. */
const SETTLED_MS = 6_000

async function postNotice(url: string): Promise<void> {
  const text = 'Change freeze from Friday 18:00 until Monday 08:00.'
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' }
  await fetch(`${url}/api/notices`, { method: 'POST', headers, body: JSON.stringify({ text }) })
}

/** The id of the incident of the story that has the most to tell. */
async function worstIncident(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/incidents?state=active&limit=200`)
  const { incidents }: { incidents: { id: string; impact: string }[] } = await answer.json()
  const worst = incidents.find(({ impact }) => impact === 'critical') ?? incidents[0]
  if (worst === undefined) throw new Failure('Nothing is going on in the demo: see its logs')
  return worst.id
}

/** How long a page has to draw itself, and a wall to find its place, in ms. */
const PATIENCE_MS = 4_000

async function take(browser: Browser, url: string, { name, path: address, size, scheme }: Still): Promise<void> {
  const page = await openPage(browser, url + address, size, scheme)
  await sleep(PATIENCE_MS)
  const shot = await page.screenshot()
  await page.context().close()
  writeFileSync(fileOf(`${name}.png`), await smallPng(shot, size))
}

async function openPage(browser: Browser, url: string, size: Still['size'], scheme: Still['scheme']): Promise<Page> {
  const [width, height] = size
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale: 'en-GB',
    timezoneId: 'UTC',
    ...(width < 600 && { deviceScaleFactor: 2, isMobile: true, hasTouch: true }),
  })
  await context.addInitScript(`try { sessionStorage.setItem('nephoscope.admin', '${ADMIN_TOKEN}') } catch {}`)
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(url)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  return page
}

/** A still is not larger than this in the repository, in bytes. */
const MAX_STILL_BYTES = 150_000
/** Large screens are shown smaller, in px: their letters are large. */
const WIDEST = 1440
const LARGE_SHOWN_AS = 1280

/** In as good a palette as fits. @see https://sharp.pixelplumbing.com/api-output#png */
async function smallPng(shot: Buffer, [width]: Still['size']): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  const scaled = await sharp(shot)
    .resize({ width: width > WIDEST ? LARGE_SHOWN_AS : width < 600 ? width * 2 : width })
    .png()
    .toBuffer()
  let smallest = scaled
  for (const quality of [90, 80, 70]) {
    smallest = await sharp(scaled).png({ palette: true, quality, dither: 0.6, effort: 8 }).toBuffer()
    if (smallest.length <= MAX_STILL_BYTES) break
  }
  return smallest
}

/** The film: a region fails, and what the page makes of it. */
const FILM_MS = 10_000
const FRAME_MS = 220
const FILM_SIZE = [1440, 900] as const
const FILM_WIDTH = 1200
const MAX_FILM_BYTES = 2_000_000
/** How long the last frame stays, in ms. */
const LAST_MS = 2_500

async function film(browser: Browser, url: string, begin: () => void): Promise<void> {
  const page = await openPage(browser, url, FILM_SIZE, 'dark')
  await sleep(PATIENCE_MS)
  const { default: sharp } = await import('sharp')
  const frames: { at: number; shot: Buffer }[] = []
  const start = performance.now()
  for (let at = 0; at < FILM_MS; at = performance.now() - start) {
    if (frames.length === 4) begin()
    frames.push({ at, shot: await page.screenshot() })
    await sleep(Math.max(0, FRAME_MS - (performance.now() - start - at)))
  }
  await page.context().close()
  const small = await Promise.all(frames.map(({ shot }) => sharp(shot).resize({ width: FILM_WIDTH }).png().toBuffer()))
  const delay = frames.map(({ at }, index) => Math.round((frames[index + 1]?.at ?? at + LAST_MS) - at))
  for (const quality of [86, 72, 60, 48, 36, 24]) {
    const bytes = await sharp(small, { join: { animated: true } })
      .webp({ quality, effort: 5, delay, loop: 0, minSize: true, mixed: true })
      .toBuffer()
    if (bytes.length > MAX_FILM_BYTES && quality > 24) continue
    writeFileSync(fileOf(`${FILM}.webp`), bytes)
    return
  }
}

const fileOf = (name: string): string => path.join(fromRoot(FOLDER), name)

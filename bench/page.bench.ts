import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Browser, Response } from 'playwright-core'
import { z } from 'zod'
import { startBrowser } from '../test/support/browser.ts'
import { freePort } from '../test/support/free-port.ts'
import { startStack } from '../test/support/stack.ts'
import { median, rounded, warnWhenBusy } from './support/measuring.ts'

/** The cost of the first visit to the dashboard, and its scores by Lighthouse. */

const SLOWDOWN = 4
const ROUNDS = 5
/** How long the page is looked at while it lives; ten are conclusive. */
const MINUTES = Number(process.env.BENCH_MINUTES ?? 1)
/** The last version that runs on Node 20. */
const LIGHTHOUSE_VERSION = '12.8.2'

const LighthouseReport = z.object({
  lhr: z.object({
    categories: z.record(z.string(), z.object({ score: z.number().nullable() })),
    audits: z.record(z.string(), z.object({ displayValue: z.string().optional() })),
  }),
})
type Audit = (url: string, flags: object, config?: object) => Promise<unknown>
type Scores = Record<string, number>

type FirstLoad = {
  /** KB (1,000 bytes) of JavaScript after gzip: named by the document, and fetched later by what it runs. */
  scriptKb: { first: number; later: number }
  /** Largest contentful paint, ms after the navigation. @see https://web.dev/articles/lcp */
  lcpMs: number
  /** Cumulative layout shift. @see https://web.dev/articles/cls */
  shift: number
}

const stack = await startStack({ story: 'demo', every: '5s' })
const port = await freePort()
const browser = await startBrowser([`--remote-debugging-port=${port}`])
try {
  await stack.ready()
  await sleep(10_000) // every region has a status by then
  warnWhenBusy()

  const loads = []
  const peers = []
  for (let round = 0; round < ROUNDS; round++) {
    loads.push(await firstLoad(browser, stack.url, SLOWDOWN))
    peers.push(await firstLoad(browser, stack.url, SLOWDOWN, withoutScripts))
  }
  const [load] = loads
  const lcpMs = rounded(median(loads.map(each => each.lcpMs)), 0)
  const staticLcpMs = rounded(median(peers.map(each => each.lcpMs)), 0)
  const lcpVsStatic = rounded(lcpMs / staticLcpMs, 2)
  const cls = rounded(Math.max(...loads.map(each => each.shift)), 3)
  const jsGzipKb = rounded(load?.scriptKb.first ?? 0, 1)
  const laterKb = rounded(load?.scriptKb.later ?? 0, 1)
  console.log(`  JavaScript ${jsGzipKb} KB gzip, then ${laterKb} KB of the line and the globe`)
  console.log(`  largest paint after ${lcpMs} ms at a ${SLOWDOWN}× slower processor; layout shift ${cls}`)
  console.log(`  a page of the same words, fonts and styles without script: ${staticLcpMs} ms; ratio ${lcpVsStatic}`)

  const { shift: shiftWhileLive, moved } = await shiftWhileItLives(browser, stack.url)
  console.log(`  layout shift in ${MINUTES} min of the demo: ${shiftWhileLive}`)
  for (const [what, times] of moved) console.log(`    ${times} × ${what}`)

  const { scores: lighthouse, blocking } = await lighthouseScores(stack.url, port)
  for (const [category, score] of Object.entries(lighthouse)) console.log(`  ${category.padEnd(16)} ${score}`)
  console.log(`  total blocking time ${blocking}`)
  console.log(JSON.stringify({ bench: 'page', jsGzipKb, laterKb, lcpMs, lcpVsStatic, cls, shiftWhileLive, lighthouse }))
} finally {
  await browser.close()
  await stack.close()
}

/** Opens the page with empty caches on a processor `slowdown` times slower, and observes it for some seconds. */
async function firstLoad(
  browser: Browser,
  url: string,
  slowdown: number,
  change?: (html: string) => string,
): Promise<FirstLoad> {
  const context = await browser.newContext({ viewport: { width: 1350, height: 940 }, serviceWorkers: 'block' })
  const page = await context.newPage()
  const scripts: Response[] = []
  page.on('response', response => {
    if (response.request().resourceType() === 'script') scripts.push(response)
  })
  await page.addInitScript(() => {
    const paint = { lcp: 0, shift: 0 }
    Object.assign(globalThis, { paint })
    new PerformanceObserver(list => {
      for (const { startTime } of list.getEntries()) paint.lcp = startTime
    }).observe({ type: 'largest-contentful-paint', buffered: true })
    new PerformanceObserver(list => {
      // TypeScript's DOM does not know of layout shifts
      for (const entry of list.getEntries()) paint.shift += (entry as PerformanceEntry & { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  if (change !== undefined)
    await page.route(url, async route => {
      const response = await route.fetch()
      await route.fulfill({ response, body: change(await response.text()) })
    })
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  const document = await page.goto(url)
  const html = (await document?.text()) ?? ''
  await page.waitForTimeout(6_000)
  const paint = await page.evaluate(() => (globalThis as unknown as { paint: { lcp: number; shift: number } }).paint)
  const scriptKb = { first: 0, later: 0 }
  for (const response of scripts) {
    const named = html.includes(new URL(response.url()).pathname)
    scriptKb[named ? 'first' : 'later'] += gzipSync(await response.body(), { level: 9 }).length / 1000
  }
  await context.close()
  return { scriptKb, lcpMs: paint.lcp, shift: paint.shift }
}

/** Layout shift from the first request on, and what moved. */
async function shiftWhileItLives(browser: Browser, url: string): Promise<{ shift: number; moved: [string, number][] }> {
  const context = await browser.newContext({ viewport: { width: 1350, height: 940 }, serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.addInitScript(() => {
    const seen = { shift: 0, moved: {} as Record<string, number> }
    Object.assign(globalThis, { seen })
    new PerformanceObserver(list => {
      type LayoutShift = PerformanceEntry & { value: number; sources: { node: Node | null }[] }
      for (const { value, sources } of list.getEntries() as LayoutShift[]) {
        seen.shift += value
        for (const { node } of sources) {
          const tag = node instanceof Element ? node.cloneNode(false) : null
          const what = tag instanceof Element ? tag.outerHTML.slice(0, 100) : 'what is gone by now'
          seen.moved[what] = (seen.moved[what] ?? 0) + 1
        }
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(url)
  await sleep(MINUTES * 60_000)
  const seen = await page.evaluate(
    () => (globalThis as unknown as { seen: { shift: number; moved: Record<string, number> } }).seen,
  )
  await context.close()
  return { shift: rounded(seen.shift, 4), moved: Object.entries(seen.moved) }
}

/** The peer: the same document, of which nothing runs. */
function withoutScripts(html: string): string {
  return html.replace(
    /<script[^>]*><\/script>|<link rel="modulepreload"[^>]*>|<link rel="preload"[^>]* as="fetch"[^>]*>/g,
    '',
  )
}

/**
 * The scores of Lighthouse for a page, 0 to 100, on its desktop profile. Lighthouse has two hundred packages, so it is
 * installed into a folder for temporary files. @see https://developer.chrome.com/docs/lighthouse/overview
 */
async function lighthouseScores(url: string, port: number): Promise<{ scores: Scores; blocking: string }> {
  const dir = path.join(tmpdir(), `nephoscope-lighthouse-${LIGHTHOUSE_VERSION}`)
  const entry = path.join(dir, 'node_modules/lighthouse/core/index.js')
  if (!existsSync(entry)) {
    mkdirSync(dir, { recursive: true })
    writeFileSync(path.join(dir, 'package.json'), '{}')
    const install = ['install', '--no-audit', '--no-fund', `lighthouse@${LIGHTHOUSE_VERSION}`]
    execFileSync('npm', install, { cwd: dir, stdio: 'inherit' })
  }
  // the package is absent at compile time: its shape is declared here, and its answer is parsed
  const lighthouse = (await import(pathToFileURL(entry).href)) as { default: Audit; desktopConfig: object }
  const onlyCategories = ['performance', 'accessibility', 'best-practices', 'seo']
  const flags = { port, output: 'json', logLevel: 'error', onlyCategories }
  const { lhr } = LighthouseReport.parse(await lighthouse.default(url, flags, lighthouse.desktopConfig))
  const percent = (score: number | null) => Math.round((score ?? 0) * 100)
  const scores = Object.entries(lhr.categories).map(([name, { score }]) => [camelCase(name), percent(score)])
  return { scores: Object.fromEntries(scores), blocking: lhr.audits['total-blocking-time']?.displayValue ?? '?' }
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

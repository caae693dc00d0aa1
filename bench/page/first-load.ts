import { gzipSync } from 'node:zlib'
import type { Browser, Response } from 'playwright-core'

export type FirstLoad = {
  /** KB (1,000 bytes) of JavaScript after gzip: named by the document, and fetched later by what it runs. */
  scriptKb: { first: number; later: number }
  /** Largest contentful paint, ms after the navigation. @see https://web.dev/articles/lcp */
  lcpMs: number
  /** Cumulative layout shift. @see https://web.dev/articles/cls */
  shift: number
}

/** Opens the page with nothing in any cache, on a processor that is made slower by `slowdown`, and looks on for some seconds. */
export async function firstLoad(browser: Browser, url: string, slowdown: number): Promise<FirstLoad> {
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

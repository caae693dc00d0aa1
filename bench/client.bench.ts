import { setTimeout as sleep } from 'node:timers/promises'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { openPage, startBrowser } from '../test/support/browser.ts'
import { startBusyStack } from './support/busy-stack.ts'
import { median, quantile, rounded, warnWhenBusy } from './support/measuring.ts'
import { heapMbOf } from './support/page-figures.ts'

/**
 * The dashboard on a bad day: how soon it shows an event, how long its tasks take, and whether its memory grows. The peer
 * is a bare list of the same rows under the same events, for a machine makes long tasks of its own.
 */

const INCIDENTS = 500
const ARTICLES = 5_000
const EVENTS_PER_SECOND = 50
/** Of so many events, one is looked for on the screen. */
const MARK_EVERY = 5
const MINUTES = Number(process.env.BENCH_MINUTES ?? 2)
const PEER_MINUTES = Math.min(2, MINUTES)
const HEAP_EVERY_MS = 20_000
/** A forced garbage collection and the events that waited for it. */
const FORCED_COLLECTION_MS = 2_000

const { stack, writer } = await startBusyStack(INCIDENTS, ARTICLES)
const browser = await startBrowser()
try {
  const { page } = await openPage(browser, 'about:blank')
  await observe(page)
  await page.goto(stack.url)
  await page.getByText('mark 0.').first().waitFor()
  await sleep(20_000) // the globe turns by then
  warnWhenBusy()
  await takeSeen(page)

  const heaps = [await heapMbOf(page)]
  const sent = new Map<number, number>()
  const tasks: LongTask[] = []
  const collectedAt: number[] = []
  const startedAt = Date.now()
  let heapAt = startedAt
  for (let n = 1; Date.now() < startedAt + MINUTES * 60_000; n++) {
    const wait = startedAt + (n * 1000) / EVENTS_PER_SECOND - Date.now()
    if (wait > 0) await sleep(wait)
    if (n % MARK_EVERY === 0) {
      await writer.mark(n)
      sent.set(n, Date.now())
    } else await writer.change()
    if (Date.now() - heapAt < HEAP_EVERY_MS) continue
    heapAt = Date.now()
    collectedAt.push(heapAt)
    heaps.push(await heapMbOf(page))
    tasks.push(...(await takeSeen(page)).longTasks)
    console.log(`  ${n} events, heap ${heaps.at(-1)?.toFixed(1)} MB`)
  }
  await sleep(1_000)
  const { marks, longTasks: last } = await takeSeen(page)
  const longTasks = durationsOf([...tasks, ...last], collectedAt)
  const waits = [...sent].flatMap(([n, at]) => (marks[n] === undefined ? [] : [Math.max(0, marks[n] - at)]))
  const [p50, p99] = [0.5, 0.99].map(share => rounded(quantile(waits, share), 0))
  await page.close()
  const peerTasks = await peerLongTasks()
  console.log(
    JSON.stringify({
      bench: 'client',
      incidents: INCIDENTS,
      eventsPerSecond: rounded((sent.size * MARK_EVERY) / (MINUTES * 60), 1),
      marks: waits.length,
      overtaken: sent.size - waits.length,
      eventP50Ms: p50,
      eventP99Ms: p99,
      longTasks: longTasks.length,
      longestTaskMs: rounded(Math.max(0, ...longTasks), 0),
      peerLongTasks: peerTasks.length,
      peerLongestTaskMs: rounded(Math.max(0, ...peerTasks), 0),
      heapGrowthMb: growth(heaps),
      heapMb: heaps.map(mb => rounded(mb, 1)),
    }),
  )
} finally {
  await browser.close()
  await stack.close()
}

/** The tasks over 50 ms of a bare Svelte list of the same server, ms. */
async function peerLongTasks(): Promise<number[]> {
  const output = await build({
    configFile: false,
    root: 'bench/bare-list',
    logLevel: 'silent',
    plugins: [svelte({ configFile: false })],
    build: { write: false, target: 'es2023', rolldownOptions: { input: 'bench/bare-list/main.ts' } },
  })
  const [code] = [output]
    .flat()
    .flatMap(one =>
      'output' in one ? one.output.flatMap(({ type, ...file }) => ('code' in file ? file.code : [])) : [],
    )
  const { page } = await openPage(browser, 'about:blank')
  await observe(page)
  await page.route(`${stack.url}/bare/*`, route =>
    route.request().url().endsWith('.js')
      ? route.fulfill({ contentType: 'text/javascript', body: code ?? '' })
      : route.fulfill({
          contentType: 'text/html',
          body: '<!doctype html><body><script type="module" src="list.js"></script>',
        }),
  )
  await page.goto(`${stack.url}/bare/`)
  await page.getByText('mark ').first().waitFor()
  await sleep(5_000)
  await takeSeen(page)
  const startedAt = Date.now()
  for (let n = 1; Date.now() < startedAt + PEER_MINUTES * 60_000; n++) {
    const wait = startedAt + (n * 1000) / EVENTS_PER_SECOND - Date.now()
    if (wait > 0) await sleep(wait)
    await writer.change()
  }
  return durationsOf((await takeSeen(page)).longTasks, [])
}

/** Without those of the garbage collections that the bench forces, and of what had to wait for them. */
function durationsOf(tasks: readonly LongTask[], collectedAt: readonly number[]): number[] {
  return tasks
    .filter(task => !collectedAt.some(at => task.at >= at && task.at < at + FORCED_COLLECTION_MS))
    .map(({ duration }) => duration)
}

/** The growth of the heap in MB from the second third of the run to the last: the first fills bounded collections. */
function growth(heaps: readonly number[]): number {
  const third = Math.ceil(heaps.length / 3)
  return rounded(median(heaps.slice(-third)) - median(heaps.slice(third, 2 * third)), 1)
}

type Seen = {
  /** When each mark was first on the screen, by its number, in ms since the epoch. */
  marks: Record<string, number>
  /** Each task over 50 ms. */
  longTasks: LongTask[]
}

/** When a task began, ms since the epoch, and its duration, ms. */
type LongTask = { at: number; duration: number }

/** Observes from within the page. Must be called before it is opened. */
async function observe(page: Page): Promise<void> {
  // no function here has a name, because tsx compiles a name to the call of a helper that the page does not have
  await page.addInitScript(() => {
    const seen: Seen = { marks: {}, longTasks: [] }
    Object.assign(globalThis, { seen })
    new PerformanceObserver(list => {
      for (const { startTime, duration } of list.getEntries())
        seen.longTasks.push({ at: performance.timeOrigin + startTime, duration })
    }).observe({ type: 'longtask' })
    new MutationObserver(() => {
      const number = /mark (\d+)\./.exec(document.querySelector('main')?.textContent ?? '')?.[1]
      if (number === undefined || number in seen.marks) return
      // a change of the document is on the screen after the next frame
      requestAnimationFrame(() => {
        seen.marks[number] ??= Date.now()
      })
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
}

function takeSeen(page: Page): Promise<Seen> {
  return page.evaluate(() => {
    const { seen } = globalThis as unknown as { seen: Seen }
    return { marks: seen.marks, longTasks: seen.longTasks.splice(0) }
  })
}

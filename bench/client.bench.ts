import { setTimeout as sleep } from 'node:timers/promises'
import { openPage, startBrowser } from '../test/support/browser.ts'
import { busyStack } from './client/busy-stack.ts'
import { heapOf, seenBy, watch } from './client/watch.ts'
import { sayWhenBusy } from './support/busy.ts'
import { median, quantile, rounded } from './support/figures.ts'

/** The dashboard, open on a bad day: how soon it shows an event, how long its tasks take, and whether its memory grows. */

const INCIDENTS = 500
const ARTICLES = 5_000
const EVENTS_PER_SECOND = 50
/** One event in so many is looked for on the screen. */
const MARK_EVERY = 5
const MINUTES = Number(process.env.BENCH_MINUTES ?? 2)
const HEAP_EVERY_MS = 20_000

const { stack, world } = await busyStack(INCIDENTS, ARTICLES)
const browser = await startBrowser()
try {
  const { page } = await openPage(browser, 'about:blank')
  await watch(page)
  await page.goto(stack.url)
  await page.getByText('mark 0.').first().waitFor()
  await sleep(20_000) // the globe has begun to turn
  sayWhenBusy()
  await seenBy(page)

  const heaps = [await heapOf(page)]
  const sent = new Map<number, number>()
  const longTasks: number[] = []
  const startedAt = Date.now()
  let heapAt = startedAt
  for (let n = 1; Date.now() < startedAt + MINUTES * 60_000; n++) {
    const wait = startedAt + (n * 1000) / EVENTS_PER_SECOND - Date.now()
    if (wait > 0) await sleep(wait)
    if (n % MARK_EVERY === 0) {
      await world.mark(n)
      sent.set(n, Date.now())
    } else await world.stir()
    if (Date.now() - heapAt < HEAP_EVERY_MS) continue
    heapAt = Date.now()
    longTasks.push(...(await seenBy(page)).longTasks)
    heaps.push(await heapOf(page))
    await seenBy(page) // a garbage collection that we ask for is no task of the page's own
    console.log(`  ${n} events, heap ${heaps.at(-1)?.toFixed(1)} MB, tasks over 50 ms: ${longTasks.length}`)
  }
  await sleep(1_000)
  const { marks, longTasks: last } = await seenBy(page)
  longTasks.push(...last)
  const waits = [...sent].flatMap(([n, at]) => (marks[n] === undefined ? [] : [Math.max(0, marks[n] - at)]))
  const [p50, p99] = [0.5, 0.99].map(share => rounded(quantile(waits, share), 0))
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
      heapGrowthMb: growth(heaps),
      heapMb: heaps.map(mb => rounded(mb, 1)),
    }),
  )
} finally {
  await browser.close()
  await stack.close()
}

/** The first third fills what is kept up to a limit. What grows from the second third to the last grows for ever. */
function growth(heaps: readonly number[]): number {
  const third = Math.ceil(heaps.length / 3)
  return rounded(median(heaps.slice(-third)) - median(heaps.slice(third, 2 * third)), 1)
}

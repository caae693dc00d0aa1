import { setTimeout as sleep } from 'node:timers/promises'
import { openPage, startBrowser } from '../test/support/browser.ts'
import { startLine } from '../test/support/line.ts'
import { until } from '../test/support/temporary-redis.ts'
import { busyStack } from './client/busy-stack.ts'
import { sayWhenBusy } from './support/busy.ts'
import { median, rounded } from './support/figures.ts'
import { servedBuild, soonBuilds } from './wall/builds.ts'
import { keepLedger } from './wall/ledger.ts'
import { framesOf, type Held, heldBy } from './wall/look.ts'
import { outage, type Taken } from './wall/outages.ts'

/** A day of a wall in minutes: whether it misses anything, grows, stays smooth, and comes back. */

/** How much of the day: 1 is all of it. */
const SHARE = Number(process.env.BENCH_SHARE ?? 1)
const part = (whole: number) => Math.max(1, Math.round(whole * SHARE))
const EVENTS = part(10_000)
const DISCONNECTS = part(200)
const BUILDS = part(5)
/** Those that bring a new build among them. */
const RESTARTS = Math.max(BUILDS + 1, part(20))
const EVENTS_PER_SECOND = Number(process.env.BENCH_PACE ?? 40)
/** New builds come last: a reload begins with an empty heap, so that growth is told of the long life before. */
const LONG_LIFE = 0.8
const SAMPLES = 8
const FRAME_SECONDS = Math.max(10, part(60))
const SLOWER = 4
/** Who the screen is: 32 hexadecimal digits, as a screen names itself. */
const SCREEN = '0123456789abcdef'.repeat(2)
const SCENE = 'figures'
const outages: readonly (readonly Taken[])[] = [['network'], ['server'], ['redis'], ['network', 'server', 'redis']]

const { stack, world } = await busyStack(200, 1_000)
const browser = await startBrowser()
const line = await startLine(stack.url)
const served = servedBuild()
try {
  const { page } = await openPage(browser, 'about:blank')
  const ledger = await keepLedger(page)
  await page.addInitScript(id => localStorage.setItem('nephoscope.screen', JSON.stringify({ id, token: null })), SCREEN)
  let loads = 0
  page.on('load', () => loads++)
  await page.goto(`${line.url}/wall?every=5s`)
  await page.locator('.wall[data-scene]').waitFor()
  sayWhenBusy()

  const every = (times: number) => Math.max(1, Math.floor(EVENTS / times))
  const buildsFrom = Math.floor(EVENTS * LONG_LIFE)
  const names = soonBuilds(SCREEN, BUILDS)
  const held: Held[] = []
  let cuts = 0
  let restarts = 0
  const pace = async (from: number, n: number) => {
    const wait = from + (n * 1000) / EVENTS_PER_SECOND - Date.now()
    if (wait > 0) await sleep(wait)
  }

  const startedAt = Date.now()
  let idle = 0
  for (let n = 1; n <= EVENTS; n++) {
    await pace(startedAt + idle, n)
    if (n % every(100) === 0 && n < buildsFrom) await world.flare()
    else await world.stir()
    if (n % every(DISCONNECTS) === 0) {
      line.cut()
      cuts++
    }
    if (n % Math.floor(buildsFrom / (RESTARTS - BUILDS + 1)) === 0 && restarts < RESTARTS - BUILDS) {
      await stack.server.stop('SIGKILL')
      stack.server.start()
      restarts++
    }
    const builds = Math.ceil((EVENTS - buildsFrom) / BUILDS)
    if (n > buildsFrom && (n - buildsFrom) % builds === 0 && names.length > 0) {
      const pausedAt = Date.now()
      const before = loads
      // hours lie between two builds, and the limit on reloads would hold this compressed day back
      await page.evaluate(() => sessionStorage.removeItem('nephoscope.wall.reloads'))
      served.is(names.shift() ?? '')
      await stack.server.stop('SIGTERM')
      stack.server.start()
      restarts++
      await until(() => loads > before, 'the wall to take a new build', 120)
      await page.locator('.wall[data-scene]').waitFor()
      idle += Date.now() - pausedAt
    }
    if (n % every(SAMPLES) === 0 && n <= buildsFrom) {
      const pausedAt = Date.now()
      held.push(await heldBy(page, SCENE))
      idle += Date.now() - pausedAt
      const { heapMb, nodes } = held.at(-1) ?? { heapMb: 0, nodes: 0 }
      console.log(
        `  ${n} events, ${cuts} disconnects, ${restarts} restarts: heap ${heapMb.toFixed(1)} MB, ${nodes} nodes`,
      )
    }
  }
  await stack.ready(line.url)
  const streamNow = async () => (await stack.stream()).map(event => event.id)
  const end = (await streamNow()).at(-1)
  await until(() => ledger.head() === end, 'the wall to have the last event', 60)

  const rightAgain: Record<string, number> = {}
  for (const taken of outages) {
    rightAgain[taken.length > 1 ? 'all' : (taken[0] ?? '')] = await outage(taken, stack, line, ledger, world.stir)
    console.log(`  right again after ${taken.join(', ')}: ${Object.values(rightAgain).at(-1)} s`)
  }

  const stirring = setInterval(() => void world.stir(), 2_000)
  await sleep(3_000)
  const unhurried = await framesOf(page, FRAME_SECONDS, 1)
  const frames = await framesOf(page, FRAME_SECONDS, SLOWER)
  clearInterval(stirring)
  await sleep(2_000)

  const comparison = ledger.against(await streamNow())
  const [first, last] = [held[0], held.at(-1)]
  console.log(
    JSON.stringify({
      bench: 'wall',
      events: EVENTS,
      disconnects: cuts,
      restarts,
      builds: loads - 1,
      heapGrowthMb: first && last ? rounded(last.heapMb - first.heapMb, 2) : null,
      heapMb: held.map(one => rounded(one.heapMb, 1)),
      nodesFirst: first?.nodes,
      nodesLast: last?.nodes,
      ...comparison,
      pictures: ledger.pictures(),
      fpsMedian: median(frames),
      fpsWorst: Math.min(...frames),
      fpsMedianUnslowed: median(unhurried),
      fpsWorstUnslowed: Math.min(...unhurried),
      rightAgainS: rightAgain,
    }),
  )
} finally {
  served.restore()
  await browser.close()
  await line.close()
  await stack.close()
}

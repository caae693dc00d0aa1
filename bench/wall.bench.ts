import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { STAGGER_MS, staggerOf } from '../client/wall/watchdog.ts'
import { ORIGIN } from '../shared/domain/events.ts'
import { openPage, startBrowser } from '../test/support/browser.ts'
import { startLine } from '../test/support/line.ts'
import { until } from '../test/support/temporary-redis.ts'
import { startBusyStack } from './support/busy-stack.ts'
import { median, rounded, warnWhenBusy } from './support/measuring.ts'
import { type EventRecord, framesOf, memoryOfWall, type PageMemory, recordEvents } from './support/page-figures.ts'

/** A day of a wall in minutes: whether it misses events, grows, draws smoothly, and recovers. */

/** The share of a day: 1 is all of it. */
const SHARE = Number(process.env.BENCH_SHARE ?? 1)
const shareOf = (whole: number) => Math.max(1, Math.round(whole * SHARE))
const EVENTS = shareOf(10_000)
const DISCONNECTS = shareOf(200)
const BUILDS = shareOf(5)
/** All restarts of the server, those with a new build included. */
const RESTARTS = Math.max(BUILDS + 1, shareOf(20))
const EVENTS_PER_SECOND = Number(process.env.BENCH_PACE ?? 40)
/** The share of events before the new builds. A reload empties the heap, so growth is measured before it. */
const SHARE_BEFORE_BUILDS = 0.8
const SAMPLES = 8
const FRAME_SECONDS = Math.max(10, shareOf(60))
const SLOWDOWN = 4
const OUTAGE_MS = 15_000
const SCREEN_ID = '0123456789abcdef'.repeat(2)
const SCENE = 'figures'
const BUILD_FILE = new URL('../dist/build.json', import.meta.url)
type Part = 'network' | 'server' | 'redis'
const outages: readonly (readonly Part[])[] = [['network'], ['server'], ['redis'], ['network', 'server', 'redis']]

const { stack, writer } = await startBusyStack(200, 1_000)
const browser = await startBrowser()
const line = await startLine(stack.url)
const realBuild = readFileSync(BUILD_FILE, 'utf8')
try {
  const { page } = await openPage(browser, 'about:blank')
  const record = await recordEvents(page)
  await page.addInitScript(
    id => localStorage.setItem('nephoscope.screen', JSON.stringify({ id, token: null })),
    SCREEN_ID,
  )
  let loads = 0
  page.on('load', () => loads++)
  await page.goto(`${line.url}/wall?every=5s`)
  await page.locator('.wall[data-scene]').waitFor()
  warnWhenBusy()

  const every = (times: number) => Math.max(1, Math.floor(EVENTS / times))
  const buildsFrom = Math.floor(EVENTS * SHARE_BEFORE_BUILDS)
  const names = promptBuilds(BUILDS)
  const memory: PageMemory[] = []
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
    if (n % every(100) === 0 && n < buildsFrom) await writer.alternateCritical()
    else await writer.change()
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
      // two builds are hours apart in reality; here the limit on reloads would delay them
      await page.evaluate(() => sessionStorage.removeItem('nephoscope.wall.reloads'))
      serveBuild(names.shift() ?? '')
      await stack.server.stop('SIGTERM')
      stack.server.start()
      restarts++
      await until(() => loads > before, 'the wall to take a new build', 120)
      await page.locator('.wall[data-scene]').waitFor()
      idle += Date.now() - pausedAt
    }
    if (n % every(SAMPLES) === 0 && n <= buildsFrom) {
      const pausedAt = Date.now()
      memory.push(await memoryOfWall(page, SCENE))
      idle += Date.now() - pausedAt
      const { heapMb, nodes } = memory.at(-1) ?? { heapMb: 0, nodes: 0 }
      console.log(
        `  ${n} events, ${cuts} disconnects, ${restarts} restarts: heap ${heapMb.toFixed(1)} MB, ${nodes} nodes`,
      )
    }
  }
  await stack.ready(line.url)
  const streamNow = async () => (await stack.stream()).map(event => event.id)
  const end = (await streamNow()).at(-1) ?? ORIGIN
  await until(() => record.has(end), 'the wall to have the last event', 60)

  const rightAgain: Record<string, number> = {}
  for (const parts of outages) {
    rightAgain[parts.length > 1 ? 'all' : (parts[0] ?? '')] = await recoveryFrom(parts, record)
    console.log(`  right again after ${parts.join(', ')}: ${Object.values(rightAgain).at(-1)} s`)
  }

  const stirring = setInterval(() => void writer.change(), 2_000)
  await sleep(3_000)
  const unslowed = await framesOf(page, FRAME_SECONDS, 1)
  const frames = await framesOf(page, FRAME_SECONDS, SLOWDOWN)
  clearInterval(stirring)
  await sleep(2_000)

  const comparison = record.compare(await streamNow())
  const [first, last] = [memory[0], memory.at(-1)]
  console.log(
    JSON.stringify({
      bench: 'wall',
      events: EVENTS,
      disconnects: cuts,
      restarts,
      builds: loads - 1,
      heapGrowthMb: first && last ? rounded(last.heapMb - first.heapMb, 2) : null,
      heapMb: memory.map(one => rounded(one.heapMb, 1)),
      nodesFirst: first?.nodes,
      nodesLast: last?.nodes,
      ...comparison,
      pictures: record.snapshots(),
      fpsMedian: median(frames),
      fpsWorst: Math.min(...frames),
      fpsMedianUnslowed: median(unslowed),
      fpsWorstUnslowed: Math.min(...unslowed),
      rightAgainS: rightAgain,
    }),
  )
} finally {
  writeFileSync(BUILD_FILE, realBuild)
  await browser.close()
  await line.close()
  await stack.close()
}

/** Names of builds that this screen loads within a second, so that the benchmark does not wait for its turn. */
function promptBuilds(count: number): string[] {
  const names: string[] = []
  for (let n = 0; names.length < count; n++)
    if (staggerOf(SCREEN_ID, `build-${n}`) < STAGGER_MS / 100) names.push(`build-${n}`)
  return names
}

function serveBuild(build: string): void {
  writeFileSync(BUILD_FILE, JSON.stringify({ ...JSON.parse(realBuild), build }))
}

/** Takes these parts away together and gives them back. Returns the s until the wall has an event written then. */
async function recoveryFrom(parts: readonly Part[], record: EventRecord): Promise<number> {
  if (parts.includes('network')) line.down()
  if (parts.includes('server')) await stack.server.stop('SIGKILL')
  if (parts.includes('redis')) await stack.redis.stop()
  await sleep(OUTAGE_MS)
  if (parts.includes('redis')) await stack.redis.start()
  if (parts.includes('server')) stack.server.start()
  if (parts.includes('network')) line.up()
  await stack.ready(line.url)
  const backAt = Date.now()
  await writer.change()
  const last = (await stack.stream()).at(-1)?.id ?? ORIGIN
  // events that follow at once may come in the same frame
  await until(() => record.has(last), `the wall to be right after ${parts.join(', ')}`, 120)
  return rounded((Date.now() - backAt) / 1000, 1)
}

import { setTimeout as sleep } from 'node:timers/promises'
import { startBrowser } from '../test/support/browser.ts'
import { freePort } from '../test/support/free-port.ts'
import { startStack } from '../test/support/stack.ts'
import { firstLoad } from './page/first-load.ts'
import { lighthouseScores } from './page/lighthouse.ts'
import { sayWhenBusy } from './support/busy.ts'
import { median, rounded } from './support/figures.ts'

/** What the dashboard costs those who open it for the first time, and what Lighthouse says of it. */

const SLOWDOWN = 4
const ROUNDS = 5

const stack = await startStack({ story: 'demo', every: '5s' })
const port = await freePort()
const browser = await startBrowser([`--remote-debugging-port=${port}`])
try {
  await stack.ready()
  await sleep(10_000) // every region has a state by then
  sayWhenBusy()

  const loads = []
  for (let round = 0; round < ROUNDS; round++) loads.push(await firstLoad(browser, stack.url, SLOWDOWN))
  const [load] = loads
  const lcpMs = rounded(median(loads.map(each => each.lcpMs)), 0)
  const cls = rounded(Math.max(...loads.map(each => each.shift)), 3)
  const jsGzipKb = rounded(load?.scriptKb.first ?? 0, 1)
  const laterKb = rounded(load?.scriptKb.later ?? 0, 1)
  console.log(`  JavaScript ${jsGzipKb} KB gzip, then ${laterKb} KB of the line and the globe`)
  console.log(`  largest paint after ${lcpMs} ms at a ${SLOWDOWN}× slower processor; layout shift ${cls}`)

  const { scores: lighthouse, blocking } = await lighthouseScores(stack.url, port)
  for (const [category, score] of Object.entries(lighthouse)) console.log(`  ${category.padEnd(16)} ${score}`)
  console.log(`  total blocking time ${blocking}`)
  console.log(JSON.stringify({ bench: 'page', jsGzipKb, laterKb, lcpMs, cls, lighthouse }))
} finally {
  await browser.close()
  await stack.close()
}

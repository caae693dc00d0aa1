import type { Page } from 'playwright-core'
import { z } from 'zod'
import { heapOf } from '../client/watch.ts'

/** What a page holds after a garbage collection. */
export type Held = { heapMb: number; nodes: number }

/** Measured on one scene, for every scene has other nodes. */
export async function heldBy(page: Page, scene: string): Promise<Held> {
  for (let n = 0; n < 20; n++) {
    if ((await page.locator('.wall').getAttribute('data-scene')) === scene) break
    await page.keyboard.press('ArrowRight')
    await page.waitForTimeout(100)
  }
  await page.waitForTimeout(500)
  const heapMb = await heapOf(page)
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Memory.getDOMCounters')
  await session.detach()
  return { heapMb, nodes }
}

/** Runs in the page, so it is text: what runs this file would have a function call a helper that the page does not have. */
const COUNT = `seconds => new Promise(resolve => {
  const counts = []
  let from = performance.now()
  let frames = 0
  requestAnimationFrame(function drawn(now) {
    frames++
    if (now - from >= 1000) {
      counts.push(Math.round((frames * 1000) / (now - from)))
      from = now
      frames = 0
    }
    if (counts.length < seconds) requestAnimationFrame(drawn)
    else resolve(counts)
  })
})`

/** Frames that the page drew in each of so many seconds, while its processor is so many times slower. */
export async function framesOf(page: Page, seconds: number, slower: number): Promise<number[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower })
  try {
    return z.array(z.number()).parse(await page.evaluate(`(${COUNT})(${seconds})`))
  } finally {
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    await session.detach()
  }
}

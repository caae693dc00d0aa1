import type { Page } from 'playwright-core'
import { z } from 'zod'
import { compareEventIds } from '../../shared/domain/events.ts'

export type PageMemory = { heapMb: number; nodes: number }

export async function memoryOfWall(page: Page, scene: string): Promise<PageMemory> {
  for (let n = 0; n < 20; n++) {
    if ((await page.locator('.wall').getAttribute('data-scene')) === scene) break
    await page.keyboard.press('ArrowRight')
    await page.waitForTimeout(100)
  }
  await page.waitForTimeout(500)
  const heapMb = await heapMbOf(page)
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Memory.getDOMCounters')
  await session.detach()
  return { heapMb, nodes }
}

/** Text, because tsx compiles a function to calls of a helper that the page does not have. */
const COUNT_FRAMES = `seconds => new Promise(resolve => {
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

/** The frames that the page draws in each of so many seconds, while its processor is `slowdown` times slower. */
export async function framesOf(page: Page, seconds: number, slowdown: number): Promise<number[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  try {
    return z.array(z.number()).parse(await page.evaluate(`(${COUNT_FRAMES})(${seconds})`))
  } finally {
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    await session.detach()
  }
}

/** The JavaScript heap of a page after a garbage collection, in MB. */
export async function heapMbOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / 1e6
}

/** What a wall reports: the events that it applied, and the snapshots that it loaded. */
export type EventRecord = {
  /** Whether the wall has this event, one by one or within a snapshot. */
  has(id: string): boolean
  snapshots(): number
  /** Compares the record with the stream, whose ids are given oldest first. */
  compare(stream: readonly string[]): Comparison
}

type Comparison = {
  taken: number
  inPictures: number
  /** Events of the stream that it never got, and those that came twice or out of order. */
  missed: number
  doubled: number
}

type Entry = { snapshot: string } | { event: string }

export async function recordEvents(page: Page): Promise<EventRecord> {
  const entries: Entry[] = []
  await page.exposeFunction('recordForBench', (what: string, detail: unknown) => {
    if (what === 'picture') entries.push({ snapshot: String(detail) })
    else if (Array.isArray(detail)) entries.push(...detail.map(id => ({ event: String(id) })))
  })
  await page.addInitScript(() => {
    for (const what of ['events', 'picture'])
      addEventListener(`nephoscope:${what}`, event =>
        Reflect.get(globalThis, 'recordForBench')(what, (event as CustomEvent).detail),
      )
  })
  return {
    has(id) {
      const last = entries.at(-1)
      return last !== undefined && compareEventIds('snapshot' in last ? last.snapshot : last.event, id) >= 0
    },
    snapshots: () => entries.filter(entry => 'snapshot' in entry).length,
    compare: stream => compare(entries, stream),
  }
}

function compare(entries: readonly Entry[], stream: readonly string[]): Comparison {
  const places = new Map(stream.map((id, place) => [id, place]))
  const result: Comparison = { taken: 0, inPictures: 0, missed: 0, doubled: 0 }
  let at = -1
  for (const entry of entries) {
    const place = places.get('snapshot' in entry ? entry.snapshot : entry.event) ?? -1
    if ('snapshot' in entry) {
      result.inPictures += Math.max(0, place - at)
      at = Math.max(at, place)
    } else if (place <= at) result.doubled++
    else {
      result.missed += place - at - 1
      result.taken++
      at = place
    }
  }
  result.missed += stream.length - 1 - at
  return result
}

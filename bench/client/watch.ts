import type { Page } from 'playwright-core'

/** What a page has seen since it was watched; instants and durations in ms. */
export type Seen = {
  /** When each mark was first on the screen, by its number, in ms since the epoch. */
  marks: Record<string, number>
  /** How long each task over 50 ms took. */
  longTasks: number[]
}

/** Watches from within the page: must be called before it is opened. */
export async function watch(page: Page): Promise<void> {
  // no function in it has a name: what runs this file would have it call a helper that the page does not have
  await page.addInitScript(() => {
    const seen: Seen = { marks: {}, longTasks: [] }
    Object.assign(globalThis, { seen })
    new PerformanceObserver(list => {
      for (const { duration } of list.getEntries()) seen.longTasks.push(duration)
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

/** What it has seen so far; long tasks are forgotten with it, so that each call tells of its own time. */
export const seenBy = (page: Page): Promise<Seen> =>
  page.evaluate(() => {
    const { seen } = globalThis as unknown as { seen: Seen }
    return { marks: seen.marks, longTasks: seen.longTasks.splice(0) }
  })

/** What the page's JavaScript holds after a garbage collection, in MB. */
export async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / 1e6
}

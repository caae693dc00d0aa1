import type { Page } from 'playwright-core'

/** What a wall looked like at one moment. */
export type Glance = {
  /** Nothing at all is said on it. */
  blank: boolean
  /** It says that it shows the past. */
  past: boolean
  /** Something is drawn as well, in colour. */
  green: boolean
}

/** Glances at a wall five times a second from before it is opened, across reloads. */
export async function watchWall(page: Page): Promise<{ glances: Glance[] }> {
  const glances: Glance[] = []
  await page.exposeFunction('tellTest', (glance: Glance) => void glances.push(glance))
  await page.addInitScript(() => {
    let shown = false
    setInterval(() => {
      const wall = document.querySelector<HTMLElement>('.wall')
      // what is hidden by styles does not count, so the text as it is drawn
      // biome-ignore lint/performance/useDomNodeTextContent: textContent has hidden text too
      const said = (wall?.innerText ?? '').trim()
      // a page that is still loading has nothing that could vanish
      if (said !== '') shown = true
      if (!shown) return
      const green = [...(wall?.querySelectorAll('[data-status="operational"]') ?? [])].some(element => {
        for (let at: Element | null = element; at !== null; at = at.parentElement)
          if (getComputedStyle(at).filter.includes('grayscale(1)')) return false
        return true
      })
      Reflect.get(globalThis, 'tellTest')({ blank: said === '', past: wall?.matches('.past') ?? false, green })
    }, 200)
  })
  return { glances }
}

import type { Attachment } from 'svelte/attachments'
import { prefersReducedMotion } from 'svelte/motion'

/** How long a part takes to open, ms; not at all for those who asked for less motion. */
export const slideMs = (): number => (prefersReducedMotion.current ? 0 : 200)

/** A ring that grows from the element and fades: something has just changed here. */
export function ring(element: Element): void {
  if (prefersReducedMotion.current) return
  const colour = getComputedStyle(element).getPropertyValue('--state')
  element.animate(
    [
      { outline: `2px solid ${colour}`, outlineOffset: '0px' },
      { outline: `2px solid ${colour}`, outlineOffset: '5px', offset: 0.4 },
      { outline: '2px solid transparent', outlineOffset: '14px' },
    ],
    { duration: 1200, easing: 'ease-out' },
  )
}

/** How long a row takes to slide in or to move over, ms. */
const GLIDE_MS = 200
/** Where a list changes again within this time, ms, nobody could follow what moves: then all of it just stands where it belongs. */
const CALM_MS = 1000
/** How far a new row slides, px. */
const SLIDE = 48

/**
 * Attached to a list: a new row slides in from where lines end and the others glide to their new places; in a rush, and for those
 * who asked for less motion, nothing moves. Places are read once a change for the whole list, for each reading lays out the page.
 */
export function gliding(list: HTMLElement): () => void {
  let tops = new Map<Element, number>()
  let changedAt = Number.NEGATIVE_INFINITY

  const read = () => {
    tops = new Map([...list.children].map(row => [row, row instanceof HTMLElement ? row.offsetTop : 0]))
  }
  const glide = () => {
    const before = tops
    read()
    for (const [row, top] of tops) {
      const was = before.get(row)
      if (was === top) continue
      const x = document.dir === 'rtl' ? -SLIDE : SLIDE
      const from = was === undefined ? { transform: `translateX(${x}px)`, opacity: 0 } : offsetBy(was - top)
      row.animate([from, {}], { duration: GLIDE_MS, easing: 'cubic-bezier(0.33, 1, 0.68, 1)' })
    }
  }

  const changes = new MutationObserver(() => {
    const calm = performance.now() - changedAt > CALM_MS
    changedAt = performance.now()
    if (calm && tops.size > 0 && !prefersReducedMotion.current && !isScrolled(list)) glide()
  })
  changes.observe(list, { childList: true })
  // told after the page is laid out, when reading costs nothing
  const sizes = new ResizeObserver(read)
  sizes.observe(list)

  return () => {
    changes.disconnect()
    sizes.disconnect()
  }
}

/** Whoever has scrolled is reading, and the browser keeps what they read where it is. */
function isScrolled(list: Element): boolean {
  for (let box: Element | null = list; box; box = box.parentElement) if (box.scrollTop > 0) return true
  return false
}

const offsetBy = (y: number) => ({ transform: `translateY(${y}px)` })

/** How far below the screen an element counts as about to be seen: what is read in time needs no waiting. */
const AHEAD = '800px'

/** Tells when the element comes near the screen, and again for as long as it is there. */
export const whenSeen =
  (onseen: () => void): Attachment =>
  element => {
    const observer = new IntersectionObserver(
      entries => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) onseen()
      },
      { rootMargin: `0px 0px ${AHEAD} 0px` },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }

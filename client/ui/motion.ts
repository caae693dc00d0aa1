import type { Attachment } from 'svelte/attachments'
import { prefersReducedMotion } from 'svelte/motion'

/** How long a part takes to open, ms; 0 with reduced motion. */
export const slideMs = (): number => (prefersReducedMotion.current ? 0 : 200)

/** Draws a ring that grows from the element and fades: the element has just changed. */
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

const GLIDE_MS = 200
/** A list that changes again within this time does not move: the eye could not follow. */
const CALM_MS = 1000
const SLIDE_PX = 48

/**
 * An attachment for lists: a new row slides in from the inline end, and the others glide to their new places. In a
 * rush, and with reduced motion, nothing moves. Positions are read once a change, as each reading forces a layout.
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
      const x = document.dir === 'rtl' ? -SLIDE_PX : SLIDE_PX
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
  // called after layout, when reading positions is cheap
  const sizes = new ResizeObserver(read)
  sizes.observe(list)

  return () => {
    changes.disconnect()
    sizes.disconnect()
  }
}

/** A reader who has scrolled is reading: the browser's scroll anchoring keeps the text in place. */
function isScrolled(list: Element): boolean {
  for (let box: Element | null = list; box; box = box.parentElement) if (box.scrollTop > 0) return true
  return false
}

const offsetBy = (y: number) => ({ transform: `translateY(${y}px)` })

/** An attachment that calls `onseen` when the element is less than `marginPx` below the screen. */
export const whenSeen =
  (onseen: () => void, marginPx = 800): Attachment =>
  element => {
    const observer = new IntersectionObserver(
      entries => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) onseen()
      },
      { rootMargin: `0px 0px ${marginPx}px 0px` },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }

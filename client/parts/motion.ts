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

import { prefersReducedMotion } from 'svelte/motion'

/** How long a row takes to slide in or to move over, ms; not at all for those who asked for less motion. */
export const slideMs = (): number => (prefersReducedMotion.current ? 0 : 200)

/** A ring that grows from the element and fades: something has just changed here. */
export function ring(element: Element): void {
  if (prefersReducedMotion.current) return
  const colour = getComputedStyle(element).getPropertyValue('--state')
  element.animate(
    [
      { boxShadow: `0 0 0 0 ${colour}`, outline: `2px solid ${colour}`, outlineOffset: '0px' },
      { boxShadow: `0 0 0 3px ${colour}`, outline: `2px solid ${colour}`, outlineOffset: '4px', offset: 0.4 },
      { boxShadow: '0 0 0 0 transparent', outline: '2px solid transparent', outlineOffset: '14px' },
    ],
    { duration: 1200, easing: 'ease-out' },
  )
}

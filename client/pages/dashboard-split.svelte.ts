import { untrack } from 'svelte'

/** How globe and incidents share the width: none is going on, one or two, or more. */
export type Split = 'quiet' | 'few' | 'many'

const splitOf = (active: number): Split => (active === 0 ? 'quiet' : active < 3 ? 'few' : 'many')

/**
 * The split of the first screen. Nothing moves under the eye: while somebody looks, it changes only where the first
 * incident needs its room. It follows the number once the page is hidden.
 */
export function splitState(active: () => number) {
  let kind = $state(untrack(() => splitOf(active())))
  $effect.pre(() => {
    const next = splitOf(active())
    if (untrack(() => kind) === 'quiet') kind = next
  })
  return {
    get kind() {
      return kind
    },
    /** Called when the page is shown or hidden. */
    look() {
      if (document.visibilityState === 'hidden') kind = splitOf(active())
    },
  }
}

/** An attachment: `--above` is how far below the top of the page the element begins, px. */
export function belowTop(element: HTMLElement): () => void {
  const measure = () =>
    element.style.setProperty('--above', `${Math.round(element.getBoundingClientRect().top + scrollY)}px`)
  measure()
  const sizes = new ResizeObserver(measure)
  for (const above of element.closest('.frame')?.children ?? []) if (!above.contains(element)) sizes.observe(above)
  return () => sizes.disconnect()
}

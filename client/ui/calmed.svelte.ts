import { untrack } from 'svelte'

/**
 * A value that is shown anew at most once in `pauseMs`: at once after a pause, else at its end. For what costs more to
 * draw than it tells when it changes many times a second. Created where effects may be.
 */
export function calmed<T>(read: () => T, pauseMs: number): { readonly current: T } {
  let shown = $state.raw(untrack(read))
  let shownAt = performance.now()
  $effect(() => {
    const next = read()
    const show = () => {
      shown = next
      shownAt = performance.now()
    }
    const waitMs = shownAt + pauseMs - performance.now()
    if (waitMs <= 0) return show()
    const timer = setTimeout(show, waitMs)
    return () => clearTimeout(timer)
  })
  return {
    get current() {
      return shown
    },
  }
}

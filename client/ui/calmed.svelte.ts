import { untrack } from 'svelte'

const PAUSE_MS = 1_000

/**
 * A value that is shown anew at most once a second: at once after a pause, else at its end. For what costs more to
 * draw than it tells when it changes many times a second. Created where effects may be.
 */
export function calmed<T>(read: () => T): { readonly current: T } {
  let shown = $state.raw(untrack(read))
  let shownAt = performance.now()
  $effect(() => {
    const next = read()
    const show = () => {
      shown = next
      shownAt = performance.now()
    }
    const waitMs = shownAt + PAUSE_MS - performance.now()
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

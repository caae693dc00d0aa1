/** How long work may hold up the page at once, in ms: well under the time of one frame. */
const SLICE = 4

/**
 * Runs `work` again and again, with the page's own business between, until it returns that it is done. It looks at `isTimeLeft` and
 * leaves off in time. Returns what stops it.
 */
export function inSlices(work: (isTimeLeft: () => boolean) => boolean, done: () => void): () => void {
  const slice = () => {
    const until = performance.now() + SLICE
    if (work(() => performance.now() < until)) done()
    else timer = setTimeout(slice)
  }
  let timer = setTimeout(slice)
  return () => clearTimeout(timer)
}

/** Runs one after the other: an answer older than a change is always followed by a newer one. */
export function oneAfterTheOther(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  return () => {
    const next = running.then(run)
    running = next.catch(() => undefined)
    return next
  }
}

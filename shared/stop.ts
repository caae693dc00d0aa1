/** How long stopping may take before the process ends anyway, in ms. */
const PATIENCE_MS = 3_500

/**
 * Runs `stop` once when the process is asked to end (SIGTERM, SIGINT, or the launcher that started it is gone) and then
 * ends the process: 0 when all was put away in time, 1 when not.
 */
export function onStop(
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void },
  stop: () => Promise<void>,
): void {
  let stopping = false
  const begin = (why: string) => {
    if (stopping) return
    stopping = true
    log.info({ why }, 'stopping')
    setTimeout(() => {
      log.error({ afterMs: PATIENCE_MS }, 'stopping took too long')
      process.exit(1)
    }, PATIENCE_MS)
    stop().then(
      () => process.exit(0),
      error => {
        log.error({ error: String(error) }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  process.once('SIGTERM', () => begin('SIGTERM'))
  process.once('SIGINT', () => begin('SIGINT'))
  process.once('disconnect', () => begin('the launcher is gone'))
}

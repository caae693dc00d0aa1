/** Ends the process with one line on standard error. */
export function refuse(line: string, exitCode = 2): never {
  process.stderr.write(`${line}\n`)
  process.exit(exitCode)
}

/** How long stopping may take before the process ends anyway, in ms. */
const STOP_TIMEOUT_MS = 3_500

type Close = () => unknown

/**
 * Ends the process in good order when it is asked to (SIGTERM, SIGINT, or the launcher that started it is gone): what was
 * given last is closed first. Exit code 0 when all was put away in time, 1 when not. Call it before anything is opened.
 * @returns gives a part to close; one that is given while the process is already ending is closed at once
 */
export function onStop(log: {
  info(fields: object, message: string): void
  error(fields: object, message: string): void
}): (close: Close) => void {
  const open: Close[] = []
  let stopping = false

  async function stop(why: string): Promise<void> {
    if (stopping) return
    stopping = true
    log.info({ why }, 'stopping')
    setTimeout(() => {
      log.error({ afterMs: STOP_TIMEOUT_MS }, 'stopping took too long')
      process.exit(1)
    }, STOP_TIMEOUT_MS)
    let code = 0
    for (const close of open.reverse()) {
      try {
        await close()
      } catch (error) {
        code = 1
        log.error({ error: String(error) }, 'a part did not close')
      }
    }
    process.exit(code)
  }

  process.once('SIGTERM', () => void stop('SIGTERM'))
  process.once('SIGINT', () => void stop('SIGINT'))
  process.once('disconnect', () => void stop('the launcher is gone'))
  return close => {
    if (stopping) void close()
    else open.push(close)
  }
}

/**
 * Ends the process at once when an error reaches nobody: with one line and code 1, so that whoever runs it starts it again.
 * @param foreseen an error → what has happened and what mends it; null for one that nobody foresaw, whose stack is logged too
 */
export function exitOnError(
  log: { error(fields: object, message: string): void },
  foreseen: (error: unknown) => string | null,
): void {
  process.on('uncaughtException', error => {
    const words = foreseen(error)
    if (words === null) log.error({ err: error }, `ended by an error that is a fault of the program: ${error.message}`)
    else log.error({}, words)
    process.exit(1)
  })
}

import { cleanLines } from './terminal.ts'

/** Ends the process with one line on standard error. */
export function refuse(line: string, exitCode = 2): never {
  process.stderr.write(`${cleanLines(line)}\n`)
  process.exit(exitCode)
}

/** The process exits after this time even if a part has not closed. */
const STOP_TIMEOUT_MS = 3_500

type Close = () => unknown

/**
 * Closes all parts, the last one first, and exits on SIGTERM, SIGINT, or when the launcher has exited: with 0 if all
 * closed in time, else 1. Call it before anything is opened.
 * @returns registers a part to close; during the stop it closes the part at once
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
 * Exits with code 1 and one line on an uncaught error, so that the supervisor starts the process again.
 * @param describe an error → what happened and what to do; null for an unexpected error, whose stack is logged
 */
export function exitOnError(
  log: { error(fields: object, message: string): void },
  describe: (error: unknown) => string | null,
): void {
  process.on('uncaughtException', error => {
    const message = describe(error)
    if (message === null)
      log.error({ err: error }, `ended by an error that is a fault of the program: ${error.message}`)
    else log.error({}, message)
    process.exit(1)
  })
}

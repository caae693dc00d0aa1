/**
 * Ends the process at once when an error reaches nobody: with one line and code 1, so that whoever runs it starts it again.
 * @param foreseen an error → what has happened and what mends it; null for one that nobody foresaw, whose stack is logged too
 */
export function endOnError(
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

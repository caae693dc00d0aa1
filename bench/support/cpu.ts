/** Processor seconds that this process has used so far, in user and kernel mode. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

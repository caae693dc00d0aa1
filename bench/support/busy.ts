import { loadavg } from 'node:os'

/** One line for a machine that has other work to do, so that uneven figures are not taken for ours. */
export function sayWhenBusy(): void {
  const [load = 0] = loadavg()
  if (load > 1) console.log(`This machine is busy (load ${load.toFixed(1)}): the figures will be uneven.`)
}

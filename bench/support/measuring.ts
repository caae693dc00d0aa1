import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'

/** The smallest value that at least this share (0 to 1) of the values does not exceed. Throws when there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
  if (value === undefined) throw new Error('there is no quantile of nothing')
  return value
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** Runs one, then the other; in every second round the other comes first, so that none has all quiet moments. */
export async function inTurns<I, T>(round: number, run: (one: I) => Promise<T>, one: I, other: I): Promise<[T, T]> {
  if (round % 2 === 0) return [await run(one), await run(other)]
  const first = await run(other)
  return [await run(one), first]
}

export const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()

export const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n))

export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))

/** Adds a text to a checksum of a list of texts; it depends on their content, order and number, and begins with 0. */
export function addToChecksum(checksum: number, text: string): number {
  let next = checksum
  for (let i = 0; i < text.length; i++) next = (Math.imul(next, 31) + text.charCodeAt(i)) | 0
  return next
}

/** Prints one line when the machine has other work to do, because the figures then vary. */
export function warnWhenBusy(): void {
  const [load = 0] = loadavg()
  if (load > 1) console.log(`This machine is busy (load ${load.toFixed(1)}): the figures will be uneven.`)
}

let pinnable: boolean | undefined

/** Whether processes can be kept on core 0 and core 1: Linux with taskset and at least two cores. */
export function canPin(): boolean {
  pinnable ??= [0, 1].every(core => spawnSync('taskset', ['-c', String(core), 'true']).status === 0)
  return pinnable
}

/** The words before a command line that keep it on this core; none where that is impossible. */
export const pinnedTo = (core: number | undefined): string[] =>
  core === undefined || !canPin() ? [] : ['taskset', '-c', String(core)]

/** ms of a clock that all processes of a machine share and that never jumps. Its zero has no meaning. */
export const sharedNow = (): number => Number(process.hrtime.bigint()) / 1e6

export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

let ticksPerSecond: number | undefined

/** Processor seconds of another process. Linux only. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
export function cpuSecondsOf(pid: number): number {
  ticksPerSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** A process and all that it started. Linux only. */
export function descendantsOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean)
  return [pid, ...children.flatMap(child => descendantsOf(Number(child)))]
}

/** Resident memory of another process. Linux only. @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
export function residentBytesOf(pid: number): number {
  const kb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
  if (kb === undefined) throw new Error(`process ${pid} tells no resident memory`)
  return Number(kb) * 1024
}

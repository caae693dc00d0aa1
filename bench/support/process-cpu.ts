import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Processor seconds that another process has used so far, in user and kernel mode. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
export function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

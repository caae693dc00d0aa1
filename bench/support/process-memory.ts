import { readFileSync } from 'node:fs'

/** Resident memory of another process. @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
export function residentBytesOf(pid: number): number {
  const kb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
  if (kb === undefined) throw new Error(`process ${pid} tells no resident memory`)
  return Number(kb) * 1024
}

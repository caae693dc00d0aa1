import { isUnavailable } from './connect.ts'

/** What Redis answers to a write for which it has no room: in its memory, or on the disk below it. */
const REFUSES = /^(?:OOM|MISCONF) /

/** What ails Redis, by the error of a command that a process could not do without while it started; null for any other error. */
export function redisTrouble(error: unknown): string | null {
  if (isUnavailable(error))
    return 'ended: Redis went away while this process started. Start it again, it waits until Redis answers'
  if (error instanceof Error && REFUSES.test(error.message))
    return `ended: Redis refuses to write while this process starts (${error.message}). Make room for it, in memory or on its disk, and start this process again`
  return null
}

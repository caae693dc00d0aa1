import { setTimeout as sleep } from 'node:timers/promises'
import { type Role, startRole } from '../../support/role.ts'

/** How soon a role that has ended is started again, in ms. */
const AGAIN_MS = 300

/** A role that is started again whenever it ends, as those who run it do. */
export type KeptRole = {
  role: Role
  /** What it said last each time that it ended and nobody had ended it. */
  ends: string[]
  /** Ends it so, and starts it again after so many ms. Returns the exit code; null when the signal ended it. */
  end(signal: 'SIGKILL' | 'SIGTERM', awayMs: number): Promise<number | null>
  /** A hung process: it is there and does nothing, for so many ms. */
  hang(ms: number): Promise<void>
  stop(): Promise<void>
}

export function keepRole(...how: Parameters<typeof startRole>): KeptRole {
  const role = startRole(...how)
  const ends: string[] = []
  let isOurs = false
  const watching = setInterval(() => {
    const end = role.ended()
    if (end === null || isOurs) return
    ends.push(`${end.signal ?? `exit code ${end.code}`}: ${role.life().trimEnd().slice(-2_000)}`)
    isOurs = true
    setTimeout(() => {
      role.start()
      isOurs = false
    }, AGAIN_MS)
  }, 50)

  return {
    role,
    ends,
    async end(signal, awayMs) {
      while (isOurs) await sleep(50)
      isOurs = true
      const code = await role.stop(signal)
      await sleep(awayMs)
      role.start()
      isOurs = false
      return code
    },
    async hang(ms) {
      const { pid } = role
      if (pid === undefined || role.ended() !== null) return
      process.kill(pid, 'SIGSTOP')
      await sleep(ms)
      process.kill(pid, 'SIGCONT')
    },
    async stop() {
      clearInterval(watching)
      isOurs = true
      await role.stop('SIGKILL')
    },
  }
}

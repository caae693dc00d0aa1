import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const dist = new URL('../../dist/', import.meta.url)

/** A built role as a process of its own. */
export type Role = {
  readonly pid: number | undefined
  /** The last of what it printed, for a failing test to show. */
  output(): string
  /** Sends the signal and waits for the end; returns the exit code, null when the signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  start(): void
  /** Waits until the process that was started last has printed these words, or has ended. */
  said(words: string): Promise<void>
  /** What the process that was started last has printed so far. */
  life(): string
  /** How that process ended; null while it runs. */
  ended(): { code: number | null; signal: NodeJS.Signals | null } | null
}

/** @param inside a command that runs the role as its last act, with the role's own command behind its arguments */
export function startRole(
  name: 'workers' | 'server',
  environment: Record<string, string>,
  inside: readonly string[] = [],
): Role {
  let child: ChildProcess | undefined
  let output = ''
  let life = ''

  function start(): void {
    life = ''
    const [program = '', ...rest] = [...inside, process.execPath, fileURLToPath(new URL(`${name}.js`, dist))]
    child = spawn(program, rest, {
      env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'info', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-20_000)
        life = (life + chunk.toString()).slice(-20_000)
      })
  }

  start()
  return {
    get pid() {
      return child?.pid
    },
    output: () => output,
    life: () => life,
    ended: () =>
      child === undefined || (child.exitCode === null && child.signalCode === null)
        ? null
        : { code: child.exitCode, signal: child.signalCode },
    start,
    async said(words) {
      while (child?.exitCode === null && child.signalCode === null && !life.includes(words)) await sleep(20)
    },
    async stop(signal = 'SIGTERM') {
      if (child === undefined) return null
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal)
        await once(child, 'exit')
      }
      return child.exitCode
    },
  }
}

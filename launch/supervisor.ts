import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** A program that runs as long as we do. */
export type Program = {
  name: string
  /** Starts it in a process group of its own, so that Ctrl-C reaches only us. */
  start(): ChildProcess
  end(child: ChildProcess): void
  graceMs: number
}

export type Supervised = {
  stop(): Promise<void>
  /** Starts it anew at once, such as when its code has changed. */
  restart(): Promise<void>
}

const FIRST_DELAY_MS = 1_000
const LONGEST_DELAY_MS = 30_000

/** The exit code of a role that refuses its settings. Later than at its first start, these are not the cause. */
const REFUSED = 2

/**
 * Keeps a program running. When it ends by itself it is started again after 1 s, then 2 s, up to 30 s; a run of more
 * than 30 s resets that delay. What it left in its process group is killed.
 */
export function keepRunning(
  { name, start, end, graceMs }: Program,
  { say, onRefused }: { say(line: string): void; onRefused(name: string): void },
): Supervised {
  let delayMs = FIRST_DELAY_MS
  let isStopping = false
  let hasRestarted = false
  let timer: NodeJS.Timeout | undefined
  let child = begin()

  function begin(): ChildProcess {
    const startedAt = Date.now()
    const begun = start()
    const ended = () => {
      killGroup(begun)
      if (isStopping || begun !== child) return
      if (begun.exitCode === REFUSED && !hasRestarted) return onRefused(name)
      if (Date.now() - startedAt > LONGEST_DELAY_MS) delayMs = FIRST_DELAY_MS
      const how = begun.signalCode ?? `exit code ${begun.exitCode}`
      say(`${name} ended (${how}): starting it again in ${delayMs / 1000} s`)
      hasRestarted = true
      timer = setTimeout(() => {
        child = begin()
      }, delayMs)
      delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)
    }
    begun.once('exit', ended)
    if (begun.pid === undefined) begun.once('error', ended)
    return begun
  }

  async function stop(): Promise<void> {
    isStopping = true
    clearTimeout(timer)
    await endWithin(child, end, graceMs)
  }

  async function restart(): Promise<void> {
    await stop()
    isStopping = false
    child = begin()
  }

  return { stop, restart }
}

async function endWithin(child: ChildProcess, end: Program['end'], graceMs: number): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  end(child)
  const late = setTimeout(() => killGroup(child), graceMs)
  await ended
  clearTimeout(late)
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The usual case: the group is empty.
  }
}

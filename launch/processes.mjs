import { once } from 'node:events'

/**
 * A program that shall run as long as we do.
 * @typedef {import('node:child_process').ChildProcess} ChildProcess
 * @typedef {object} Program
 * @property {string} name as messages call it
 * @property {() => ChildProcess} start starts it in a process group of its own, so that Ctrl-C reaches only us
 * @property {(child: ChildProcess) => void} end asks it to end
 * @property {number} graceMs how long it may take to end before it is killed
 */

const FIRST_DELAY_MS = 1_000
const LONGEST_DELAY_MS = 30_000

/**
 * The exit code of a role that refuses its settings. At its first end there is no use in starting it again; later it cannot
 * be the settings, which have not changed.
 */
const REFUSED = 2

/**
 * Keeps a program running. When it ends by itself it is started again after 1 s, then 2 s, up to 30 s; a run of more than
 * 30 s starts that count anew. What it left in its process group is killed.
 * @param {Program} program
 * @param {{ say: (line: string) => void, onRefused: (name: string) => void }} notify
 */
export function keepRunning({ name, start, end, graceMs }, { say, onRefused }) {
  let delayMs = FIRST_DELAY_MS
  let stopping = false
  let startedAgain = false
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  let child = begin()

  function begin() {
    const startedAt = Date.now()
    const begun = start()
    const ended = () => {
      killGroup(begun)
      if (stopping || begun !== child) return
      if (begun.exitCode === REFUSED && !startedAgain) return onRefused(name)
      if (Date.now() - startedAt > LONGEST_DELAY_MS) delayMs = FIRST_DELAY_MS
      const how = begun.signalCode ?? `exit code ${begun.exitCode}`
      say(`${name} ended (${how}): starting it again in ${delayMs / 1000} s`)
      startedAgain = true
      timer = setTimeout(() => {
        child = begin()
      }, delayMs)
      delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)
    }
    begun.once('exit', ended)
    if (begun.pid === undefined) begun.once('error', ended)
    return begun
  }

  async function stop() {
    stopping = true
    clearTimeout(timer)
    await endWithin(child, end, graceMs)
  }

  /** Starts it anew at once, such as when its code has changed. */
  async function restart() {
    await stop()
    stopping = false
    child = begin()
  }

  return { stop, restart }
}

/**
 * @param {ChildProcess} child
 * @param {(child: ChildProcess) => void} end
 * @param {number} graceMs
 */
async function endWithin(child, end, graceMs) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  end(child)
  const late = setTimeout(() => killGroup(child), graceMs)
  await ended
  clearTimeout(late)
}

/** @param {ChildProcess} child started with `detached` */
function killGroup(child) {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The usual case: nobody is left in the group.
  }
}

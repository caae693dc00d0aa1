import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { Failure } from './failure.mjs'
import { root } from './settings.mjs'

/**
 * Does one step of a command and says how long it took. On a terminal the line counts the seconds while it runs.
 * @template T
 * @param {string} title such as `Installing packages`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const startedAt = Date.now()
  const elapsed = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`
  const live = process.stdout.isTTY
  const say = (/** @type {string} */ line) => console.log(live ? `\r${line}\u001b[K` : line)
  if (!live) console.log(`${title} …`)
  const ticker = live ? setInterval(() => process.stdout.write(`\r${title} … ${elapsed()}`), 200) : undefined
  try {
    const result = await work()
    say(`${title}: ${elapsed()}`)
    return result
  } catch (error) {
    say(`${title}: failed after ${elapsed()}`)
    throw error
  } finally {
    clearInterval(ticker)
  }
}

/**
 * Runs a program to its end in the project's folder. SIGTERM to us is passed on, so that nothing outlives a stopped command.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean, shell?: boolean }} [options] quiet: its output is shown only when it fails
 * @throws {Failure} when it cannot be started or ends with a code other than 0
 */
export async function run(program, args, { env = process.env, quiet = false, shell = false } = {}) {
  const child = spawn(program, args, { cwd: root, env, shell, stdio: ['ignore', ...output(quiet)] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (said += chunk))
  const forward = () => child.kill('SIGTERM')
  process.once('SIGTERM', forward)
  try {
    const code = await exitCodeOf(child)
    if (code !== 0) throw new Failure(`${said}${[program, ...args].join(' ')}: ended with exit code ${code}`)
  } finally {
    process.off('SIGTERM', forward)
  }
}

/**
 * @param {boolean} quiet
 * @returns {['pipe', 'pipe'] | ['inherit', 'inherit']}
 */
const output = quiet => (quiet ? ['pipe', 'pipe'] : ['inherit', 'inherit'])

/**
 * As a shell counts: 127 when it could not be started, 128 and the signal's number when a signal ended it.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
export const exitCodeOf = child =>
  new Promise(resolve => {
    child.once('error', () => resolve(127))
    child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']))
  })

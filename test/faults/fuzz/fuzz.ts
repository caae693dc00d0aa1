import { fork } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The slowest takes three seconds of a processor, of which a busy machine gives little. */
const HANGS_MS = 120_000
/** Enough to see what they have in common. */
const MOST_FAILURES = 20
const MEMORY_MB = 768

export type Fuzzed = { inputs: number; failures: string[] }

/**
 * Every parser on inputs that a seed makes, in a process of its own: one that hangs or runs out of memory is ended,
 * told, and the next input is tried.
 * @param until after how many inputs or when, in ms since the epoch, it ends
 */
export async function fuzz(seed: number, until: { inputs?: number; at?: number }): Promise<Fuzzed> {
  const { inputs = Number.MAX_SAFE_INTEGER, at = Number.MAX_SAFE_INTEGER } = until
  const dir = mkdtempSync(path.join(tmpdir(), 'neph-fuzz-'))
  const failures = () => linesOf(path.join(dir, 'failures')).map(line => String(JSON.parse(line)))
  let next = 0
  while (next < inputs && Date.now() < at && failures().length < MOST_FAILURES) {
    const ended = await readInputs(dir, [seed, next, inputs, at, MOST_FAILURES])
    const reached = progressIn(dir)
    if (reached === null) throw new Error(`the parsers could not be loaded: ${ended}`)
    next = ended === null ? reached : reached + 1
    if (ended !== null) tell(dir, `seed ${seed}, input ${reached} ended the process: ${ended}`)
  }
  const found = failures()
  rmSync(dir, { recursive: true })
  return { inputs: next, failures: found }
}

/** One process, to its end. @returns why it ended too early; null when it did not */
async function readInputs(dir: string, numbers: readonly number[]): Promise<string | null> {
  rmSync(path.join(dir, 'progress'), { force: true })
  const child = fork(fileURLToPath(new URL('process.ts', import.meta.url)), [dir, ...numbers.map(String)], {
    execArgv: ['--import', 'tsx', `--max-old-space-size=${MEMORY_MB}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  // one that hangs does not notice that we are gone
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  let why = ''
  child.stderr?.on('data', chunk => {
    why = (why + String(chunk)).slice(-2_000)
  })
  let seen: number | null = null
  let changedAt = Date.now()
  const watch = setInterval(() => {
    const reached = progressIn(dir)
    if (reached !== seen) changedAt = Date.now()
    seen = reached
    if (Date.now() - changedAt < HANGS_MS) return
    why = `no end after ${HANGS_MS / 1000} s`
    kill()
  }, 500)
  await once(child, 'exit')
  clearInterval(watch)
  process.off('exit', kill)
  return child.exitCode === 0 ? null : why || String(child.signalCode)
}

function progressIn(dir: string): number | null {
  const [line = ''] = linesOf(path.join(dir, 'progress'))
  return line === '' ? null : Number(line)
}

const linesOf = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []

const tell = (dir: string, failure: string): void =>
  appendFileSync(path.join(dir, 'failures'), `${JSON.stringify(failure)}\n`)

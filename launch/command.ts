import spawn, { SubprocessError } from 'nano-spawn'

/** An expected end of a command: one line (what, where, what to do). Exit code 2: a setting or an argument is wrong. */
export class Failure extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

/** Does one step of a command and prints how long it took. On a terminal the line counts the seconds. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const startedAt = Date.now()
  const elapsed = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`
  const isLive = process.stdout.isTTY
  const print = (line: string) => console.log(isLive ? `\r${line}\u001b[K` : line)
  if (!isLive) console.log(`${title} …`)
  const ticker = isLive ? setInterval(() => process.stdout.write(`\r${title} … ${elapsed()}`), 200) : undefined
  try {
    const result = await work()
    print(`${title}: ${elapsed()}`)
    return result
  } catch (error) {
    print(`${title}: failed after ${elapsed()}`)
    throw error
  } finally {
    clearInterval(ticker)
  }
}

type RunOptions = { env?: NodeJS.ProcessEnv; cwd?: string; quiet?: boolean; shell?: boolean }

/**
 * Runs a program to its end; those of our packages come before those on PATH. SIGTERM is passed on.
 * @param options quiet: its output is returned, and shown only when it fails
 * @throws {Failure} when it cannot be started or ends with a code other than 0
 */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { quiet = false, ...others } = options
  const output = quiet ? 'pipe' : 'inherit'
  const running = spawn(program, args, { ...others, preferLocal: true, stdio: ['ignore', output, output] })
  const forward = () => void running.nodeChildProcess.then(child => child.kill('SIGTERM')).catch(() => undefined)
  process.once('SIGTERM', forward)
  try {
    return (await running).stdout
  } catch (error) {
    if (!(error instanceof SubprocessError)) throw error
    const how = error.signalName ?? `exit code ${error.exitCode ?? 127}`
    throw new Failure(`${error.output && `${error.output}\n`}${[program, ...args].join(' ')}: ended with ${how}`)
  } finally {
    process.off('SIGTERM', forward)
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const bundle = fileURLToPath(new URL('../../dist/nephoscope.js', import.meta.url))

/** The command line as a process of its own, in a pipe. */
export type Cli = {
  child: ChildProcess
  out(): string
  err(): string
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>
}

/** @param environment beside PATH; `NEPHOSCOPE_URL` says which server */
export function startCli(args: readonly string[], environment: Record<string, string>): Cli {
  return start(process.execPath, [bundle, ...args], environment)
}

/** The same on a terminal of so many columns. @see https://man7.org/linux/man-pages/man1/script.1.html */
export function startOnTerminal(args: readonly string[], environment: Record<string, string>, columns = 100): Cli {
  const quoted = [process.execPath, bundle, ...args].map(one => `'${one.replaceAll("'", "'\\''")}'`).join(' ')
  return start('script', ['-qec', `stty cols ${columns} rows 50; ${quoted}`, '/dev/null'], {
    ...{ TERM: 'xterm-256color', SHELL: '/bin/sh' },
    ...environment,
  })
}

export async function runCli(running: Cli): Promise<{ code: number | null; out: string; err: string }> {
  const code = await running.ended
  return { code, out: running.out(), err: running.err() }
}

function start(program: string, args: readonly string[], environment: Record<string, string>): Cli {
  const env = { PATH: process.env.PATH ?? '', ...environment }
  const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', text => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    err += text
  })
  const ended = once(child, 'close').then(([code]) => code)
  return { child, out: () => out, err: () => err, ended }
}

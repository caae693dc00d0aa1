import { fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import { bundleOf } from './bundles.mjs'
import { openLog, readable } from './role-log.mjs'
import { root } from './settings.mjs'

/**
 * A role as a program of ours: the bundle in a process of its own, tied to us by an IPC channel, so that it ends when we
 * are killed. Its standard output goes to its log, warnings and errors to the console too, and all that it says on
 * standard error.
 * @param {import('./bundles.mjs').Role} role
 * @param {{ env: () => NodeJS.ProcessEnv, dataDir: string, say: (line: string) => void, onLine?: (line: string) => void }} options
 *   env is asked at each start; onLine hears every line of standard output
 * @returns {import('./processes.mjs').Program}
 */
export function roleProgram(role, { env, dataDir, say, onLine }) {
  const log = openLog(dataDir, role)
  return {
    name: role,
    graceMs: 4_000,
    start() {
      const child = fork(bundleOf(role), {
        cwd: root,
        env: env(),
        execArgv: ['--enable-source-maps', '--import', new URL('tether.mjs', import.meta.url).href],
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      })
      eachLine(child.stdout, line => {
        log(line)
        const shown = readable(role, line)
        if (shown) say(shown)
        onLine?.(line)
      })
      eachLine(child.stderr, line => {
        log(line)
        say(line.startsWith(`${role}:`) ? line : `${role}: ${line}`)
      })
      return child
    },
    end: child => child.kill('SIGTERM'),
  }
}

/**
 * @param {import('node:stream').Readable | null} stream
 * @param {(line: string) => void} hear
 */
function eachLine(stream, hear) {
  if (stream) createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', hear)
}

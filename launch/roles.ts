import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { bundleOf, type Role } from './build.ts'
import { Failure } from './command.ts'
import { addressOf, fromRoot, urlOf } from './settings.ts'
import type { Program } from './supervisor.ts'

type RoleOptions = { env(): NodeJS.ProcessEnv; dataDir: string; say(line: string): void; onLine?(line: string): void }

/**
 * A role as a supervised program: the bundle in a process of its own, with an IPC channel that ends it when we are
 * killed. Its log gets all output; the console gets warnings, errors and standard error.
 */
export function roleProgram(role: Role, { env, dataDir, say, onLine }: RoleOptions): Program {
  const log = openLog(dataDir, role)
  return {
    name: role,
    graceMs: 4_000,
    start() {
      const exitWithParent = pathToFileURL(fromRoot('launch/exit-with-parent.mjs')).href
      const child = fork(bundleOf(role), {
        cwd: fromRoot(),
        env: env(),
        execArgv: ['--enable-source-maps', '--import', exitWithParent],
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

function eachLine(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream) createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', onLine)
}

/** It may fill the store with a past first. */
const SIMULATOR_PATIENCE_MS = 90_000

/**
 * The simulated providers. Started again, they get the port that they had, which the workers know.
 * @returns serving: what the workers need to read them; rejects with a Failure when they do not come up
 */
export function simulator(
  env: NodeJS.ProcessEnv,
  { dataDir, say }: Pick<RoleOptions, 'dataDir' | 'say'>,
): { program: Program; serving: Promise<NodeJS.ProcessEnv> } {
  const sources = path.join(dataDir, 'sources.yaml')
  const secret = { SOURCE_SIMULATOR_SECRET: randomBytes(24).toString('hex') }
  const account = { ...secret, SIMULATOR_TELLS: urlOf(addressOf(env)) }
  let port = '0'
  let onServing = () => {}
  const program = roleProgram('simulator', {
    env: () => ({ ...env, ...account, SIMULATOR_PORT: port, SIMULATOR_SOURCES: sources }),
    dataDir,
    say,
    onLine(line) {
      const announced = /^\{"simulator":"http:\/\/[^"/]*:(\d+)/.exec(line)?.[1]
      if (announced === undefined) return
      port = announced
      onServing()
    },
  })
  const serving = new Promise<NodeJS.ProcessEnv>((resolve, reject) => {
    onServing = () => resolve({ ...secret, NEPHOSCOPE_CONFIG: sources })
    const log = path.join(dataDir, 'logs', 'simulator.log')
    setTimeout(() => reject(new Failure(`The simulator does not start: see ${log}`)), SIMULATOR_PATIENCE_MS).unref()
  })
  return { program, serving }
}

/** A log that grows beyond this is moved to `<role>.log.1`, so that a role never fills the disk. */
const MAX_LOG_BYTES = 20_000_000

/** Opens `<dataDir>/logs/<role>.log`, empty. Lines are written at once: after a crash the last one is there. */
export function openLog(dataDir: string, role: string, maxBytes = MAX_LOG_BYTES): (line: string) => void {
  const file = path.join(dataDir, 'logs', `${role}.log`)
  mkdirSync(path.dirname(file), { recursive: true })
  rmSync(`${file}.1`, { force: true })
  let handle = openSync(file, 'w')
  let bytes = 0
  return line => {
    bytes += writeSync(handle, `${line}\n`)
    if (bytes < maxBytes) return
    closeSync(handle)
    if (existsSync(file)) renameSync(file, `${file}.1`)
    handle = openSync(file, 'w')
    bytes = 0
  }
}

/** pino's levels. @see https://getpino.io/#/docs/api?id=loggerlevels-object */
const WARNING = 40
const ERROR = 50

/** Fields of every line of pino that a console does not show. */
const HIDDEN_FIELDS = new Set(['level', 'time', 'pid', 'hostname', 'name', 'msg', 'role'])

/** A line of a role's log as the console shows it: warnings and errors, in one readable line; undefined for others. */
export function readable(role: string, line: string): string | undefined {
  const entry = parseEntry(line)
  if (entry === undefined || typeof entry.level !== 'number' || entry.level < WARNING) return undefined
  const time = new Date(Number(entry.time)).toTimeString().slice(0, 8)
  const fields = Object.entries(entry)
    .filter(([name]) => !HIDDEN_FIELDS.has(name))
    .map(([name, value]) => `${name}=${formatField(value)}`)
  return inOneLine([time, role, entry.level < ERROR ? 'warning:' : 'error:', entry.msg, ...fields].join(' '))
}

function parseEntry(line: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(line)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** A field may hold a source's text: it can neither begin a line of its own nor colour or turn this one. */
const inOneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cs}\u2028-\u202E\u2066-\u2069]/gu, ' ')

/** Of an error only the message: the log has its stack. */
function formatField(value: unknown): string {
  const message = typeof value === 'object' && value !== null && 'message' in value ? value.message : value
  return typeof message === 'string' ? message : JSON.stringify(message)
}

import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'

/** A log that grows beyond this is moved to `<role>.log.1`, so that a role never fills the disk. */
const LARGEST_BYTES = 20_000_000

/**
 * Opens `<dataDir>/logs/<role>.log`, empty. Lines are written at once: what a role said last is there after any crash.
 * @param {string} dataDir
 * @param {string} role
 * @param {number} [largestBytes]
 * @returns {(line: string) => void}
 */
export function openLog(dataDir, role, largestBytes = LARGEST_BYTES) {
  const file = path.join(dataDir, 'logs', `${role}.log`)
  mkdirSync(path.dirname(file), { recursive: true })
  rmSync(`${file}.1`, { force: true })
  let handle = openSync(file, 'w')
  let bytes = 0
  return line => {
    bytes += writeSync(handle, `${line}\n`)
    if (bytes < largestBytes) return
    closeSync(handle)
    if (existsSync(file)) renameSync(file, `${file}.1`)
    handle = openSync(file, 'w')
    bytes = 0
  }
}

/** pino's levels. @see https://getpino.io/#/docs/api?id=loggerlevels-object */
const WARNING = 40
const ERROR = 50

/** What every line of pino carries and nobody wants to read on a console. */
const UNREAD = new Set(['level', 'time', 'pid', 'hostname', 'name', 'msg', 'role'])

/**
 * A line of a role's log as the console shows it: warnings and errors, in one readable line.
 * @param {string} role
 * @param {string} line one JSON object as pino writes it, or anything else
 * @returns {string | undefined} undefined when it is not for the console
 */
export function readable(role, line) {
  const entry = parse(line)
  if (entry === undefined || typeof entry.level !== 'number' || entry.level < WARNING) return undefined
  const time = new Date(Number(entry.time)).toTimeString().slice(0, 8)
  const fields = Object.entries(entry)
    .filter(([name]) => !UNREAD.has(name))
    .map(([name, value]) => `${name}=${shown(value)}`)
  return inOneLine([time, role, entry.level < ERROR ? 'warning:' : 'error:', entry.msg, ...fields].join(' '))
}

/**
 * @param {string} line
 * @returns {Record<string, unknown> | undefined}
 */
function parse(line) {
  try {
    const value = JSON.parse(line)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * What a source said may stand in a field: it can neither begin a line of its own, nor colour or turn the one that it is in.
 * @param {string} text
 */
const inOneLine = text => text.replace(/[\p{Cc}\p{Cs}\u2028-\u202E\u2066-\u2069]/gu, ' ')

/** An error shows its message alone: its stack stands in the log. @param {unknown} value */
function shown(value) {
  const message = typeof value === 'object' && value !== null && 'message' in value ? value.message : value
  return typeof message === 'string' ? message : JSON.stringify(message)
}

import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'
import { run, step } from './steps.mjs'

/**
 * A program that npm cannot install.
 * @typedef {object} Wanted
 * @property {readonly string[]} names by which it may stand on PATH, the best first
 * @property {string} apt its Debian package
 * @property {string} brew its arguments to `brew install`
 * @property {string} [service] the system service that its Debian package starts and that we do not want
 */

/**
 * Finds the program, or installs it with the system's package manager where that needs no password.
 * @param {Wanted} wanted
 * @returns {Promise<string | undefined>} its path; undefined when it is not there and could not be installed
 */
export async function ensureProgram(wanted) {
  const found = onPath(wanted.names)
  if (found) return found
  const install = await installer(wanted)
  if (!install) return undefined
  try {
    await step(`Installing ${wanted.apt}`, install)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    console.error(error.message)
  }
  return onPath(wanted.names)
}

/**
 * The first of the names that stands on PATH as something that can be run.
 * @param {readonly string[]} names a name with a slash is taken as a path
 * @returns {string | undefined} its path
 */
export function onPath(names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  const places = names.flatMap(name => (name.includes('/') ? [name] : folders.map(folder => path.join(folder, name))))
  return places.find(isExecutable)
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * @param {Wanted} wanted
 * @returns {Promise<(() => Promise<void>) | undefined>}
 */
async function installer({ apt, brew, service }) {
  if (process.platform === 'darwin' && onPath(['brew'])) {
    return () => run('brew', ['install', ...brew.split(' ')], { quiet: true })
  }
  const sudo = onPath(['apt-get']) ? await withoutPassword() : undefined
  if (!sudo) return undefined
  // RUNLEVEL=1: the package must not start a service where there is no systemd.
  const asRoot = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1']
  /** @param {string} line */
  const root = line => {
    const [program = '', ...args] = [...asRoot, ...line.split(' ')]
    return run(program, args, { quiet: true })
  }
  return async () => {
    await root('apt-get update')
    await root(`apt-get install -y --no-install-recommends ${apt}`)
    if (service && existsSync('/run/systemd/system')) await root(`systemctl disable --now ${service}`)
  }
}

/** What to put before a command to run it as root: nothing as root, sudo where it asks for no password, else undefined. */
async function withoutPassword() {
  if (process.getuid?.() === 0) return []
  if (!onPath(['sudo'])) return undefined
  const allowed = await run('sudo', ['-n', 'true'], { quiet: true }).then(
    () => true,
    () => false,
  )
  return allowed ? ['sudo', '-n'] : undefined
}

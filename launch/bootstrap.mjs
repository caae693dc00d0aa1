import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, realpathSync, renameSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** An expected end: its message alone is shown. */
class Refusal extends Error {}

/** Whether Node was started with this file; tests import it. */
const isMain = process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
if (isMain) {
  const [command = ''] = process.argv.splice(2, 1)
  await bootstrap(command).catch(error => {
    if (!(error instanceof Refusal)) throw error
    console.error(error.message)
    process.exitCode = 1
  })
}

/**
 * `node launch/bootstrap.mjs <command> [argument …]`, the way into the scripts of package.json, needs nothing but Node.
 * @param {string} command
 */
async function bootstrap(command) {
  requireNode(process.versions.node)
  process.chdir(root)
  if (command !== 'doctor') await ensurePackages()
  else if (!existsSync('node_modules'))
    throw new Refusal('✗ wrong packages       none are installed. Mend: npm ci, or npm start, which does all')
  const { main } = await import(pathToFileURL(await bundleLauncher()).href)
  await main(command)
}

/**
 * @param {string} version such as `20.19.0`
 * @throws {Refusal} when it is older than `engines` in package.json says
 */
export function requireNode(version) {
  /** @type {{ engines: { node: string } }} */
  const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const oldest = engines.node.replace(/[^\d.]/g, '')
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = oldest.split('.').map(Number)
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  throw new Refusal(`Nephoscope needs Node ${oldest} or newer; this is ${version}: see https://nodejs.org`)
}

async function ensurePackages() {
  const wanted = readLock('package-lock.json')
  const installed = readLock('node_modules/.package-lock.json')
  if (wanted && installed && isInstalled(wanted, installed)) return
  console.error('Installing packages …')
  // Building needs the development packages too, whatever NODE_ENV says. Standard output belongs to the command.
  // The lockfile pins every package by its digest, so what is kept of an earlier download is as good; `npm run audit` audits.
  const quick = ['--prefer-offline', '--no-audit', '--no-fund']
  const npm = spawn('npm', ['ci', '--include=dev', ...quick], { stdio: ['ignore', 2, 2] })
  const forward = () => npm.kill('SIGTERM')
  process.once('SIGTERM', forward)
  const code = await new Promise(resolve => npm.once('error', () => resolve(127)).once('close', resolve))
  process.off('SIGTERM', forward)
  if (code !== 0) throw new Refusal(`npm ci: ended with ${code === null ? 'a signal' : `exit code ${code}`}`)
}

/**
 * The part of a lock file that says what is where. npm keeps one of what it has installed.
 * @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} Lock
 */

/**
 * Whether every package is there in its version. Packages for other machines may be missing. Dates are not compared:
 * a copy or a checkout changes those. @param {Lock} wanted @param {Lock} installed
 */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted.packages).every(([place, { version, optional }]) => {
    if (place === '') return true
    const found = installed.packages[place]
    return found ? found.version === version : optional === true
  })
}

/** @param {string} file @returns {Lock | undefined} undefined when there is none that can be read */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * Bundles launch/main.ts, once for every state of its sources, and returns the bundle's file. A loader such as tsx
 * takes longer at each start, and its thread would stay in every role that runs in this process.
 */
async function bundleLauncher() {
  // The bundle knows its root, and packages may be shared by checkouts.
  const digest = createHash('sha256').update(root)
  for (const name of readdirSync('launch').sort()) digest.update(name).update(readFileSync(path.join('launch', name)))
  const folder = path.join(root, 'node_modules/.cache/nephoscope')
  const file = path.join(folder, `launch-${digest.digest('hex').slice(0, 12)}.mjs`)
  if (existsSync(file)) return file
  const { buildSync } = await import('esbuild')
  const unfinished = `${file}.${process.pid}`
  buildSync({
    absWorkingDir: root,
    entryPoints: ['launch/main.ts'],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: 'inline',
    outfile: unfinished,
    define: { 'import.meta.dirname': JSON.stringify(path.join(root, 'launch')) },
  })
  renameSync(unfinished, file)
  return file
}

import { readFile } from 'node:fs/promises'
import { fromRoot } from './settings.mjs'
import { run, step } from './steps.mjs'

/** Installs the npm packages when what stands in node_modules is not what package-lock.json says. */
export async function ensurePackages() {
  const wanted = await readLock(fromRoot('package-lock.json'))
  const installed = await readLock(fromRoot('node_modules/.package-lock.json'))
  if (wanted && installed && isInstalled(wanted, installed)) return
  // Building needs the development packages too, whatever NODE_ENV says.
  await step('Installing packages', () => run('npm', ['ci', '--include=dev', '--no-progress'], { quiet: true }))
}

/**
 * The part of a lock file that tells what stands where. npm keeps one of what it has really installed.
 * @see https://docs.npmjs.com/cli/configuring-npm/package-lock-json
 * @typedef {{ version?: string, optional?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 */

/**
 * Whether every package is there in its version. Packages for other machines are optional and may be missing.
 * Contents are compared, not dates, which a copy or a checkout makes worthless.
 * @param {Lock} wanted
 * @param {Lock} installed
 */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted.packages).every(([place, { version, optional }]) => {
    if (place === '') return true
    const found = installed.packages[place]
    return found ? found.version === version : optional === true
  })
}

/**
 * @param {string} file
 * @returns {Promise<Lock | undefined>} undefined when there is none that can be read
 */
async function readLock(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return undefined
  }
}

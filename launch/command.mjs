import { Failure } from './failure.mjs'
import { root } from './settings.mjs'

/**
 * Runs one of the commands in package.json: on a Node that is new enough, in the project's folder, and
 * with a Failure shown as its line alone.
 * @param {() => Promise<void>} main
 */
export async function command(main) {
  try {
    requireNode(process.versions.node)
    process.chdir(root)
    await main()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    console.error(error.message)
    process.exitCode = error.exitCode
  }
}

/** The oldest Node that runs everything; the same as `engines` in package.json. */
const OLDEST_NODE = [20, 19]

/**
 * @param {string} version such as `20.19.0`
 * @throws {Failure} when it is too old
 */
export function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  throw new Failure(
    `Nephoscope needs Node ${OLDEST_NODE.join('.')} or newer; this is ${version}: see https://nodejs.org`,
  )
}

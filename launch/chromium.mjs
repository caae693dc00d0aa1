import { Failure } from './failure.mjs'
import { ensureProgram, onPath } from './programs.mjs'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * The browser that stands on this machine.
 * @param {NodeJS.ProcessEnv} env CHROMIUM names one
 * @returns {string} its path
 * @throws {Failure} when there is none
 */
export function findChromium(env) {
  const found = named(env) ?? onPath(NAMES)
  if (found) return found
  throw new Failure(
    'There is no Chromium or Chrome on this machine: install the package chromium, or name the program with CHROMIUM=/path',
  )
}

/**
 * The browser of the tests.
 * @param {NodeJS.ProcessEnv} env CHROMIUM names one
 * @returns {Promise<string>} its path
 * @throws {Failure} when there is none and it cannot be installed here
 */
export async function ensureChromium(env) {
  const chosen = named(env)
  if (chosen) return chosen
  const found = await ensureProgram({
    names: NAMES,
    apt: 'chromium',
    brew: '--cask chromium',
  })
  if (found) return found
  throw new Failure(
    'The tests need a Chromium: install the package chromium, or name the program with CHROMIUM=/path npm test',
  )
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} the path that CHROMIUM names; undefined when it names none
 */
function named({ CHROMIUM }) {
  if (!CHROMIUM) return undefined
  const found = onPath([CHROMIUM])
  if (found) return found
  throw new Failure(`CHROMIUM is '${CHROMIUM}', which cannot be run: give the path of a Chromium or Chrome`, 2)
}

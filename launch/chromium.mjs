import { Failure } from './failure.mjs'
import { ensureProgram, onPath } from './programs.mjs'

/**
 * The browser of the tests.
 * @param {NodeJS.ProcessEnv} env CHROMIUM names one
 * @returns {Promise<string>} its path
 * @throws {Failure} when there is none and it cannot be installed here
 */
export async function ensureChromium(env) {
  const named = env.CHROMIUM
  if (named) {
    const found = onPath([named])
    if (found) return found
    throw new Failure(`CHROMIUM is '${named}', which cannot be run: give the path of a Chromium or Chrome`, 2)
  }
  const found = await ensureProgram({
    names: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    apt: 'chromium',
    brew: '--cask chromium',
  })
  if (found) return found
  throw new Failure(
    'The tests need a Chromium: install the package chromium, or name the program with CHROMIUM=/path npm test',
  )
}

import { presentBuild, wantedBuild } from './fingerprint.mjs'
import { fromRoot } from './settings.mjs'
import { run } from './steps.mjs'

/**
 * Builds when dist/ does not hold the sources as they are; in another process, so that ours stays small.
 * @param {{ quiet?: boolean }} [options] quiet: nothing is said unless it fails
 */
export async function ensureBuilt(options) {
  if (presentBuild()?.build !== wantedBuild().build)
    await run(process.execPath, [fromRoot('launch/build.mjs')], options)
}

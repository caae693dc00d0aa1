import { presentBuild, wantedBuild } from './fingerprint.mjs'
import { fromRoot } from './settings.mjs'
import { run } from './steps.mjs'

/** Builds when dist/ does not hold the sources as they are; in another process, so that ours stays small. */
export async function ensureBuilt() {
  if (presentBuild()?.build !== wantedBuild().build) await run(process.execPath, [fromRoot('launch/build.mjs')])
}

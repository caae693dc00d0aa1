import { rmSync, writeFileSync } from 'node:fs'
import { bundleOptions } from './bundles.mjs'
import { command } from './command.mjs'
import { compressed } from './compressed.mjs'
import { Failure } from './failure.mjs'
import { buildFile, presentBuild, wantedBuild } from './fingerprint.mjs'
import { ensurePackages } from './packages.mjs'
import { fromRoot } from './settings.mjs'
import { step } from './steps.mjs'

/** `npm run build`: the roles into dist/<role>.js, the client into dist/client, and the build's id into dist/build.json. */
await command(async () => {
  // whoever asks for it, a test or a person: what is built is what is shipped
  process.env.NODE_ENV = 'production'
  await ensurePackages()
  const wanted = wantedBuild()
  const present = presentBuild()
  if (present?.build === wanted.build) return console.log(`Build ${wanted.build} is in dist/ already`)
  // Gone while we write: a build that is cut short must not pass for a whole one.
  rmSync(buildFile, { force: true })

  await step('Building the roles', () => compiled(import('esbuild').then(esbuild => esbuild.build(bundleOptions))))

  if (present?.client === wanted.client) console.log('The client has not changed')
  else {
    await step('Building the client', () => compiled(import('vite').then(vite => vite.build({ logLevel: 'warn' }))))
    await compressed(fromRoot('dist/client'))
  }

  writeFileSync(buildFile, `${JSON.stringify(wanted)}\n`)
  console.log(`Build ${wanted.build} is in dist/`)
})

/**
 * An error in the sources is for the person who wrote them: its message alone.
 * @param {Promise<unknown>} build
 */
function compiled(build) {
  return build.catch(error => {
    throw new Failure(error instanceof Error ? error.message : String(error))
  })
}

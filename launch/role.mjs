import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './built.mjs'
import { bundleOf } from './bundles.mjs'
import { command } from './command.mjs'
import { Failure } from './failure.mjs'
import { ensurePackages } from './packages.mjs'

/**
 * `npm run server`, `npm run workers`: one role on a Redis that runs already. The role runs in this process, so that its
 * signals, its exit code and its memory are its own.
 */
await command(async () => {
  const role = process.argv[2]
  if (role !== 'server' && role !== 'workers') throw new Failure(`The roles are server and workers, not '${role}'`, 2)
  if (!process.env.REDIS_URL) {
    throw new Failure(
      `REDIS_URL is not set: npm run ${role} uses a Redis that runs already, such as REDIS_URL=redis://localhost:6379; npm start brings its own`,
      2,
    )
  }
  await ensurePackages()
  await ensureBuilt()
  process.setSourceMapsEnabled(true)
  await import(pathToFileURL(bundleOf(role)).href)
})

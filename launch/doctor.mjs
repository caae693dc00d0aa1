import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { command } from './command.mjs'
import { Failure } from './failure.mjs'
import { presentBuild, wantedBuild } from './fingerprint.mjs'
import { embeddedUrl } from './redis.mjs'
import { dataDirOf, fromRoot } from './settings.mjs'

/** `npm run doctor`: how everything stands. It looks and changes nothing, so it builds nothing under roles that run. */
await command(async () => {
  const bundle = fromRoot('dist', 'ops-doctor.js')
  if (!existsSync(fromRoot('node_modules')))
    throw new Failure('✗ wrong packages       none are installed. Mend: npm ci, or npm start, which does all')
  const present = presentBuild()
  if (present === undefined || !existsSync(bundle))
    throw new Failure(
      '✗ wrong build          dist/ holds none that is whole. Mend: npm run build, or npm start, which does all',
    )
  process.argv.push(`--build=${present.build === wantedBuild().build ? 'fresh' : 'stale'}`)
  process.env.REDIS_URL ||= embeddedUrl(dataDirOf(process.env))
  await import(pathToFileURL(bundle).href)
})

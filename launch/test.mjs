import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ensureBuilt } from './built.mjs'
import { ensureChromium } from './chromium.mjs'
import { command } from './command.mjs'
import { ensureFaketime } from './faketime.mjs'
import { requireNginx } from './nginx.mjs'
import { ensurePackages } from './packages.mjs'
import { requireRedis } from './redis.mjs'
import { fromRoot } from './settings.mjs'
import { run, step } from './steps.mjs'
import { verdict } from './verdict.mjs'

/**
 * `npm test`: installs what is missing, builds, then the static checks of `npm run check` and all tests.
 * `npm run test:faults`: the long fault runs alone. Both end at the first step that fails.
 */
await command(async () => {
  const startedAt = Date.now()
  const faults = process.argv[2] === 'faults'
  await ensurePackages()
  const env = { ...process.env, ...(await programs()), PATH: pathWithPackages() }
  await ensureBuilt()
  if (faults) await ensureFaketime()
  else for (const check of checks()) await step(check, () => run(check, [], { env, quiet: true, shell: true }))

  const folder = mkdtempSync(path.join(tmpdir(), 'nephoscope-test-'))
  const report = path.join(folder, 'report.json')
  const config = faults ? ['--config', 'test/faults.config.ts'] : []
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  try {
    await run('vitest', ['run', ...config, ...reporters], { env })
  } finally {
    console.log(`All in ${Math.round((Date.now() - startedAt) / 1000)} s`)
    console.log(verdict(report))
    rmSync(folder, { recursive: true, force: true })
  }
})

/** What the tests find in their environment: the Redis, the nginx and the browser to start. */
async function programs() {
  const [REDIS_SERVER, NGINX] = [await requireRedis(), await requireNginx()]
  return { REDIS_SERVER, NGINX, CHROMIUM: await ensureChromium(process.env) }
}

function pathWithPackages() {
  return [fromRoot('node_modules/.bin'), process.env.PATH].join(path.delimiter)
}

/** The steps of the script `check` in package.json, which says in one place what they are. */
function checks() {
  /** @type {{ scripts: { check: string } }} */
  const { scripts } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'))
  return scripts.check.split(' && ')
}

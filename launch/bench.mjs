import { readdirSync } from 'node:fs'
import { ensureBuilt } from './built.mjs'
import { ensureChromium } from './chromium.mjs'
import { command } from './command.mjs'
import { Failure } from './failure.mjs'
import { requireNginx } from './nginx.mjs'
import { ensurePackages } from './packages.mjs'
import { requireRedis } from './redis.mjs'
import { fromRoot } from './settings.mjs'
import { run } from './steps.mjs'

const SUFFIX = '.bench.ts'

/** `npm run bench [-- name …]`: the named benchmarks, or all, one after the other; fails when one of them failed. */
await command(async () => {
  const all = readdirSync(fromRoot('bench'))
    .filter(file => file.endsWith(SUFFIX))
    .map(file => file.slice(0, -SUFFIX.length))
  const named = process.argv.slice(2)
  const unknown = named.find(name => !all.includes(name))
  if (unknown !== undefined) throw new Failure(`There is no benchmark '${unknown}': the names are ${all.join(', ')}`, 2)

  await ensurePackages()
  const programs = { REDIS_SERVER: await requireRedis(), NGINX: await requireNginx() }
  const env = { ...process.env, ...programs, CHROMIUM: await ensureChromium(process.env) }
  await ensureBuilt()
  /** @type {string[]} */
  const failed = []
  for (const name of named.length > 0 ? named : all) {
    console.log(`\n${name}`)
    await run(process.execPath, ['--import', 'tsx', `bench/${name}${SUFFIX}`], { env }).catch(error => {
      if (!(error instanceof Failure)) throw error
      failed.push(name)
    })
  }
  if (failed.length > 0) throw new Failure(`Failed: ${failed.join(', ')}`)
})

import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './built.mjs'
import { command } from './command.mjs'
import { Failure } from './failure.mjs'
import { ensurePackages } from './packages.mjs'
import { embeddedUrl } from './redis.mjs'
import { redisCommand } from './redis-command.mjs'
import { dataDirOf, fromRoot } from './settings.mjs'

/**
 * Runs a bundle that works on the store and ends, on the Redis of REDIS_URL or the one that `npm start` runs.
 * @param {string} bundle
 */
export const errand = bundle =>
  command(async () => {
    if (!process.env.REDIS_URL) {
      const url = embeddedUrl(dataDirOf(process.env))
      if ((await redisCommand(url, 'PING')) !== '+PONG')
        throw new Failure(
          'No Redis to work on: begin npm start first, which brings one, or name yours with REDIS_URL',
          1,
        )
      process.env.REDIS_URL = url
    }
    await ensurePackages()
    await ensureBuilt({ quiet: true })
    await import(pathToFileURL(fromRoot('dist', `${bundle}.js`)).href)
  })

import { lockDataDir } from './lock.mjs'
import { ensurePackages } from './packages.mjs'
import { freePort } from './port.mjs'
import { endOrphan, ensureRedis } from './redis.mjs'
import { addressOf, dataDirOf } from './settings.mjs'
import { createStack } from './stack.mjs'

/**
 * Claims the port and the data directory, in this order and before anything is set up, then installs what is missing.
 * @param {string} command such as `npm start`, for messages
 * @param {NodeJS.ProcessEnv} env
 * @throws {import('./failure.mjs').Failure} when something is taken or cannot be installed
 */
export async function prepare(command, env) {
  const { host, port } = addressOf(env)
  const address = { host, port: await freePort({ host, port }, command) }
  const dataDir = dataDirOf(env)
  await lockDataDir(dataDir)
  await ensurePackages()
  if (env.REDIS_URL) return { env, address, dataDir, redisProgram: undefined }
  const redisProgram = await ensureRedis()
  await endOrphan(dataDir)
  return { env, address, dataDir, redisProgram }
}

/**
 * Starts everything and returns when it is ready; from then on it runs until SIGINT, SIGTERM or SIGHUP, which end this
 * process with 0 after everything else has ended.
 * @param {Omit<import('./stack.mjs').Plan, 'say' | 'onRefused'>} plan
 * @throws {import('./failure.mjs').Failure} when it does not come up; then nothing runs any more
 */
export async function serve(plan) {
  /** @param {number} exitCode */
  const stop = exitCode => void stack.stop().then(() => process.exit(exitCode))
  const stack = createStack({ ...plan, say: console.log, onRefused: () => stop(2) })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0))
  try {
    await stack.start()
  } catch (error) {
    await stack.stop()
    throw error
  }
  return stack
}

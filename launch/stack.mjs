import { keepRunning } from './processes.mjs'
import { untilReady } from './ready.mjs'
import { embeddedRedis, redisReady } from './redis.mjs'
import { roleProgram } from './roles.mjs'
import { simulator } from './simulator.mjs'

/**
 * What shall run.
 * @typedef {object} Plan
 * @property {NodeJS.ProcessEnv} env of the roles; a REDIS_URL in it is used, without one we run our own
 * @property {string} dataDir locked by us
 * @property {{ host: string, port: number }} address where the server listens
 * @property {string | undefined} redisProgram what our own Redis is run with
 * @property {boolean} simulated simulated providers in place of the configured sources
 * @property {(line: string) => void} say shows a line to the person
 * @property {(name: string) => void} onRefused a role refuses its settings and has said why
 */

/**
 * Redis, the simulator where one is wanted, the workers and the server, as one thing that starts and stops.
 * @param {Plan} plan
 */
export function createStack(plan) {
  const { dataDir, address, say } = plan
  /** @type {Map<string, ReturnType<typeof keepRunning>>} */
  const kept = new Map()
  /** @type {Promise<void> | undefined} */
  let stopped

  /** @param {import('./processes.mjs').Program} program */
  const keep = program => {
    if (!stopped) kept.set(program.name, keepRunning(program, plan))
  }

  /**
   * Starts all and waits until the server is ready.
   * @throws {import('./failure.mjs').Failure} when something does not come up
   */
  async function start() {
    /** @type {NodeJS.ProcessEnv} */
    const env = { ...plan.env, PORT: String(address.port), HOST: address.host, NEPHOSCOPE_DATA: dataDir }
    if (!env.REDIS_URL) {
      const redis = await embeddedRedis(plan.redisProgram, dataDir)
      keep(redis)
      await redisReady(redis.url, dataDir)
      env.REDIS_URL = redis.url
    }
    if (plan.simulated) {
      const { program, serving } = simulator({ env, dataDir, say })
      keep(program)
      Object.assign(env, await serving)
    }
    keep(roleProgram('workers', { env: () => env, dataDir, say }))
    keep(roleProgram('server', { env: () => env, dataDir, say }))
    await untilReady(address, dataDir)
  }

  async function stopAll() {
    say('Stopping …')
    const roles = [...kept].filter(([name]) => name !== 'Redis')
    await Promise.all(roles.map(([, role]) => role.stop()))
    await kept.get('Redis')?.stop()
  }

  /**
   * Stops all within 5 s, Redis last; a start under way starts nothing more. Asked again it changes nothing: Ctrl-C comes
   * twice, from the terminal and from npm, and a second SIGTERM would cut short what a role is putting away.
   */
  const stop = () => {
    stopped ??= stopAll()
    return stopped
  }

  /** @param {import('./bundles.mjs').Role} role whose bundle has changed */
  const restart = async role => {
    if (!stopped) await kept.get(role)?.restart()
  }

  return { start, stop, restart }
}

import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Role } from './build.ts'
import { Failure } from './command.ts'
import { ownFolder } from './private-folder.ts'
import { embeddedRedis, endOrphan, ensureRedis, redisReady, requireDocker } from './redis.ts'
import { roleProgram, simulator } from './roles.ts'
import { type Address, addressOf, dataDirOf, freePort, lockDataDir, urlOf, withoutServerSecrets } from './settings.ts'
import { keepRunning, type Program, type Supervised } from './supervisor.ts'

/** What a stack needs, claimed and found. */
type Prepared = {
  /** Of the roles. A REDIS_URL in it is used; without one we run our own. */
  env: NodeJS.ProcessEnv
  address: Address
  dataDir: string
  /** What our own Redis is run with; undefined: a container. */
  redisProgram: string | undefined
}

type Plan = Prepared & {
  /** Simulated providers in place of the configured sources. */
  simulated: boolean
  say(line: string): void
  /** A role refuses its settings and has printed why. */
  onRefused(name: string): void
}

export type Stack = { start(): Promise<void>; stop(): Promise<void>; restart(role: Role): Promise<void> }

/**
 * Claims the port and the data directory, in this order, then finds or installs a Redis.
 * @throws {Failure} when something is taken or cannot be installed
 */
export async function prepareStack(command: string, env: NodeJS.ProcessEnv): Promise<Prepared> {
  const { host, port } = addressOf(env)
  const address = { host, port: await freePort({ host, port }, command) }
  const dataDir = dataDirOf(env)
  await lockDataDir(dataDir)
  // A run on invented data has a folder in it, in whose place others must not be able to put one of theirs.
  ownFolder(dataDirOf(process.env))
  if (env.REDIS_URL) return { env, address, dataDir, redisProgram: undefined }
  // A run on invented data uses the same program as the others.
  const redisProgram = await ensureRedis(process.env)
  if (!redisProgram) await requireDocker()
  await endOrphan(dataDir)
  return { env, address, dataDir, redisProgram }
}

/**
 * Starts everything and returns when it is ready. SIGINT, SIGTERM or SIGHUP ends all, then this process with 0.
 * @throws {Failure} when it does not come up; then nothing runs any more
 */
export async function runStack(plan: Omit<Plan, 'say' | 'onRefused'>): Promise<Stack> {
  let isStopping = false
  const stop = (exitCode: number) => {
    isStopping = true
    void stack.stop().then(() => process.exit(exitCode))
  }
  const stack = createStack({ ...plan, say: console.log, onRefused: () => stop(2) })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0))
  try {
    await stack.start()
  } catch (error) {
    await stack.stop()
    throw error
  }
  // `stop` ends the process; until then nothing is announced.
  if (isStopping) await new Promise<never>(() => undefined)
  return stack
}

/** Redis, the simulator where one is wanted, the workers and the server, as one thing that starts and stops. */
function createStack(plan: Plan): Stack {
  const { dataDir, address, say } = plan
  const supervised = new Map<string, Supervised>()
  let stopping: Promise<void> | undefined

  const supervise = (program: Program) => {
    if (!stopping) supervised.set(program.name, keepRunning(program, plan))
  }

  async function start(): Promise<void> {
    const place = { PORT: String(address.port), HOST: address.host, NEPHOSCOPE_DATA: dataDir }
    const env: NodeJS.ProcessEnv = { ...plan.env, ...place }
    if (!env.REDIS_URL) {
      const redis = await embeddedRedis(plan.redisProgram, dataDir)
      supervise(redis)
      await redisReady(redis.url, dataDir)
      env.REDIS_URL = redis.url
    }
    if (plan.simulated) {
      const { program, serving } = simulator(env, plan)
      supervise(program)
      Object.assign(env, await serving)
    }
    supervise(roleProgram('workers', { env: () => withoutServerSecrets(env), dataDir, say }))
    supervise(roleProgram('server', { env: () => env, dataDir, say }))
    await serverReady(address, dataDir)
  }

  async function stopAll(): Promise<void> {
    say('Stopping …')
    const roles = [...supervised].filter(([name]) => name !== 'Redis')
    await Promise.all(roles.map(([, role]) => role.stop()))
    await supervised.get('Redis')?.stop()
  }

  /**
   * Stops all within 5 s, Redis last; a start under way starts nothing more. A second call changes nothing: Ctrl-C
   * comes twice, from the terminal and from npm, and a second SIGTERM would cut short what a role is saving.
   */
  const stop = () => {
    stopping ??= stopAll()
    return stopping
  }

  const restart = async (role: Role) => {
    if (!stopping) await supervised.get(role)?.restart()
  }

  return { start, stop, restart }
}

const SERVER_PATIENCE_MS = 60_000

async function serverReady(address: Address, dataDir: string): Promise<void> {
  for (const deadline = Date.now() + SERVER_PATIENCE_MS; Date.now() < deadline; await sleep(100)) {
    const signal = AbortSignal.timeout(2_000)
    const answer = await fetch(`${urlOf(address)}/readyz`, { signal }).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer?.ok) return
  }
  throw new Failure(`The server is not ready after a minute: see ${path.join(dataDir, 'logs')}`)
}

import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure, run } from './command.ts'
import { ownFolder, privateFolder, socketPath } from './private-folder.ts'
import { ensureProgram, findProgram, howToInstall } from './programs.ts'
import { dataDirOf, freePort } from './settings.ts'
import type { Program } from './supervisor.ts'
import { canUnpack, unpackedRedis, unpackRedis } from './unpack-redis.ts'

const redis = { names: ['redis-server', 'valkey-server'], apt: 'redis-server', brew: 'redis' }

/** A Redis or Valkey on this machine: on PATH, unpacked earlier, or unpacked now; Homebrew installs it on macOS. */
export async function ensureRedis(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const onPath = findProgram(redis.names)
  if (onPath) return onPath
  // What is run out of it must be ours.
  ownFolder(dataDirOf(env))
  const dir = path.join(dataDirOf(env), 'programs/redis')
  const found = unpackedRedis(dir) ?? (await unpackRedis(dir))
  if (found || process.platform !== 'darwin') return found
  return ensureProgram(redis)
}

/** The same for tests and benchmarks, which cannot use a container. @throws {Failure} when there is none */
export async function requireRedis(env: NodeJS.ProcessEnv): Promise<string> {
  const found = await ensureRedis(env)
  if (found) return found
  throw new Failure(`The tests and benchmarks need a redis-server or valkey-server on PATH: ${howToInstall(redis)}`)
}

/**
 * How to run the embedded Redis of a data directory: a Unix socket, a random password and append-only files in
 * `<dataDir>/redis`, which no other user can enter. Without a program it runs in a container, on a loopback port.
 * @throws {Failure} when there is neither, or others could have put something into the folder
 */
export async function embeddedRedis(program: string | undefined, dataDir: string): Promise<Program & { url: string }> {
  const dir = path.join(dataDir, 'redis')
  privateFolder(dir)
  const { url, command } = program ? inProcess(program, dir) : await inContainer(dir)
  return { name: 'Redis', url, start: () => spawnGuarded(command), end: releaseGuard, graceMs: 900 }
}

/** The address of the Redis that `npm start` runs on this data directory, whether it runs or not. */
export function embeddedUrl(dataDir: string): string {
  const dir = path.join(dataDir, 'redis')
  const password = storedPassword(dir)
  return `unix://${password === undefined ? '' : `:${password}@`}${redisSocket(dir)}`
}

/** Waits until Redis answers and has loaded its data. @throws {Failure} after 60 s */
export async function redisReady(url: string, dataDir: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50))
    if ((await redisCommand(url, 'PING')) === 'PONG') return
  throw new Failure(`Redis does not answer after 60 s: see ${path.join(dataDir, 'redis', 'redis.log')}`)
}

/** Ends a Redis that a killed launcher has left on our data directory. @throws {Failure} when it does not end */
export async function endOrphan(dataDir: string): Promise<void> {
  const url = embeddedUrl(dataDir)
  // Without a socket there is none, and ioredis need not be loaded before Redis starts.
  const socket = redisSocket(path.join(dataDir, 'redis'))
  if (!existsSync(socket)) return
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(50)) {
    if ((await redisCommand(url, 'PING')) === undefined) return
    await redisCommand(url, 'SHUTDOWN')
  }
  throw new Failure(`A Redis of an earlier run does not end: stop the redis-server that listens on ${socket}`)
}

export const forgetRedis = (dataDir: string): void =>
  rmSync(path.join(dataDir, 'redis'), { recursive: true, force: true })

/**
 * Sends one command on a connection of its own, to `unix://:password@/path` or `redis://:password@host:port`.
 * @returns the answer, or the error that Redis answers; undefined when there is no answer within a second
 */
export async function redisCommand(url: string, command: 'PING' | 'SHUTDOWN'): Promise<string | undefined> {
  const { Redis, ReplyError } = await import('ioredis')
  const { password, place = '' } = /^[a-z]+:\/\/(?::(?<password>\w+)@)?(?<place>.+)$/.exec(url)?.groups ?? {}
  const client = new Redis(place.startsWith('/') ? place : `redis://${place}`, {
    ...(password !== undefined && { password }),
    lazyConnect: true,
    connectTimeout: 1_000,
    commandTimeout: 1_000,
    retryStrategy: () => null,
    enableReadyCheck: false,
    disableClientInfo: true,
  })
  // A refused password is told only here; other errors also by the promises below.
  let refusal: Error | undefined
  client.on('error', error => {
    refusal = error
  })
  try {
    await client.connect()
    return String(await client.call(command))
  } catch (error) {
    const told = [error, refusal].find(one => one instanceof Error && one instanceof ReplyError)
    return told instanceof Error ? told.message : undefined
  } finally {
    client.disconnect()
  }
}

const redisSocket = (dir: string): string => socketPath(dir, 'redis.sock')

/** Everybody on a machine can read the arguments of its programs, but only our user this file. */
const configurationFile = (dir: string): string => path.join(dir, 'redis.conf')

/** The password of the present run or of the last one. */
function storedPassword(dir: string): string | undefined {
  const file = configurationFile(dir)
  return existsSync(file) ? /^requirepass (\w+)$/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined
}

/** BullMQ needs `noeviction`. @see https://docs.bullmq.io/guide/going-to-production#max-memory-policy */
const POLICY = ['appendonly yes', 'appendfsync everysec', 'save ""', 'maxmemory-policy noeviction']

/** @returns the password, random, with which Redis then answers */
function configure(dir: string, place: Record<string, string>): string {
  const password = randomBytes(32).toString('hex')
  const lines = Object.entries(place).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
  const text = [...lines, `requirepass ${password}`, ...POLICY, ''].join('\n')
  writeFileSync(configurationFile(dir), text, { mode: 0o600 })
  return password
}

function inProcess(program: string, dir: string): { url: string; command: string[] } {
  const socket = redisSocket(dir)
  const logfile = path.join(dir, 'redis.log')
  const password = configure(dir, { port: '0', unixsocket: socket, unixsocketperm: '700', dir, logfile })
  return { url: `unix://:${password}@${socket}`, command: [program, configurationFile(dir)] }
}

/** The path of a docker with a running engine. @throws {Failure} when there is none: then there is no Redis at all */
export async function requireDocker(): Promise<string> {
  const docker = findProgram(['docker'])
  const hasEngine = docker && (await run(docker, ['version'], { quiet: true }).catch(() => undefined)) !== undefined
  if (docker && hasEngine) return docker
  const onTerminal = canUnpack() ? 'start it on a terminal, where it offers to unpack one, or ' : ''
  throw new Failure(
    `Nephoscope needs a Redis: ${onTerminal}${howToInstall(redis)}, or name a running one with REDIS_URL=redis://host:6379`,
  )
}

async function inContainer(dir: string): Promise<{ url: string; command: string[] }> {
  const docker = await requireDocker()
  const port = await freePort({ host: '127.0.0.1', port: 0 }, 'npm start')
  const user = ['--user', `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`]
  const place = ['--publish', `127.0.0.1:${port}:6379`, '--volume', `${dir}:/data`]
  const password = configure(dir, { dir: '/data' })
  const command = [docker, 'run', '--rm', ...user, ...place, 'redis:7', 'redis-server', '/data/redis.conf']
  console.log(`There is no Redis here, but Docker: ${command.join(' ')}`)
  return { url: `redis://:${password}@127.0.0.1:${port}`, command }
}

/**
 * Redis does not notice when its launcher is killed; a shell that holds one end of a pipe does. When the other end,
 * ours, closes for whatever reason, the shell ends Redis, waits for it and goes.
 */
const GUARD =
  'umask 077; "$@" 3<&- & redis=$!; (read -r _ <&3; kill "$redis") 2>/dev/null & wait "$redis"; code=$?; kill $! 2>/dev/null; exit $code'

const spawnGuarded = (command: readonly string[]): ChildProcess =>
  spawn('/bin/sh', ['-c', GUARD, 'redis-guard', ...command], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })

function releaseGuard(guard: ChildProcess): void {
  const pipe = guard.stdio[3]
  if (pipe && 'destroy' in pipe) pipe.destroy()
}

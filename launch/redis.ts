import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure, run } from './command.ts'
import { ensureProgram, findProgram, howToInstall } from './programs.ts'
import { dataDirOf, freePort, socketPath } from './settings.ts'
import type { Program } from './supervisor.ts'
import { canUnpack, unpackedRedis, unpackRedis } from './unpack-redis.ts'

const redis = { names: ['redis-server', 'valkey-server'], apt: 'redis-server', brew: 'redis' }

/** A Redis or Valkey on this machine: on PATH, unpacked earlier, or unpacked now; Homebrew installs it on macOS. */
export async function ensureRedis(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const dir = path.join(dataDirOf(env), 'programs/redis')
  const found = findProgram(redis.names) ?? unpackedRedis(dir) ?? (await unpackRedis(dir))
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
 * How to run the embedded Redis of a data directory: a Unix socket and append-only files in `<dataDir>/redis`. Without
 * a program it runs in a container, on a loopback port. @throws {Failure} when there is neither
 */
export async function embeddedRedis(program: string | undefined, dataDir: string): Promise<Program & { url: string }> {
  const dir = path.join(dataDir, 'redis')
  mkdirSync(dir, { recursive: true })
  const { url, command } = program ? inProcess(program, dir) : await inContainer(dir)
  return { name: 'Redis', url, start: () => spawnGuarded(command), end: releaseGuard, graceMs: 900 }
}

/** The address of the Redis that `npm start` runs on this data directory, whether it runs or not. */
export const embeddedUrl = (dataDir: string): string => `unix://${redisSocket(path.join(dataDir, 'redis'))}`

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
  if (!existsSync(url.slice('unix://'.length))) return
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(50)) {
    if ((await redisCommand(url, 'PING')) === undefined) return
    await redisCommand(url, 'SHUTDOWN')
  }
  throw new Failure(`A Redis of an earlier run does not end: stop the redis-server that listens on ${url.slice(7)}`)
}

export const forgetRedis = (dataDir: string): void =>
  rmSync(path.join(dataDir, 'redis'), { recursive: true, force: true })

/**
 * Sends one command on a connection of its own, to `unix:///path` or `redis://host:port`.
 * @returns the answer, or the error that Redis answers; undefined when there is no answer within a second
 */
export async function redisCommand(url: string, command: 'PING' | 'SHUTDOWN'): Promise<string | undefined> {
  const { Redis, ReplyError } = await import('ioredis')
  const client = new Redis(url.replace(/^unix:\/\//, ''), {
    lazyConnect: true,
    connectTimeout: 1_000,
    commandTimeout: 1_000,
    retryStrategy: () => null,
    enableReadyCheck: false,
    disableClientInfo: true,
  })
  // It is reported by the promises below.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return String(await client.call(command))
  } catch (error) {
    return error instanceof Error && error instanceof ReplyError ? error.message : undefined
  } finally {
    client.disconnect()
  }
}

const redisSocket = (dir: string): string => socketPath(dir, 'redis.sock')

/** BullMQ needs `noeviction`. @see https://docs.bullmq.io/guide/going-to-production#max-memory-policy */
const POLICY = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', '', '--maxmemory-policy', 'noeviction']

function inProcess(program: string, dir: string): { url: string; command: string[] } {
  const socket = redisSocket(dir)
  const place = ['--port', '0', '--unixsocket', socket, '--unixsocketperm', '700', '--dir', dir]
  return { url: `unix://${socket}`, command: [program, ...place, '--logfile', path.join(dir, 'redis.log'), ...POLICY] }
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
  const command = [docker, 'run', '--rm', ...user, ...place, 'redis:7', 'redis-server', ...POLICY]
  console.log(`There is no Redis here, but Docker: ${command.map(part => part || "''").join(' ')}`)
  return { url: `redis://127.0.0.1:${port}`, command }
}

/**
 * Redis does not notice when its launcher is killed; a shell that holds one end of a pipe does. When the other end,
 * ours, closes for whatever reason, the shell ends Redis, waits for it and goes.
 */
const GUARD =
  '"$@" 3<&- & redis=$!; (read -r _ <&3; kill "$redis") 2>/dev/null & wait "$redis"; code=$?; kill $! 2>/dev/null; exit $code'

const spawnGuarded = (command: readonly string[]): ChildProcess =>
  spawn('/bin/sh', ['-c', GUARD, 'redis-guard', ...command], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })

function releaseGuard(guard: ChildProcess): void {
  const pipe = guard.stdio[3]
  if (pipe && 'destroy' in pipe) pipe.destroy()
}

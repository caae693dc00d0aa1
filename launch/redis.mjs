import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from './failure.mjs'
import { freePort } from './port.mjs'
import { ensureProgram, onPath } from './programs.mjs'
import { redisCommand } from './redis-command.mjs'
import { socketPath } from './settings.mjs'
import { run } from './steps.mjs'

const MEND = 'install the package redis (or valkey), or name a running one with REDIS_URL=redis://host:6379'

/**
 * A Redis or Valkey server on this machine, installed when there is none and that needs no password.
 * @returns {Promise<string | undefined>} its path
 */
export const ensureRedis = () =>
  ensureProgram({
    names: ['redis-server', 'valkey-server'],
    apt: 'redis-server',
    brew: 'redis',
    service: 'redis-server',
  })

/** The same, for those that cannot do with a container. */
export async function requireRedis() {
  const found = await ensureRedis()
  if (found) return found
  throw new Failure('The tests and benchmarks need a redis-server on PATH: install the package redis (or valkey)')
}

/**
 * How to run the embedded Redis of a data directory: a Unix socket and append-only files in `<dataDir>/redis`.
 * Without a program of its own it runs in a container, on a loopback port.
 * @param {string | undefined} program path of a redis-server or valkey-server
 * @param {string} dataDir
 * @returns {Promise<import('./processes.mjs').Program & { url: string }>}
 * @throws {Failure} when there is neither a program nor a Docker engine
 */
export async function embeddedRedis(program, dataDir) {
  const dir = path.join(dataDir, 'redis')
  mkdirSync(dir, { recursive: true })
  const { url, command } = program ? inProcess(program, dir) : await inContainer(dir)
  return { name: 'Redis', url, start: () => guarded(command), end: releaseGuard, graceMs: 900 }
}

/** Waits until Redis answers and has loaded its data. @param {string} url @throws {Failure} after 60 s */
export async function redisReady(url, dataDir = '') {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) {
    if ((await redisCommand(url, 'PING')) === '+PONG') return
  }
  throw new Failure(`Redis does not answer after 60 s: see ${path.join(dataDir, 'redis', 'redis.log')}`)
}

/**
 * Ends a Redis that a killed launcher has left on this data directory. Call it with the data directory locked.
 * @param {string} dataDir
 * @throws {Failure} when it will not end
 */
export async function endOrphan(dataDir) {
  const url = embeddedUrl(dataDir)
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(50)) {
    if ((await redisCommand(url, 'PING')) === undefined) return
    await redisCommand(url, 'SHUTDOWN')
  }
  throw new Failure(`A Redis of an earlier run does not end: stop the redis-server that listens on ${url.slice(7)}`)
}

/**
 * The address of the Redis that `npm start` runs as a program of its own on this data directory; nobody need be there.
 * @param {string} dataDir
 */
export const embeddedUrl = dataDir => `unix://${socketOf(path.join(dataDir, 'redis'))}`

/** @param {string} dir */
const socketOf = dir => socketPath(dir, 'redis.sock')

/** BullMQ needs `noeviction`. @see https://docs.bullmq.io/guide/going-to-production#max-memory-policy */
const POLICY = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', '', '--maxmemory-policy', 'noeviction']

/** @param {string} program @param {string} dir */
function inProcess(program, dir) {
  const socket = socketOf(dir)
  const place = ['--port', '0', '--unixsocket', socket, '--unixsocketperm', '700', '--dir', dir]
  const command = [program, ...place, '--logfile', path.join(dir, 'redis.log'), ...POLICY]
  return { url: `unix://${socket}`, command }
}

/** @param {string} dir */
async function inContainer(dir) {
  const docker = onPath(['docker'])
  const engine =
    docker &&
    (await run(docker, ['version'], { quiet: true }).then(
      () => true,
      () => false,
    ))
  if (!docker || !engine) throw new Failure(`Nephoscope needs a Redis: ${MEND}`)
  const port = await freePort({ host: '127.0.0.1', port: 0 }, 'npm start')
  const user = ['--user', `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`]
  const place = ['--publish', `127.0.0.1:${port}:6379`, '--volume', `${dir}:/data`]
  const command = [docker, 'run', '--rm', ...user, ...place, 'redis:7', 'redis-server', ...POLICY]
  return { url: `redis://127.0.0.1:${port}`, command }
}

/**
 * Redis does not notice when its launcher is killed; a shell that holds one end of a pipe does. When the other end, ours,
 * closes, however that comes, the shell ends Redis, waits for it and goes.
 */
const GUARD =
  '"$@" 3<&- & redis=$!; (read -r _ <&3; kill "$redis") 2>/dev/null & wait "$redis"; code=$?; kill $! 2>/dev/null; exit $code'

/** @param {readonly string[]} command */
const guarded = command =>
  spawn('/bin/sh', ['-c', GUARD, 'redis-guard', ...command], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })

/** @param {import('node:child_process').ChildProcess} guard */
const releaseGuard = guard => {
  const pipe = guard.stdio[3]
  if (pipe && 'destroy' in pipe) pipe.destroy()
}

/** Forgets all that the embedded Redis of this data directory holds. @param {string} dataDir */
export const forgetRedis = dataDir => rmSync(path.join(dataDir, 'redis'), { recursive: true, force: true })

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import type { RedisTarget } from '../../shared/redis/redis-settings.ts'

export type TemporaryRedis = {
  url: string
  target: RedisTarget
  /** The Unix socket. */
  socket: string
  /** Where its data is. */
  dir: string
  readonly pid: number | undefined
  /** For the test's own looks into the store. */
  redis: Redis
  /** Ends the server as `kill -9` would, or politely; the data stays. */
  stop(signal?: NodeJS.Signals): Promise<void>
  hasEnded(): boolean
  /** Starts it again on the data that it left, or on none. */
  start(options?: { empty: boolean }): Promise<void>
  close(): Promise<void>
}

/**
 * A real Redis of the test's own on a Unix socket in a temporary folder. Every write is on disk before it is answered.
 * @param place another folder, which is then left to its owner; further settings
 */
export async function temporaryRedis(place: { dir?: string; settings?: string[] } = {}): Promise<TemporaryRedis> {
  const dir = place.dir ?? (await mkdtemp(path.join(tmpdir(), 'neph-')))
  const socket = path.join(dir, 'redis.sock')
  let child: ChildProcess | undefined
  const redis = new Redis(socket, { lazyConnect: true, maxRetriesPerRequest: null, retryStrategy: () => 50 })
  redis.on('error', () => undefined)

  async function start({ empty }: { empty: boolean } = { empty: false }): Promise<void> {
    if (empty) await rm(path.join(dir, 'appendonlydir'), { recursive: true, force: true })
    const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', '', '--maxmemory-policy', 'noeviction']
    child = spawn(
      process.env.REDIS_SERVER ?? 'redis-server',
      ['--port', '0', '--unixsocket', socket, '--dir', dir, ...durable, ...(place.settings ?? [])],
      { stdio: 'ignore' },
    )
    await until(async () => (await redis.ping().catch(() => '')) === 'PONG', 'Redis to answer')
  }

  async function stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }

  await start()
  return {
    url: `unix://${socket}`,
    target: { address: { tls: false, place: { kind: 'socket', path: socket } } },
    socket,
    dir,
    get pid() {
      return child?.pid
    },
    redis,
    stop,
    hasEnded: () => child !== undefined && (child.exitCode !== null || child.signalCode !== null),
    start,
    async close() {
      redis.disconnect()
      await stop()
      if (place.dir === undefined) await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Waits until it holds; after `seconds`, many for a busy machine, the test fails with what was awaited. */
export async function until(holds: () => Promise<boolean> | boolean, what: string, seconds = 120): Promise<void> {
  for (const deadline = Date.now() + seconds * 1000; !(await holds()); await sleep(20))
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s for ${what}`)
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { until } from '../../test/support/temporary-redis.ts'
import { cpuSecondsOf, pinnedTo, residentBytesOf } from './measuring.ts'

const file = fileURLToPath(new URL('../../dist/server.js', import.meta.url))

export type BuiltServer = {
  /** Resolves with the ms until the server was ready. */
  start(): Promise<number>
  kill(): Promise<void>
  stop(): Promise<void>
  /** Of the process that was started last. Linux only. */
  cpuSeconds(): number
  rssBytes(): number
}

/** The built server as it is shipped, on core 0. It is not started yet. */
export function startServer(redisUrl: string, port: number): BuiltServer {
  let child: ChildProcess | undefined
  const unlimited = { HANDSHAKES_PER_MINUTE: '0', REQUESTS_PER_MINUTE: '0', CONNECTIONS_PER_ADDRESS: '0' }
  const environment = { REDIS_URL: redisUrl, PORT: String(port), ...unlimited, LOG_LEVEL: 'warn' }
  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }
  return {
    async start() {
      const began = performance.now()
      const [program = process.execPath, ...args] = [...pinnedTo(0), process.execPath, file]
      child = spawn(program, args, { env: { PATH: process.env.PATH, ...environment }, stdio: 'inherit' })
      const ready = () => fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
      await until(async () => (await ready())?.status === 200, 'the server to be ready', 60)
      return Math.round(performance.now() - began)
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    rssBytes: () => residentBytesOf(child?.pid ?? 0),
    cpuSeconds: () => cpuSecondsOf(child?.pid ?? 0),
  }
}

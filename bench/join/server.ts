import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { until } from '../../test/support/temporary-redis.ts'
import { pinnedTo } from '../support/cores.ts'
import { cpuSecondsOf } from '../support/process-cpu.ts'
import { residentBytesOf } from '../support/process-memory.ts'

const file = fileURLToPath(new URL('../../dist/server.js', import.meta.url))

export type OwnServer = {
  /** Returns when it is ready, with the ms that it took. */
  start(): Promise<number>
  /** Ends it as `kill -9` does. */
  kill(): Promise<void>
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>
  /** Of the process that was started last. */
  cpuSeconds(): number
  /** Its resident memory. Linux only. */
  rssBytes(): number
}

/** The built server as it is shipped, on core 0. */
export function startServer(redisUrl: string, port: number): OwnServer {
  let child: ChildProcess | undefined
  const unlimited = { HANDSHAKES_PER_MINUTE: '0', CONNECTIONS_PER_ADDRESS: '0' }
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

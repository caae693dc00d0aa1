import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from './free-port.ts'

export type RedisProcess = {
  port: number
  /** Ends it at once; its data stays. */
  kill(): Promise<void>
  /** Sends a signal that does not end it, such as SIGSTOP. */
  signal(name: NodeJS.Signals): void
  /** Starts it again on its data. */
  start(): void
  close(): Promise<void>
}

const program = process.env.REDIS_SERVER ?? 'redis-server'

/**
 * A real Redis on a loopback port, in a temporary folder.
 * @param configuration lines of its file; `%d` stands for the folder
 */
export async function redisProcess(
  configuration: readonly string[],
  mode: readonly string[] = [],
): Promise<RedisProcess> {
  const dir = await mkdtemp(path.join(tmpdir(), 'neph-redis-'))
  const port = await clusterPort()
  const file = path.join(dir, 'redis.conf')
  const lines = [`dir ${dir}`, 'bind 127.0.0.1', ...configuration]
  await writeFile(file, lines.map(line => `${line.replaceAll('%d', dir).replaceAll('%p', String(port))}\n`).join(''))
  let child: ChildProcess
  const start = () => {
    child = spawn(program, [file, ...mode], { stdio: 'ignore' })
  }
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  start()
  return {
    port,
    kill,
    signal: name => void child.kill(name),
    start,
    async close() {
      await kill()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Nodes of a cluster also listen on a port that is 10,000 higher. */
async function clusterPort(): Promise<number> {
  for (;;) {
    const port = await freePort()
    if (port < 55_000) return port
  }
}

/** What redis-cli prints. Throws, with that, when it fails. */
export const redisCli = (...args: string[]): string =>
  execFileSync(program.replace(/server$/, 'cli'), args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

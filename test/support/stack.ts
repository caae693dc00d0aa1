import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Event, ORIGIN } from '../../shared/domain/events.ts'
import { readEvents } from '../../shared/redis/event-stream.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator/server.ts'
import { simulatedSources } from '../simulator/sources.ts'
import { loadStory } from '../simulator/story.ts'
import { freePort } from './free-port.ts'
import { type Role, startRole } from './role.ts'
import { type TemporaryRedis, temporaryRedis, until } from './temporary-redis.ts'

/** The Redis of a stack, as far as the stack needs it. */
export type Store = Pick<TemporaryRedis, 'url' | 'redis' | 'close'> & {
  /** What it takes to connect beside the address. */
  environment?: Record<string, string>
}

export type Stack<S extends Store = TemporaryRedis> = {
  redis: S
  simulator: Simulator
  workers: Role
  server: Role
  url: string
  /** Replaces what the sources file says; workers read it when they start. */
  configure(sources: string): Promise<void>
  /** A further process of a role; a server gets a port of its own, which is in `url`. */
  another(name: 'workers' | 'server', environment?: Record<string, string>): Promise<{ role: Role; url: string }>
  /** All events in the stream, oldest first. */
  stream(): Promise<Event[]>
  ready(url?: string): Promise<void>
  close(): Promise<void>
}

export type StackOptions = Pick<SimulatorOptions, 'onServed'> & {
  story: string
  every?: string
  /** With the stacks of two teams. */
  hasTeams?: boolean
  environment?: Record<string, string>
}

/** The whole of Nephoscope on real parts: Redis, simulated sources, a worker process and a server process. */
export const startStack = async (options: StackOptions): Promise<Stack> => startStackOn(await temporaryRedis(), options)

/** The same on a Redis that is already there; it is closed with the stack. */
export async function startStackOn<S extends Store>(
  redis: S,
  { story, every = '500ms', hasTeams = false, environment = {}, ...hooks }: StackOptions,
): Promise<Stack<S>> {
  const simulator = await startSimulator({ story: loadStory(storyFile(story)), ...hooks })
  const dir = await mkdtemp(path.join(tmpdir(), 'neph-stack-'))
  const config = path.join(dir, 'sources.yaml')
  await writeFile(config, simulatedSources(simulator.url, { every, hasTeams }))

  const more = redis.environment ?? {}
  const common = { REDIS_URL: redis.url, NEPHOSCOPE_CONFIG: config, ...more, ...environment }
  const others: Role[] = []
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const workers = startRole('workers', common)
  const server = startRole('server', {
    ...common,
    PORT: String(port),
    HANDSHAKES_PER_MINUTE: '0',
    REQUESTS_PER_MINUTE: '0',
  })

  const stack: Stack<S> = {
    redis,
    simulator,
    workers,
    server,
    url,
    configure: sources => writeFile(config, sources),
    async another(name, more = {}) {
      const itsPort = await freePort()
      const role = startRole(name, {
        ...common,
        HANDSHAKES_PER_MINUTE: '0',
        REQUESTS_PER_MINUTE: '0',
        ...more,
        PORT: String(itsPort),
      })
      others.push(role)
      return { role, url: `http://127.0.0.1:${itsPort}` }
    },
    async stream() {
      return readEvents(redis.redis, ORIGIN, 1_000_000, (what, key, why) => {
        throw new Error(`${what} ${key}: ${why}`)
      })
    },
    ready: (at = url) =>
      until(async () => {
        if (at === url && server.ended() !== null) throw new Error(`the server has ended: ${server.output()}`)
        return (await fetch(`${at}/readyz`).catch(() => undefined))?.status === 200
      }, `${at} to be ready`),
    async close() {
      await Promise.all([workers, server, ...others].map(role => role.stop('SIGKILL')))
      await simulator.close()
      await redis.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
  return stack
}

const storyFile = (name: string): string => fileURLToPath(new URL(`../simulator/stories/${name}.yaml`, import.meta.url))

import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { type Simulator, startSimulator } from '../../simulator/server.ts'
import { simulatedSources } from '../../simulator/sources.ts'
import { loadStory } from '../../simulator/story.ts'
import { freePort } from '../../support/free-port.ts'
import { type Line, startLine } from '../../support/line.ts'
import { type Oracle, startOracle } from '../../support/oracle.ts'
import { type TemporaryRedis, temporaryRedis } from '../../support/temporary-redis.ts'
import { type Clock, clockIn } from './clock.ts'
import type { Part } from './fault.ts'
import { beImpatient } from './impatience.ts'
import { type KeptRole, keepRole } from './kept-role.ts'
import { linePart } from './line-part.ts'
import { namesIn } from './names.ts'
import { processPart } from './process-part.ts'
import { type RedisPart, redisPart } from './redis-part.ts'
import { sourceParts } from './source-part.ts'
import { subjects, type Turns, turns } from './story.ts'
import { socketWitness, streamWitness, type Witness } from './witness.ts'

/** Everything that can fail, running. */
export type Field = {
  store: TemporaryRedis
  simulator: Simulator
  oracle: Oracle
  turns: Turns
  roles: ReadonlyMap<string, KeptRole>
  /** Where the servers are, past all lines. */
  servers: readonly string[]
  witnesses: readonly Witness[]
  parts: readonly Part[]
  /** How often Redis lost its last second so far. */
  losses(): number
  /** Kinds of faults that cannot be inflicted on this machine, each with what is missing. */
  leftOut: readonly string[]
  /** Sources that were to be left alone for longer than their failures explain. */
  unexplained(): readonly string[]
  close(): Promise<void>
}

/** How often sources are read. */
const EVERY = '1s'
/** Room for what Redis writes, twice, as it rewrites it now and then. */
const DISK = '160m'
const isRoot = process.getuid?.() === 0 && process.platform === 'linux'

/** Redis, simulated sources, two workers, two servers and seven clients, with a line between any two that talk. */
export async function startField(): Promise<Field> {
  const dir = await mkdtemp(path.join(tmpdir(), 'neph-faults-'))
  const redisDir = path.join(dir, 'redis')
  mkdirSync(redisDir)
  if (isRoot) execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', redisDir])
  const clocks = new Map<string, Clock | undefined>(['worker', 'server'].map(name => [name, clockIn(dir, name)]))
  const names = isRoot ? await namesIn(dir) : undefined

  const store = await temporaryRedis({ dir: redisDir, settings: ['--auto-aof-rewrite-min-size', '16mb'] })
  const simulator = await startSimulator({ story: loadStory(storyFile) })
  const oracle = await startOracle(simulator)
  const lines: Line[] = []
  const line = async (...to: Parameters<typeof startLine>) => {
    const started = await startLine(...to)
    lines.push(started)
    return started
  }

  const toSources = await line(simulator.url)
  const config = path.join(dir, 'sources.yaml')
  await writeFile(config, await sourcesAt(`http://localhost:${toSources.port}`))
  const ports = [await freePort(), await freePort()]
  const parts: Part[] = [linePart('sources: line', toSources, { least: 3_000, most: 9_000 }, 1_500)]
  const roles = new Map<string, KeptRole>()

  for (const n of [1, 2] as const)
    for (const role of ['workers', 'server'] as const) {
      const toRedis = await line(() => ({ path: store.socket }))
      const name = `${role} ${n}`
      // One of each has the right time, as the other's clock is off.
      const clock = n === 1 ? clocks.get(role === 'workers' ? 'worker' : 'server') : undefined
      const environment = {
        REDIS_URL: `redis://127.0.0.1:${toRedis.port}`,
        NEPHOSCOPE_CONFIG: config,
        HANDSHAKES_PER_MINUTE: '0',
        REQUESTS_PER_MINUTE: '0',
        PORT: String(ports[n - 1]),
        ...clock?.environment,
      }
      const kept = keepRole(role, environment, role === 'workers' ? names?.inside : undefined)
      roles.set(name, kept)
      parts.push(processPart(name, kept, clock))
      parts.push(linePart(`${name} – Redis`, toRedis, { least: 1_000, most: 5_000 }, 3_000))
    }

  const witnesses = await startWitnesses(ports, line)
  for (const witness of witnesses)
    parts.push(linePart(`client – server`, witness.line, { least: 500, most: 3_000 }, 4_000))
  const ofRedis: RedisPart = redisPart(store, isRoot)
  const itsTurns = turns()
  const impatience = beImpatient(store.redis)
  parts.push(ofRedis, ...sourceParts(simulator, store.redis, itsTurns), ...(names ? [names.part] : []))

  return {
    store,
    simulator,
    oracle,
    turns: itsTurns,
    roles,
    servers: ports.map(port => `http://127.0.0.1:${port}`),
    witnesses,
    parts,
    losses: ofRedis.losses,
    unexplained: impatience.unexplained,
    leftOut: [
      ...(names === undefined ? ['a full disk and missing names (both need the rights of root on Linux)'] : []),
      ...(clocks.get('server') === undefined ? ['wrong clocks (they need the package libfaketime)'] : []),
    ],
    async close() {
      for (const witness of witnesses) witness.close()
      await Promise.all([...roles.values()].map(role => role.stop()))
      ofRedis.close()
      impatience.stop()
      names?.close()
      await Promise.all(lines.map(each => each.close()))
      await simulator.close()
      await store.close()
      if (isRoot) execFileSync('umount', [redisDir])
      await rm(dir, { recursive: true, force: true })
    },
  }
}

const storyFile = fileURLToPath(new URL('../../simulator/stories/road.yaml', import.meta.url))

/** The sources whose stories are told, and a probe. */
async function sourcesAt(url: string): Promise<string> {
  const all = Sources.parse(parse(simulatedSources(url, { every: EVERY })))
  const told = new Set(subjects.map(({ source }) => source))
  return stringify({
    ...all,
    sources: all.sources.filter(({ id, kind }) => told.has(id) || kind === 'probe'),
    feeds: all.feeds.filter(({ id }) => told.has(id)),
  })
}
const Sources = z.looseObject({
  sources: z.array(z.looseObject({ id: z.string(), kind: z.string() })),
  feeds: z.array(z.looseObject({ id: z.string() })),
})

/** Each comes to either server in turn, as behind a proxy that knows nothing of them. */
async function startWitnesses(
  ports: readonly number[],
  line: (to: () => { host: string; port: number }) => Promise<Line>,
) {
  let turn = 0
  const toServers = () => line(() => ({ host: '127.0.0.1', port: ports[turn++ % ports.length] ?? 0 }))
  const choices: [string, string[]][] = [
    ['all', ['all']],
    ['all again', ['all']],
    ['two regions', ['region/azure/westeurope', 'region/aws/us-east-1']],
    ['news', ['news']],
    ['status', ['status']],
    ['a provider and a country', ['provider/github', 'country/nl']],
  ]
  const witnesses: Witness[] = []
  for (const [name, channels] of choices) witnesses.push(socketWitness(name, channels, await toServers()))
  return [...witnesses, streamWitness('all, as an event stream', await toServers())]
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { toInstant } from '../shared/domain/primitives.ts'
import { keys } from '../shared/redis/keys.ts'
import { newPollState } from '../shared/redis/poll-state.ts'
import { startRole } from '../test/support/role.ts'
import { temporaryRedis, until } from '../test/support/temporary-redis.ts'
import { parseSources } from '../workers/config/source-config.ts'
import { readers } from '../workers/formats/registry.ts'
import { unpolled } from '../workers/poll/health.ts'
import type { QuietHosts } from './processes/quiet-hosts.ts'
import { startChild } from './support/child.ts'
import { cpuSecondsOf, quantile, rounded, warnWhenBusy } from './support/measuring.ts'

/** How late two workers poll thousands of quiet sources, each on a host of its own and once a minute. */

const SOURCES = Number(process.env.BENCH_SOURCES ?? 10_000)
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60)
/** A quiet source settles at twice the usual interval. */
const EVERY_S = 30
const INTERVAL_MS = EVERY_S * 2_000
const WORKERS = 2
const HEAD_START_MS = 2_000
const LATER_MS = 3_600_000

const redis = await temporaryRedis()
const dir = await mkdtemp(path.join(tmpdir(), 'neph-poll-'))
const hosts = startChild<QuietHosts>('quiet-hosts')
const addresses = Array.from({ length: SOURCES }, (_, n) => hostOf(n))
const port = await hosts.ask('open', addresses)
const ids = Array.from({ length: SOURCES }, (_, n) => `s${n}`)
const sources = `sources:\n${ids.map(sourceLine).join('')}`
const config = path.join(dir, 'sources.yaml')
await writeFile(config, sources)
await seedQuiet(sources)
const environment = { REDIS_URL: redis.url, NEPHOSCOPE_CONFIG: config, ALLOW_PRIVATE_SOURCES: '1' }
const workers = Array.from({ length: WORKERS }, () => startRole('workers', environment))
try {
  console.log(`${SOURCES} sources, each answers 304 once in ${INTERVAL_MS / 1000} s; ${WORKERS} workers, ${SECONDS} s`)
  warnWhenBusy()
  await until(() => workers.every(worker => worker.output().includes('workers are running')), 'the workers to run', 60)

  const from = Date.now() + HEAD_START_MS
  const due = await spreadDue(ids, from)
  await sleep(HEAD_START_MS)
  const pids = [...workers.map(worker => worker.pid), await redisPid()].map(Number)
  const before = pids.map(cpuSecondsOf)
  await sleep(from + SECONDS * 1000 - Date.now())
  const used = pids.map((pid, n) => (cpuSecondsOf(pid) - (before[n] ?? 0)) / SECONDS)
  await sleep(5_000) // sources that are due at the end may be late
  report(due, from + Math.min(SECONDS * 1000, INTERVAL_MS), new Map(await hosts.ask('firstRequests')), used)
} finally {
  await Promise.all(workers.map(worker => worker.stop()))
  await hosts.stop()
  await redis.close()
  await rm(dir, { recursive: true, force: true })
}

function sourceLine(id: string, n: number): string {
  return `  - { id: ${id}, kind: statuspage, url: 'http://${hostOf(n)}:${port}', provider: p${n % 500}, every: ${EVERY_S}s }\n`
}

async function redisPid(): Promise<number> {
  return Number(/process_id:(\d+)/.exec(await redis.redis.info('server'))?.[1])
}

function report(due: readonly number[], until: number, firstRequests: ReadonlyMap<number, number>, used: number[]) {
  const wanted = [...due.entries()].filter(([, at]) => at < until)
  // a source that was never polled counts as late until now
  const lateness = wanted.map(([host, at]) => (firstRequests.get(host) ?? Date.now()) - at)
  const [p50, p99, most] = [0.5, 0.99, 1].map(share => rounded(quantile(lateness, share), 0))
  const never = wanted.filter(([host]) => !firstRequests.has(host)).length
  const cores = used.slice(0, WORKERS).reduce((sum, share) => sum + share, 0)
  console.log(`${wanted.length} polls; late by p50 ${p50} ms, p99 ${p99} ms, at most ${most} ms; ${never} never came`)
  const [redisShare = '', ...shares] = used.map(share => share.toFixed(2)).reverse()
  console.log(`Cores: workers ${shares.reverse().join(' + ')}, Redis ${redisShare}`)
  const figures = { sources: SOURCES, latenessP50Ms: p50, latenessP99Ms: p99, cores: rounded(cores, 2) }
  console.log(JSON.stringify({ bench: 'poll', ...figures }))
}

/** Writes the store with all sources of the file long polled and quiet: at their longest interval. */
async function seedQuiet(sourcesFile: string): Promise<void> {
  const parsed = parseSources(sourcesFile, 'benchmark')
  if (!parsed.ok) throw new Error(parsed.error)
  const now = Date.now()
  const at = toInstant(now)
  const pipeline = redis.redis.pipeline()
  for (const config of parsed.value.sources.filter(source => source.kind !== 'probe')) {
    const polled = { intervalMs: config.everyMs * 2, lastPollAt: at, lastOkAt: at, httpStatus: 304 }
    const source = { ...unpolled(config), ...polled }
    const state = { ...newPollState(readers[config.kind].address(config.url)), etag: '"1"', healthSentAt: at }
    pipeline.hset(keys.sources, config.id, JSON.stringify(source))
    pipeline.hset(keys.polls, config.id, JSON.stringify(state))
    pipeline.zadd(keys.due, now + LATER_MS, config.id)
  }
  await pipeline.exec()
}

/** Makes the sources due at random over one interval from `from` on. Returns the instants in ms since the epoch. */
async function spreadDue(ids: readonly string[], from: number): Promise<number[]> {
  const dues = ids.map(() => Math.round(from + Math.random() * INTERVAL_MS))
  await redis.redis.zadd(keys.due, ...ids.flatMap((id, n) => [dues[n] ?? from, id]))
  return dues
}

/** The address of a source's own host: all of 127.0.0.0/8 is loopback on Linux. */
function hostOf(source: number): string {
  return `127.${1 + ((source >> 16) & 127)}.${(source >> 8) & 255}.${source & 255}`
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { toInstant } from '../shared/domain/primitives.ts'
import { keys } from '../shared/redis/keys.ts'
import { newPollState } from '../shared/redis/poll-state.ts'
import { loadVendors } from '../shared/vendors/catalogue.ts'
import { startRole } from '../test/support/role.ts'
import { temporaryRedis, until } from '../test/support/temporary-redis.ts'
import { parseSources, type SourceConfig } from '../workers/config/source-config.ts'
import { readers } from '../workers/formats/registry.ts'
import { unpolled } from '../workers/poll/health.ts'
import type { QuietHosts } from './processes/quiet-hosts.ts'
import { startChild } from './support/child.ts'
import { cpuSecondsOf, quantile, residentBytesOf, rounded, warnWhenBusy } from './support/measuring.ts'

/**
 * How late two workers poll thousands of quiet sources, each on a host of its own and once a minute; then what one
 * worker takes for as many vendors of the list as a large company depends on, all of them quiet.
 */

const SOURCES = Number(process.env.BENCH_SOURCES ?? 10_000)
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60)
/** A quiet source settles at twice the usual interval. */
const EVERY_S = 30
const INTERVAL_MS = EVERY_S * 2_000
const WORKERS = 2
/** Sources in one file. */
const LINES = 20_000
const VENDORS = Number(process.env.BENCH_VENDORS ?? 300)
const HEAD_START_MS = 2_000
const LATER_MS = 3_600_000

const redis = await temporaryRedis()
const dir = await mkdtemp(path.join(tmpdir(), 'neph-poll-'))
const config = path.join(dir, 'sources.yaml')
const hosts = startChild<QuietHosts>('quiet-hosts')
const addresses = Array.from({ length: Math.max(SOURCES, VENDORS) }, (_, n) => hostOf(n))
const port = await hosts.ask('open', addresses)
try {
  await manySources()
  await redis.redis.flushall()
  await vendorsByName()
} finally {
  await hosts.stop()
  await redis.close()
  await rm(dir, { recursive: true, force: true })
}

async function manySources(): Promise<void> {
  console.log(`${SOURCES} sources, each answers 304 once in ${INTERVAL_MS / 1000} s; ${WORKERS} workers, ${SECONDS} s`)
  const ids = Array.from({ length: SOURCES }, (_, n) => `s${n}`)
  await writeAndSeed(ids.map(sourceLine))
  await withWorkers(WORKERS, async pids => {
    const from = Date.now() + HEAD_START_MS
    const due = await spreadDue(ids, from, INTERVAL_MS)
    await sleep(HEAD_START_MS)
    const used = await coresOf(pids, from + SECONDS * 1000)
    await sleep(5_000) // sources that are due at the end may be late
    report(due, from + Math.min(SECONDS * 1000, INTERVAL_MS), new Map(await hosts.ask('firstRequests')), used)
  })
}

/** Vendors by their names, except that their hosts are ours: each path on one of its own. */
async function vendorsByName(): Promise<void> {
  const { vendors } = await loadVendors(new URL('../shared/vendors/', import.meta.url))
  const sources = [...vendors.values()].flatMap(({ source }) => source ?? []).slice(0, VENDORS)
  console.log(`${sources.length} vendors by name, each answers 304; 1 worker, ${SECONDS} s`)
  const lines = sources.map(({ id, kind, provider, url }, n) => {
    const { pathname, search } = new URL(url)
    return `  - { id: '${id}', kind: ${kind}, url: 'http://${hostOf(n)}:${port}${pathname}${search}', private: true, provider: '${provider}' }\n`
  })
  const everyMs = await writeAndSeed(lines)
  await withWorkers(1, async pids => {
    await spreadDue(
      sources.map(({ id }) => id),
      Date.now(),
      everyMs * 2,
    )
    const [cores = 0] = await coresOf(pids, Date.now() + SECONDS * 1000)
    const asked = (await hosts.ask('firstRequests')).length
    const mb = Math.round(residentBytesOf(pids[0] ?? 0) / 1024 / 1024)
    console.log(`${asked} hosts asked; workers ${mb} MB (goal 250), ${cores.toFixed(3)} cores (goal 0.2)`)
    const figures = { vendors: sources.length, workersMb: mb, workersCores: rounded(cores, 3) }
    console.log(JSON.stringify({ bench: 'poll-vendors', ...figures }))
  })
}

/** Runs the workers on the sources file. @param during gets their process ids, then that of Redis */
async function withWorkers(count: number, during: (pids: number[]) => Promise<void>): Promise<void> {
  const environment = { REDIS_URL: redis.url, NEPHOSCOPE_CONFIG: config }
  const workers = Array.from({ length: count }, () => startRole('workers', environment))
  try {
    warnWhenBusy()
    await until(
      () => workers.every(worker => worker.output().includes('workers are running')),
      'the workers to run',
      60,
    )
    await during([...workers.map(worker => worker.pid), await redisPid()].map(Number))
  } finally {
    await Promise.all(workers.map(worker => worker.stop()))
  }
}

/** Cores that each process uses until an instant in ms since the epoch. */
async function coresOf(pids: readonly number[], until: number): Promise<number[]> {
  const [before, from] = [pids.map(cpuSecondsOf), Date.now()]
  await sleep(until - from)
  const seconds = (Date.now() - from) / 1000
  return pids.map((pid, n) => (cpuSecondsOf(pid) - (before[n] ?? 0)) / seconds)
}

function sourceLine(id: string, n: number): string {
  return `  - { id: ${id}, kind: statuspage, url: 'http://${hostOf(n)}:${port}', private: true, provider: p${n % 500}, every: ${EVERY_S}s }\n`
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

/**
 * Writes the sources file, and a store with all of its sources long polled and quiet: at their longest interval.
 * Returns their usual interval in ms.
 */
async function writeAndSeed(lines: readonly string[]): Promise<number> {
  const files = inFiles(lines)
  const configs: SourceConfig[] = []
  for (const [n, sourcesFile] of files.entries()) {
    const name = n === 0 ? config : path.join(dir, `more-${n}.yaml`)
    const include = n === 0 ? files.slice(1).map((_, other) => `more-${other + 1}.yaml`) : []
    await writeFile(name, `${sourcesFile}${include.length > 0 ? `include: [${include.join(', ')}]\n` : ''}`)
    const parsed = parseSources(sourcesFile, 'benchmark')
    if (!parsed.ok) throw new Error(parsed.error)
    configs.push(...parsed.value.sources)
  }
  const now = Date.now()
  const at = toInstant(now)
  const pipeline = redis.redis.pipeline()
  for (const config of configs.filter(source => source.kind !== 'probe' && source.kind !== 'inbound')) {
    const polled = { intervalMs: config.everyMs * 2, lastPollAt: at, lastOkAt: at, httpStatus: 304 }
    const source = { ...unpolled(config), ...polled }
    const state = { ...newPollState(readers[config.kind].address(config.url)), etag: '"1"', healthSentAt: at }
    pipeline.hset(keys.sources, config.id, JSON.stringify(source))
    pipeline.hset(keys.polls, config.id, JSON.stringify(state))
    pipeline.zadd(keys.due, now + LATER_MS, config.id)
  }
  await pipeline.exec()
  return configs[0]?.everyMs ?? 0
}

/** A sources file may have four million characters. */
function inFiles(lines: readonly string[]): string[] {
  const files: string[] = []
  for (let at = 0; at < lines.length; at += LINES) files.push(`sources:\n${lines.slice(at, at + LINES).join('')}`)
  return files
}

/** Makes the sources due at random over one interval from `from` on. Returns the instants in ms since the epoch. */
async function spreadDue(ids: readonly string[], from: number, intervalMs: number): Promise<number[]> {
  const dues = ids.map(() => Math.round(from + Math.random() * intervalMs))
  const pipeline = redis.redis.pipeline()
  for (const [n, id] of ids.entries()) pipeline.zadd(keys.due, dues[n] ?? from, id)
  await pipeline.exec()
  return dues
}

/** The address of a source's own host: all of 127.0.0.0/8 is loopback on Linux. */
function hostOf(source: number): string {
  return `127.${1 + ((source >> 16) & 127)}.${(source >> 8) & 255}.${source & 255}`
}

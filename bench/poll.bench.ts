import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startRole } from '../test/support/role.ts'
import { temporaryRedis, until } from '../test/support/temporary-redis.ts'
import type { Answering } from './poll/answering.ts'
import { hostOf } from './poll/hosts.ts'
import { seedQuiet, spreadDue } from './poll/seed.ts'
import { sayWhenBusy } from './support/busy.ts'
import { startChild } from './support/child.ts'
import { quantile, rounded } from './support/figures.ts'
import { cpuSecondsOf } from './support/process-cpu.ts'

/** How late thousands of quiet sources are read by two workers, each source on a host of its own and once a minute. */

const SOURCES = Number(process.env.BENCH_SOURCES ?? 10_000)
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60)
/** What a quiet source settles at is twice the usual interval. */
const EVERY_S = 30
const INTERVAL_MS = EVERY_S * 2_000
const WORKERS = 2
/** Between the last worker's start and the first due instant, in ms. */
const HEAD_START_MS = 2_000

const redis = await temporaryRedis()
const dir = await mkdtemp(path.join(tmpdir(), 'neph-poll-'))
const answering = startChild<Answering>(new URL('poll/answering.ts', import.meta.url))
const port = await answering.ask('open', SOURCES)
const ids = Array.from({ length: SOURCES }, (_, n) => `s${n}`)
const sources = `sources:\n${ids.map(line).join('')}`
const config = path.join(dir, 'sources.yaml')
await writeFile(config, sources)
await seedQuiet(redis.redis, sources)
const environment = { REDIS_URL: redis.url, NEPHOSCOPE_CONFIG: config, ALLOW_PRIVATE_SOURCES: '1' }
const workers = Array.from({ length: WORKERS }, () => startRole('workers', environment))
try {
  console.log(
    `${SOURCES} sources that answer 304, each once in ${INTERVAL_MS / 1000} s; ${WORKERS} workers, ${SECONDS} s`,
  )
  sayWhenBusy()
  await until(() => workers.every(worker => worker.output().includes('workers are running')), 'the workers to run', 60)

  const from = Date.now() + HEAD_START_MS
  const due = await spreadDue(redis.redis, ids, from, INTERVAL_MS)
  await sleep(HEAD_START_MS)
  const pids = [...workers.map(worker => worker.pid), await redisPid()].map(Number)
  const before = pids.map(cpuSecondsOf)
  await sleep(from + SECONDS * 1000 - Date.now())
  const used = pids.map((pid, n) => (cpuSecondsOf(pid) - (before[n] ?? 0)) / SECONDS)
  await sleep(5_000) // who is due at the end may be late
  report(due, from + Math.min(SECONDS * 1000, INTERVAL_MS), new Map(await answering.ask('asked')), used)
} finally {
  await Promise.all(workers.map(worker => worker.stop()))
  await answering.stop()
  await redis.close()
  await rm(dir, { recursive: true, force: true })
}

function line(id: string, n: number): string {
  return `  - { id: ${id}, kind: statuspage, url: 'http://${hostOf(n)}:${port}', provider: p${n % 500}, every: ${EVERY_S}s }\n`
}

async function redisPid(): Promise<number> {
  return Number(/process_id:(\d+)/.exec(await redis.redis.info('server'))?.[1])
}

function report(due: readonly number[], until: number, asked: ReadonlyMap<number, number>, used: number[]): void {
  const wanted = [...due.entries()].filter(([, at]) => at < until)
  // A source that was not asked at all is as late as can be.
  const lateness = wanted.map(([host, at]) => (asked.get(host) ?? Date.now()) - at)
  const [p50, p99, most] = [0.5, 0.99, 1].map(share => rounded(quantile(lateness, share), 0))
  const never = wanted.filter(([host]) => !asked.has(host)).length
  const cores = used.slice(0, WORKERS).reduce((sum, share) => sum + share, 0)
  console.log(`${wanted.length} polls; late by p50 ${p50} ms, p99 ${p99} ms, at most ${most} ms; ${never} never came`)
  console.log(
    `Cores: workers ${used
      .slice(0, WORKERS)
      .map(share => share.toFixed(2))
      .join(' + ')}, Redis ${used.at(-1)?.toFixed(2)}`,
  )
  console.log(
    JSON.stringify({
      bench: 'poll',
      sources: SOURCES,
      latenessP50Ms: p50,
      latenessP99Ms: p99,
      cores: rounded(cores, 2),
    }),
  )
}

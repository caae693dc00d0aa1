import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'vitest'
import type { SourceKind } from '../../../shared/domain/source.ts'
import { startRole } from '../../support/role.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../../support/temporary-redis.ts'
import { type Abuse, abuse, page } from './abuse.ts'
import { goodKinds, goodPages } from './good-pages.ts'
import { watchLateness } from './lateness.ts'
import { openSite, type Site } from './server.ts'
import { type End, endsIn, expectSoundStore } from './store.ts'

/** What the worker's memory may have grown by after all sources have done their worst once, in MB. */
const MOST_GROWTH_MB = 64
/** Quiet sources are read at most this often: at 1 s, stretched to twice that, give or take a tenth. */
const SLOWEST_PACE_S = 2.2

/**
 * A real worker process reads a source an abuse and ten good ones, until each abuse (read `every` so often) has come to its
 * end, and then each good one has been read `readings` times more. Throws where one of the promises does not hold: every abuse ends as the table
 * says, the worker lives on in its memory, the good sources keep their pace, and the store stays sound.
 */
export async function endure(
  abuses: readonly Abuse[],
  { every, readings }: { every: string; readings: number },
): Promise<void> {
  const redis = await temporaryRedis()
  const dir = await mkdtemp(path.join(tmpdir(), 'neph-hostile-'))
  const bad = await Promise.all(abuses.map(openSite))
  const good = await Promise.all(goodSources().map(openSite))
  const config = path.join(dir, 'sources.yaml')
  await writeFile(config, sourcesFile(bad, good, every))
  const worker = startRole('workers', { REDIS_URL: redis.url, NEPHOSCOPE_CONFIG: config, LOG_LEVEL: 'warn' })
  const { pid } = worker
  try {
    await untilEachEnded(redis, abuses).catch(({ message }: Error) => {
      throw new Error(`${message}\n${worker.output().slice(-2000)}`)
    })
    const before = await residentMb(pid)
    const watching = watchLateness(redis.redis, good)
    const visits = new Map(good.map(site => [site.id, site.visits()]))
    await until(
      () => good.every(site => site.visits() >= (visits.get(site.id) ?? 0) + readings),
      `every good source to be read ${readings} times more`,
      readings * SLOWEST_PACE_S * 2,
    )
    const lateness = watching.ended()
    expect(bad.filter(site => site.visits() === 0).map(site => site.id)).toEqual([])
    const ends = await endsIn(redis.redis)
    const wrong = abuses.filter(each => !isAsForetold(each, ends.get(each.name)) && !isLate(ends.get(each.name)))
    expect(wrong.map(({ name }) => [name, ends.get(name)])).toEqual([])
    for (const { id } of good) expect(ends.get(id), id).toEqual({ error: null, records: 1 })
    await expectSoundStore(redis.redis)
    expect(unexpected(worker.output())).toEqual([])
    const after = await residentMb(pid)
    if (before !== null && after !== null) expect(after - before).toBeLessThan(MOST_GROWTH_MB)
    const share = (part: number) => lateness[Math.floor(lateness.length * part)]
    console.log(
      `${abuses.length} abuses; ${lateness.length} readings of good sources, late by p50 ${share(0.5)} ms, p99 ${share(0.99)} ms; memory grew by ${Math.round((after ?? 0) - (before ?? 0))} MB`,
    )
    expect(await worker.stop()).toBe(0)
    expect(worker.pid).toBe(pid)
  } finally {
    await worker.stop('SIGKILL')
    for (const site of [...bad, ...good]) site.close()
    await redis.close()
    await rm(dir, { recursive: true, force: true })
  }
}

/** Waits until each abuse has come to its end once; a busy machine may make any of them late before and after. */
async function untilEachEnded({ redis }: TemporaryRedis, abuses: readonly Abuse[]): Promise<void> {
  const waiting = new Set(abuses)
  let ends = new Map<string, End>()
  const look = async () => {
    ends = await endsIn(redis)
    for (const each of waiting) if (isAsForetold(each, ends.get(each.name))) waiting.delete(each)
    return waiting.size === 0
  }
  await until(look, 'the ends foretold', 180).catch(({ message }: Error) => {
    throw new Error(`${message}: ${JSON.stringify([...waiting].map(({ name }) => [name, ends.get(name)]))}`)
  })
}

function isAsForetold({ ends }: Abuse, end: End | undefined): boolean {
  if (end === undefined) return false
  if (typeof ends === 'number') return end.error === null && end.records === ends
  return end.error !== null && /^[^\n]{4,300}$/.test(end.error) && ends.test(end.error)
}

/** What a worker said beside that an address is gone for good. */
const unexpected = (output: string): string[] =>
  output.split('\n').filter(line => line !== '' && !line.includes('"source":"gone"'))

const isLate = (end: End | undefined): boolean => /^timeout after [\d.]+ s$/.test(end?.error ?? '')

/** Two of each kind. */
const goodSources = (): Abuse[] =>
  goodKinds.flatMap(kind => [1, 2].map(n => abuse(`good-${kind}-${n}`, kind, 1, page(goodPages[kind]))))

const providers = new Map<SourceKind, string>([
  ['azure-rss', 'azure'],
  ['aws-events', 'aws'],
  ['google-incidents', 'google'],
])

function sourcesFile(bad: readonly Site[], good: readonly Site[], every: string): string {
  const line = ({ id, kind, url, heavy }: Site, pace: string) => {
    const what = kind === 'feed' ? '' : `kind: ${kind}, provider: ${providers.get(kind) ?? id}, `
    return {
      isFeed: kind === 'feed',
      text: `  - { id: ${id}, ${what}url: '${url}', private: true, every: ${heavy ? '20s' : pace} }\n`,
    }
  }
  const lines = [...bad.map(site => line(site, every)), ...good.map(site => line(site, '1s'))]
  const list = (feeds: boolean) => lines.filter(({ isFeed }) => isFeed === feeds).map(({ text }) => text)
  return `sources:\n${list(false).join('')}feeds:\n${list(true).join('')}`
}

/** Resident memory of a process in MB; null where the system does not tell it in /proc. */
async function residentMb(pid: number | undefined): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const [, kb] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? []
  return kb === undefined ? null : Number(kb) / 1024
}

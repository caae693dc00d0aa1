import { createHash } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { appendEvent, seedBusyStore } from '../../bench/support/busy-store.ts'
import { exportStore } from '../../ops/backup/export.ts'
import { writeBackup } from '../../ops/backup/file.ts'
import { restore } from '../../ops/backup/restore.ts'
import { withMaintenanceLease } from '../../ops/store.ts'
import { awaitEvents, isInStream } from '../../shared/redis/event-stream.ts'
import {
  historyKey,
  keptTypeOf,
  keys,
  pairingsOfKey,
  queuePrefix,
  restoringKey,
  screenKey,
  screenshotKey,
  workerKey,
} from '../../shared/redis/keys.ts'
import { ensureSchema } from '../../shared/redis/migrate.ts'
import { minutesAgo } from '../support/builders.ts'
import { type TemporaryRedis, temporaryRedis } from '../support/temporary-redis.ts'

let server: TemporaryRedis
let dir: string
let file: string
beforeAll(async () => {
  server = await temporaryRedis()
  dir = await mkdtemp(path.join(tmpdir(), 'neph-backup-'))
  await fill()
  file = await backUp('whole')
})
afterAll(async () => {
  await server.close()
  await rm(dir, { recursive: true })
})
beforeEach(() => server.redis.flushall())

const takenAt = minutesAgo(0)
const told: string[] = []
const ids: string[] = []
let before: Record<string, unknown>

/** A busy day's store, and something behind every other key that is kept; the stream has been trimmed, and its newest entry is gone. */
async function fill(): Promise<void> {
  const { redis } = server
  await ensureSchema(redis)
  await seedBusyStore(redis)
  const texts = ['plain', '{"json":"ü, \\u2028, 🌩"}', '', 'line\nline', '"quoted\\']
  for (const key of [...Object.values(keys), historyKey('aws/eu-west-1'), screenKey('lobby')]) {
    const fate = keptTypeOf(key)
    if (key === keys.versions || (await redis.exists(key)) === 1) continue
    if (fate === 'string') await redis.set(key, texts[1] ?? '')
    if (fate === 'hash') for (const text of texts) await redis.hset(key, `id of ${text}`, text)
    if (fate === 'zset') for (const [n, text] of texts.entries()) await redis.zadd(key, n * 1e12 + 0.5, `${text}${n}`)
    if (fate === 'list') await redis.rpush(key, ...texts)
  }
  await redis.hset(keys.versions, { a: 7, b: 12 })
  ids.push(...(await Promise.all(Array.from({ length: 1_200 }, (_, n) => appendEvent(redis, n)))))
  await redis.xtrim(keys.events, 'MAXLEN', 1_100)
  await redis.xdel(keys.events, ids.pop() ?? '')
  before = await contents()
  await redis.set(keys.rollUpLease, 'somebody')
  await redis.hset(screenKey('lobby'), 'connection', 'somewhere', 'network', '192.0.2.1')
  await redis.sadd(pairingsOfKey('192.0.2.1'), 'ACDEFG')
  await redis.mset(
    screenshotKey('lobby'),
    '{}',
    workerKey('host'),
    'now',
    `${queuePrefix}:polls:1`,
    'a job',
    '{nephoscope}:odd',
    '?',
  )
  await redis.zadd(keys.due, 1, 'a')
}

/** All that the store holds, key by key. */
async function contents(): Promise<Record<string, unknown>> {
  const { redis } = server
  const all: Record<string, unknown> = {}
  for (const key of (await redis.keys('*')).sort()) {
    const type = await redis.type(key)
    if (type === 'string') all[key] = await redis.get(key)
    else if (type === 'hash') all[key] = await redis.hgetall(key)
    else if (type === 'zset') all[key] = await redis.zrange(key, '0', '-1', 'WITHSCORES')
    else if (type === 'list') all[key] = await redis.lrange(key, '0', '-1')
    else all[key] = await redis.xrange(key, '-', '+')
  }
  return all
}

async function backUp(name: string): Promise<string> {
  const target = path.join(dir, name)
  await withMaintenanceLease(server.redis, async () => {
    const { header, lines, unknown } = await exportStore(server.redis, takenAt)
    told.push(...unknown)
    return writeBackup(target, header, lines)
  })
  return target
}

const refuseInvalid = (what: string, key: string, why: string) => {
  throw new Error(`${what} ${key}: ${why}`)
}

test('what waited to be sent in a backup is not due after a restore', async () => {
  const { redis } = server
  await redis.zadd(keys.lanesDue, 1, 'team c1')
  await redis.hset(keys.laneHolders, 'team c1', 'somebody')
  await redis.set(keys.notifyLease, 'somebody')
  expect(await restore(redis, file, { force: true })).toMatchObject({ ok: true })
  expect(await redis.exists(keys.lanesDue, keys.laneHolders, keys.notifyLease)).toBe(0)
})

test('a restored store holds every key as it was, without what passes, and says that it is restored', async () => {
  expect(told).toEqual(['{nephoscope}:odd'])
  expect(await restore(server.redis, file, { force: false })).toMatchObject({
    ok: true,
    value: { header: { takenAt } },
  })
  const after = await contents()
  const entries = after[keys.events]
  const told_ = Array.isArray(entries) ? entries.pop() : undefined
  expect(told_).toEqual([expect.any(String), ['anew', '1']])
  expect(after[keys.versions]).toEqual({ a: '8', b: '13' })
  delete after[keys.rollUpLease]
  expect(after).toEqual({ ...before, [keys.versions]: after[keys.versions] })
  expect(await server.redis.ttl(keys.incidents)).toBe(-1)
})

test('the stream goes on as it was: its ids stand, what was trimmed does not, and followers are told', async () => {
  await restore(server.redis, file, { force: false })
  expect(await isInStream(server.redis, ids[500] ?? '')).toBe(true)
  expect(await isInStream(server.redis, ids[3] ?? '')).toBe(false)
  expect(await isInStream(server.redis, '0-0')).toBe(false)
  const info: unknown[] = z.array(z.unknown()).parse(await server.redis.xinfo('STREAM', keys.events))
  expect(info[info.indexOf('entries-added') + 1]).toBe(1_201)
  expect(await awaitEvents(server.redis, ids.at(-1) ?? '', 10, 1, refuseInvalid)).toMatchObject({
    mustReload: true,
    events: [],
  })
})

test('a store that holds something is replaced only by force, and then nothing of before is left', async () => {
  await server.redis.hset(keys.notices, 'mine', '{}')
  await server.redis.hset(keys.versions, 'b', 40)
  await server.redis.rpush(historyKey('gone/region'), '1 operational')
  const later = `${Date.now() + 5_000}-7`
  await server.redis.xadd(keys.events, later, 'event', '{}')
  expect(await restore(server.redis, file, { force: false })).toMatchObject({
    ok: false,
    error: expect.stringMatching(/holds 4 keys of Nephoscope already: add --force/),
  })
  expect(await server.redis.hgetall(keys.notices)).toEqual({ mine: '{}' })

  expect(await restore(server.redis, file, { force: true })).toMatchObject({ ok: true })
  expect(await server.redis.hexists(keys.notices, 'mine')).toBe(0)
  expect(await server.redis.exists(historyKey('gone/region'))).toBe(0)
  expect(await server.redis.hgetall(keys.versions)).toEqual({ a: '8', b: '41' })
  // whoever has followed the stream of before is told as well
  expect(await awaitEvents(server.redis, later, 10, 1, refuseInvalid)).toMatchObject({ mustReload: true })
  expect(await isInStream(server.redis, later)).toBe(false)
})

test('a backup under writes is the state of one instant: every record is as its event says', async () => {
  const write = `redis.call('HSET', KEYS[1], 'n', ARGV[1]); redis.call('XADD', KEYS[2], '*', 'event', ARGV[1])`
  await ensureSchema(server.redis)
  const writer = server.redis.duplicate()
  let stopped = false
  const writing = (async () => {
    for (let n = 1; !stopped; n++) await writer.eval(write, 2, keys.incidents, keys.events, n)
  })()
  await new Promise(resolve => setTimeout(resolve, 100))
  const target = await backUp('moving')
  stopped = true
  await writing
  writer.disconnect()
  await restore(server.redis, target, { force: true })
  const newest = (await server.redis.xrevrange(keys.events, '+', '-', 'COUNT', 2)).at(-1)
  expect(Number(newest?.[1][1])).toBeGreaterThan(1)
  expect(newest?.[1][1]).toBe(await server.redis.hget(keys.incidents, 'n'))
})

test.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
  ['cut short', bytes => bytes.subarray(0, bytes.length / 2), /is cut short: its end is missing$/],
  ['cut at a line', bytes => repacked(bytes, lines => lines.slice(0, -1)), /is cut short: its last line is missing$/],
  ['of which a bit has flipped', flipped, /is damaged/],
  [
    'of which a line is gone',
    bytes => repacked(bytes, lines => lines.toSpliced(3, 1)),
    /is damaged: \d+ lines were written, \d+ are there$/,
  ],
  [
    'of which a word was changed',
    bytes => repacked(bytes, lines => lines.map(line => line.replace('degraded', 'demented'))),
    /has been changed since it was written/,
  ],
  [
    'that names another key',
    bytes => repacked(bytes, lines => lines.map(line => line.replace('{nephoscope}:incidents"', 'root"'))),
    /is damaged: line \d+ /,
  ],
  [
    'of a newer schema',
    bytes => repacked(bytes, ([first = '', ...lines]) => [first.replace('"schema":2', '"schema":3'), ...lines], true),
    /is of schema version 3, this build knows version 2/,
  ],
  ['that is none', () => gzipSync('{"some":"file"}\n'), /is no backup of Nephoscope: line 1/],
  ['that is no archive', () => Buffer.from('hello'), /is damaged, or no backup of Nephoscope$/],
])('a backup %s is refused in one line, and nothing is written', async (name, spoil, says) => {
  const spoilt = path.join(dir, name.replaceAll(' ', '-'))
  await writeFile(spoilt, spoil(await readFile(file)))
  const refused = await restore(server.redis, spoilt, { force: true })
  expect(refused).toEqual({ ok: false, error: expect.stringMatching(says) })
  expect(refused.ok || refused.error.split('\n')).toHaveLength(1)
  expect(await server.redis.keys('*')).toEqual([])
})

test('a restore that was killed leaves nothing behind that anybody reads, and the next one begins anew', async () => {
  await server.redis.hset(restoringKey(keys.incidents), 'half', '{}')
  await restore(server.redis, file, { force: false })
  expect(await server.redis.hexists(keys.incidents, 'half')).toBe(0)
  expect(await server.redis.keys('*restoring*')).toEqual([])
})

test('one at a time backs up, restores or migrates', async () => {
  await ensureSchema(server.redis)
  await withMaintenanceLease(server.redis, async () => {
    await expect(backUp('second')).rejects.toThrow(/try again/)
    await expect(restore(server.redis, file, { force: true })).rejects.toThrow(/try again/)
  })
})

test('a backup is for its owner alone, and writes over no file', async () => {
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await ensureSchema(server.redis)
  const size = (await stat(file)).size
  await expect(backUp('whole')).rejects.toThrow(/EEXIST/)
  expect((await stat(file)).size).toBe(size)
})

test.each<[string, (foreign: string, partial: string) => Promise<void>]>([
  ['a file that all may read', (_, partial) => writeFile(partial, '').then(() => chmod(partial, 0o666))],
  ['a link to a file of ours', symlink],
])('what others put where a process would write first is not written to: %s', async (what, place) => {
  await ensureSchema(server.redis)
  const name = `placed ${what}`
  const foreign = path.join(dir, `foreign ${what}`)
  await writeFile(foreign, 'as it was')
  await place(foreign, path.join(dir, `${name}.${process.pid}.partial`))
  const target = await backUp(name)
  expect((await stat(target)).mode & 0o777).toBe(0o600)
  expect(await readFile(foreign, 'utf8')).toBe('as it was')
})

test('until a backup is whole nothing bears its name', async () => {
  await ensureSchema(server.redis)
  const name = path.join(dir, 'slow.jsonl.gz')
  const { header, lines } = await exportStore(server.redis, takenAt)
  const seen: string[][] = []
  async function* watched() {
    seen.push(await readdir(dir))
    yield* lines
  }
  await writeBackup(name, header, watched())
  expect(seen.flat().filter(entry => entry === 'slow.jsonl.gz')).toEqual([])
  expect((await readdir(dir)).filter(entry => entry.startsWith('slow'))).toEqual(['slow.jsonl.gz'])
})

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  copy[copy.length >> 1] = (copy[copy.length >> 1] ?? 0) ^ 4
  return copy
}

/** The same archive with other lines; with a right checksum where it is not the checksum that is to be refused. */
function repacked(bytes: Buffer, change: (lines: string[]) => string[], resealed = false): Buffer {
  const lines = change(gunzipSync(bytes).toString().trimEnd().split('\n'))
  if (resealed) {
    const text = lines.slice(0, -1).map(line => `${line}\n`)
    const sha256 = createHash('sha256').update(text.join('')).digest('hex')
    lines[lines.length - 1] = JSON.stringify({ kind: 'end', lines: text.length, sha256 })
  }
  return gzipSync(lines.map(line => `${line}\n`).join(''))
}

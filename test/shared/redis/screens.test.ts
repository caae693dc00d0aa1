import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CODE_LIFETIME_MS } from '../../../shared/domain/screen.ts'
import {
  addPairing,
  admitScreen,
  countWaiting,
  MAX_WAITING,
  MAX_WAITING_OF_ADDRESS,
  readPairing,
} from '../../../shared/redis/pairings.ts'
import {
  disconnectScreen,
  FORGET_AFTER_MS,
  forgetSilentScreens,
  listScreenDigests,
  listScreens,
  MAX_SCREENS,
  MAX_SCREENS_OF_ADDRESS,
  readScreen,
  reportScreen,
} from '../../../shared/redis/screens.ts'
import { type TemporaryRedis, temporaryRedis } from '../../support/temporary-redis.ts'
import { reportOf } from '../../support/wall-servers.ts'

let store: TemporaryRedis
beforeAll(async () => {
  store = await temporaryRedis()
})
afterAll(() => store.close())

const NOW = Date.parse('2026-01-01T12:00:00Z')
const newId = () => randomBytes(16).toString('hex')
const unexpected = (what: string, key: string, why: string) => {
  throw new Error(`${what} ${key}: ${why}`)
}
const report = (id: string, more = {}) =>
  // from an address of its own, where a test says nothing of it
  reportScreen(store.redis, reportOf(id), { connection: 'c1', admitted: false, network: id, now: NOW, ...more })
const wait = (code: string, network: string, now = NOW) =>
  addPairing(store.redis, { code, digest: 'd'.repeat(64), network }, now)
async function admitted(now: number): Promise<string> {
  const [id, code] = [newId(), 'ACDEFG']
  await wait(code, 'an office', now)
  expect(await admitScreen(store.redis, { code, id, name: 'Lobby', place: '' }, now)).toBe('admitted')
  await store.redis.del(`{nephoscope}:pairing:${code}`)
  return id
}

test('the end of a connection that another has replaced changes nothing', async () => {
  const id = newId()
  await report(id)
  await report(id, { connection: 'c2' })
  expect(await disconnectScreen(store.redis, id, 'c1')).toBe(false)
  expect((await readScreen(store.redis, id, unexpected))?.connected).toBe(true)
  expect(await disconnectScreen(store.redis, id, 'c2')).toBe(true)
  expect((await readScreen(store.redis, id, unexpected))?.connected).toBe(false)
})

test('a screen whose token no longer counts leaves no trace', async () => {
  const id = newId()
  expect(await report(id, { admitted: true })).toBe('withdrawn')
  expect(await readScreen(store.redis, id, unexpected)).toBeUndefined()
})

test('who is silent for too long is forgotten, and no longer admitted', async () => {
  const [old, young] = [await admitted(NOW), await admitted(NOW + 1)]
  expect(await forgetSilentScreens(store.redis, NOW + FORGET_AFTER_MS + 1)).toContain(old)
  expect([...(await listScreenDigests(store.redis)).keys()]).toEqual([young])
})

test('where there is no room, strangers that are gone make it, never who was admitted or is there', async () => {
  await store.redis.flushall()
  const own = await admitted(NOW - 1000)
  const there = newId()
  await report(there, { now: NOW - 900 })
  const gone = Array.from({ length: MAX_SCREENS - 2 }, newId)
  for (const id of gone) {
    await report(id)
    await disconnectScreen(store.redis, id, 'c1')
  }
  const late = newId()
  expect(await report(late, { now: NOW + 1 })).toMatchObject({ watched: false })
  const ids = (await listScreens(store.redis, unexpected)).map(({ id }) => id)
  expect(ids).toHaveLength(MAX_SCREENS)
  for (const id of [own, there, late]) expect(ids).toContain(id)
  for (const id of gone) await report(id)
  expect(await report(newId(), { now: NOW + 2 })).toBe('full')
})

test('codes that are over do not wait, and a code is given once', async () => {
  await store.redis.flushall()
  expect(await wait('ACDEFG', 'here')).toBe('kept')
  expect(await wait('ACDEFG', 'there')).toBe('taken')
  expect(await countWaiting(store.redis, NOW)).toBe(1)
  expect(await countWaiting(store.redis, NOW + CODE_LIFETIME_MS + 1)).toBe(0)
  expect(await readPairing(store.redis, 'ACDEFG')).toEqual({ digest: 'd'.repeat(64), screen: null })
  const ttl = await store.redis.pttl('{nephoscope}:pairing:ACDEFG')
  expect(ttl).toBeGreaterThan(0)
  expect(ttl).toBeLessThanOrEqual(CODE_LIFETIME_MS)
})

const codes = (count: number, letter: string) =>
  Array.from({ length: count }, (_, n) => `${letter}${String(n).padStart(5, 'A')}`)

test('one address cannot take the place of all who wait, and has room again when its codes are used or over', async () => {
  await store.redis.flushall()
  const [used = '', ...others] = codes(MAX_WAITING_OF_ADDRESS, 'A')
  for (const code of [used, ...others]) expect(await wait(code, 'crowd')).toBe('kept')
  expect(await wait('MAAAAA', 'crowd')).toBe('crowded')
  expect(await wait('MAAAAA', 'another')).toBe('kept')
  expect(await admitScreen(store.redis, { code: used, id: newId(), name: 'Lobby', place: '' }, NOW)).toBe('admitted')
  expect([await wait('NAAAAA', 'crowd'), await wait('PAAAAA', 'crowd')]).toEqual(['kept', 'crowded'])
  expect(await wait('PAAAAA', 'crowd', NOW + CODE_LIFETIME_MS + 1)).toBe('kept')
  const ttl = await store.redis.pttl('{nephoscope}:pairings-of:crowd')
  expect(ttl > 0 && ttl <= CODE_LIFETIME_MS).toBe(true)
})

test('so many wait in all and no more', async () => {
  await store.redis.flushall()
  for (const [n, code] of codes(MAX_WAITING, 'A').entries()) expect(await wait(code, `n${n}`)).toBe('kept')
  expect(await wait('MAAAAA', 'late')).toBe('full')
})

test('one address cannot be all screens: its own that are gone make room, then it gets none', async () => {
  await store.redis.flushall()
  const own = await admitted(NOW - 1000)
  const other = newId()
  await report(other, { now: NOW - 900 })
  await disconnectScreen(store.redis, other, 'c1')
  const crowd = { network: 'crowd' }
  const ids = Array.from({ length: MAX_SCREENS_OF_ADDRESS }, newId)
  for (const id of ids) await report(id, crowd)
  expect(await report(newId(), crowd)).toBe('crowded')
  // who reports again is none more
  for (const id of ids) expect(await report(id, crowd)).toMatchObject({ watched: false })
  await disconnectScreen(store.redis, ids[1] ?? '', 'c1')
  const late = newId()
  expect(await report(late, crowd)).toMatchObject({ watched: false })
  const there = (await listScreens(store.redis, unexpected)).map(({ id }) => id)
  expect(there.sort()).toEqual([own, other, late, ...ids.filter(id => id !== ids[1])].sort())
  expect(await report(newId(), { network: 'another' })).toMatchObject({ watched: false })
})

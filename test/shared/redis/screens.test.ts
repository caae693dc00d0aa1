import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CODE_LIFETIME_MS } from '../../../shared/domain/screen.ts'
import { addPairing, admitScreen, countWaiting, readPairing } from '../../../shared/redis/pairings.ts'
import {
  disconnectScreen,
  FORGET_AFTER_MS,
  forgetSilentScreens,
  listScreenDigests,
  listScreens,
  MAX_SCREENS,
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
  reportScreen(store.redis, reportOf(id), { connection: 'c1', admitted: false, now: NOW, ...more })
async function admitted(now: number): Promise<string> {
  const [id, code] = [newId(), 'ACDEFG']
  await addPairing(store.redis, code, 'd'.repeat(64), now)
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
  expect(await addPairing(store.redis, 'ACDEFG', 'a'.repeat(64), NOW)).toBe('kept')
  expect(await addPairing(store.redis, 'ACDEFG', 'b'.repeat(64), NOW)).toBe('taken')
  expect(await countWaiting(store.redis, NOW)).toBe(1)
  expect(await countWaiting(store.redis, NOW + CODE_LIFETIME_MS + 1)).toBe(0)
  expect(await readPairing(store.redis, 'ACDEFG')).toEqual({ digest: 'a'.repeat(64), screen: null })
  const ttl = await store.redis.pttl('{nephoscope}:pairing:ACDEFG')
  expect(ttl).toBeGreaterThan(0)
  expect(ttl).toBeLessThanOrEqual(CODE_LIFETIME_MS)
})

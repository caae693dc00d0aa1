import { createHash } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { accessTokens } from '../../../server/access/tokens.ts'
import { accessToken } from '../../../shared/domain/access.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { readUses, tokenUses } from '../../../shared/redis/last-uses.ts'
import { addToken, MAX_TOKENS, removeToken, replaceToken, type StoredToken } from '../../../shared/redis/tokens.ts'
import { minutesAgo, NOON } from '../../support/builders.ts'
import { redisOfFile, refuse } from '../../support/redis-of-file.ts'
import { until } from '../../support/temporary-redis.ts'

const store = redisOfFile()
let now = NOON
beforeEach(() => {
  now = NOON
})

/** One of several servers on the same store. */
const server = () =>
  accessTokens({ redis: store.redis, now: () => now, log: { warn: () => undefined }, onInvalid: refuse })

const SECRET = 'a'.repeat(43)
const ID = '0123456789abcdef'
const digestOf = (secret: string) => createHash('sha256').update(secret).digest('hex')
const record = (more: Partial<StoredToken> = {}): StoredToken => ({
  ...{ id: ID, name: 'Lobby', role: 'viewer', stack: null, by: 'admin token', createdAt: minutesAgo(1) },
  ...{ rotatedAt: null, expiresAt: null, digest: digestOf(SECRET) },
  ...more,
})
const TOKEN = accessToken(ID, SECRET)

test('a token is known on every server, and its secret stands nowhere in the store', async () => {
  expect(await addToken(store.redis, record())).toBe('added')
  for (const one of [server(), server()]) {
    expect(await one.identify(TOKEN)).toMatchObject({ name: 'Lobby', role: 'viewer' })
    for (const wrong of [accessToken(ID, 'b'.repeat(43)), accessToken('f'.repeat(16), SECRET), SECRET, ''])
      expect(await one.identify(wrong)).toBeNull()
  }
  expect(JSON.stringify(await store.redis.hgetall(keys.tokens))).not.toContain(SECRET)
})

test('what a revoked token holds is cut, what another holds is not', async () => {
  const one = server()
  const other = record({ id: 'f'.repeat(16), name: 'Other' })
  for (const token of [record(), other]) await addToken(store.redis, token)
  const cut: string[] = []
  for (const token of [TOKEN, accessToken(other.id, SECRET)]) {
    const found = await one.identify(token)
    if (found) one.hold(found, { cut: () => cut.push(found.name) })
  }
  await one.reload()
  expect(cut).toEqual([])
  expect([await removeToken(store.redis, ID), await removeToken(store.redis, ID)]).toEqual([true, false])
  await one.reload()
  expect(cut).toEqual(['Lobby'])
  expect(await one.identify(TOKEN)).toBeNull()
  expect(one.isValid(ID)).toBe(false)
})

test('a secret that was made anew ends the old one, and what it holds, on every server', async () => {
  const [one, other] = [server(), server()]
  await addToken(store.redis, record())
  let cuts = 0
  for (const each of [one, other]) {
    const found = await each.identify(TOKEN)
    if (found) each.hold(found, { cut: () => cuts++ })
  }
  expect(await replaceToken(store.redis, record({ digest: digestOf('b'.repeat(43)), rotatedAt: minutesAgo(0) }))).toBe(
    true,
  )
  const fresh = accessToken(ID, 'b'.repeat(43))
  for (const each of [one, other]) {
    expect(await each.identify(fresh)).not.toBeNull() // before it has heard of it
    await each.reload()
    expect([await each.identify(TOKEN), (await each.identify(fresh))?.name]).toEqual([null, 'Lobby'])
  }
  expect(cuts).toBe(2)
  await removeToken(store.redis, ID)
  expect(await replaceToken(store.redis, record())).toBe(false)
})

test('a token whose time is over opens nothing, and what it holds is cut', async () => {
  const one = server()
  await addToken(store.redis, record({ expiresAt: minutesAgo(-5) }))
  const found = await one.identify(TOKEN)
  let cuts = 0
  if (found) one.hold(found, { cut: () => cuts++ })
  one.cutExpired()
  expect(cuts).toBe(0)
  now = NOON + 5 * 60_000
  one.cutExpired()
  expect([cuts, await one.identify(TOKEN)]).toEqual([1, null])
})

test('what was let go is not cut, and what is held too late is cut at once', async () => {
  const one = server()
  await addToken(store.redis, record())
  const found = await one.identify(TOKEN)
  if (found === null) throw new Error('not admitted')
  let cuts = 0
  one.hold(found, { cut: () => cuts++ })()
  await removeToken(store.redis, ID)
  await one.reload()
  expect(cuts).toBe(0)
  one.hold(found, { cut: () => cuts++ })
  expect(cuts).toBe(1)
})

test('when it was last used is known, to about an hour', async () => {
  const one = server()
  await addToken(store.redis, record())
  const used = async () => (await readUses(store.redis, tokenUses)).get(ID)
  await one.identify(TOKEN)
  await until(async () => (await used()) === minutesAgo(0), 'the use to be noted')
  now = NOON + 61 * 60_000
  await one.identify(TOKEN)
  await until(async () => (await used()) === minutesAgo(-61), 'the next use to be noted')
})

test('a name is had once, and so many tokens are kept', async () => {
  await addToken(store.redis, record())
  expect(await addToken(store.redis, record({ id: 'f'.repeat(16) }))).toBe('taken')
  const others = Array.from({ length: MAX_TOKENS - 1 }, (_, n) => [`t${n}`, '{}']).flat()
  await store.redis.hset(keys.tokens, ...others)
  expect(await addToken(store.redis, record({ id: 'f'.repeat(16), name: 'Other' }))).toBe('full')
})

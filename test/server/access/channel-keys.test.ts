import { createHmac } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { channelKeys } from '../../../server/access/channel-keys.ts'
import { signer } from '../../../server/access/signer.ts'
import { listChannelKeys, MAX_CHANNEL_KEYS, revokeChannelKeys } from '../../../shared/redis/channel-keys.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { channelKeyUses, readUses } from '../../../shared/redis/last-uses.ts'
import { minutesAgo, NOON } from '../../support/builders.ts'
import { redisOfFile, refuse } from '../../support/redis-of-file.ts'
import { until } from '../../support/temporary-redis.ts'

const VIEW = 'a view token that somebody guessed'
const BY = 'view token'

const store = redisOfFile()
let now = NOON
beforeEach(() => {
  now = NOON
})

/** One of several servers on the same store. */
async function server(viewToken = VIEW) {
  const sign = signer(store.redis)
  await sign.load()
  const log = { warn: refuse.bind(null, 'warning', 'log') as () => never }
  return channelKeys({ redis: store.redis, signer: sign, viewToken, now: () => now, log, onInvalid: refuse })
}
const made = async (keyed: Awaited<ReturnType<typeof server>>, channel: string) =>
  (await keyed.keyFor(BY, channel)) ?? 'there are too many'

test('whoever guesses the view token cannot check the guess on a key: the secret is in the store alone', async () => {
  const one = await server()
  const key = await made(one, 'stack/shop')
  for (const text of ['feed:stack/shop', 'stack/shop', JSON.stringify(['channel', 'stack/shop'])])
    expect(key).not.toContain(createHmac('sha256', VIEW).update(text).digest('base64url'))
  await store.redis.del(keys.signingSecret)
  expect(await (await server()).opens(key, 'stack/shop')).toBe(false)
})

test('a key is the same on all servers of a store, each time that it is asked for, and opens its channel alone', async () => {
  const [one, other] = [await server(), await server()]
  const key = await made(one, 'stack/shop')
  expect(await made(other, 'stack/shop')).toBe(key)
  expect(await other.opens(key, 'stack/shop')).toBe(true)
  expect(await other.opens(key, 'stack/site')).toBe(false)
  const another = await made(one, 'stack/site')
  expect(await one.opens(`${another.split('.')[0]}.${key.split('.')[1]}`, 'stack/site')).toBe(false)
  for (const wrong of ['', '.', key.slice(1), `${key}a`, key.toUpperCase()])
    expect(await one.opens(wrong, 'stack/shop')).toBe(false)
})

test('a revoked key opens nothing on any server, does not come back, and leaves the others', async () => {
  const [one, other] = [await server(), await server()]
  const [shop, site] = [await made(one, 'stack/shop'), await made(one, 'stack/site')]
  for (const key of [one, other])
    expect([await key.opens(shop, 'stack/shop'), await key.opens(site, 'stack/site')]).toEqual([true, true])
  const id = shop.split('.')[0] ?? ''
  expect(await revokeChannelKeys(store.redis, [id])).toBe(true)
  expect(await revokeChannelKeys(store.redis, [id])).toBe(false)
  for (const key of [one, other]) {
    await key.reload()
    expect([await key.opens(shop, 'stack/shop'), await key.opens(site, 'stack/site')]).toEqual([false, true])
  }
  const again = await made(one, 'stack/shop')
  expect(again).not.toBe(shop)
  expect([await other.opens(again, 'stack/shop'), await other.opens(shop, 'stack/shop')]).toEqual([true, false])
})

test('keys end with the view token, and each asker has one of its own', async () => {
  const one = await server()
  const key = await made(one, 'stack/shop')
  expect(await (await server('another view token')).opens(key, 'stack/shop')).toBe(false)
  const theirs = await one.keyFor('somebody', 'stack/shop')
  expect(theirs).not.toBe(key)
  await revokeChannelKeys(store.redis, [key.split('.')[0] ?? ''])
  await one.reload()
  expect(await one.opens(theirs ?? '', 'stack/shop')).toBe(true)
})

test('a key ends with the token that asked for it, on every server, and others go on', async () => {
  const [one, other] = [await server(), await server()]
  const its = (await one.keyFor('a token for an hour', 'stack/shop', minutesAgo(-60))) ?? ''
  const lasting = await made(one, 'stack/shop')
  const opened = async () => [
    ...[await one.opens(its, 'stack/shop'), await other.opens(its, 'stack/shop')],
    await one.opens(lasting, 'stack/shop'),
  ]
  now = NOON + 59 * 60_000
  expect(await opened()).toEqual([true, true, true])
  now = NOON + 60 * 60_000
  expect(await opened()).toEqual([false, false, true])
})

test('when it was made and last used is known, to about an hour', async () => {
  const one = await server()
  const key = await made(one, 'stack/shop')
  const uses = async () => [...(await readUses(store.redis, channelKeyUses)).values()]
  expect(await uses()).toEqual([])
  await one.opens(key, 'stack/shop')
  await until(async () => (await uses()).length === 1, 'the use to be noted')
  now = NOON + 59 * 60_000
  await one.opens(key, 'stack/shop')
  now = NOON + 61 * 60_000
  await one.opens(key, 'stack/shop')
  await until(async () => (await uses())[0] === minutesAgo(-61), 'the next use to be noted')
  const [record] = (await listChannelKeys(store.redis, refuse)).values()
  expect(record).toMatchObject({ channel: 'stack/shop', by: BY, madeAt: minutesAgo(0) })
})

test('so many are kept, and no more are made', async () => {
  const one = await server()
  const key = await made(one, 'stack/shop')
  const others = Array.from({ length: MAX_CHANNEL_KEYS - 1 }, (_, n) => [`k${n}`, '{}']).flat()
  await store.redis.hset(keys.channelKeys, ...others)
  expect(await one.keyFor(BY, 'stack/site')).toBeNull()
  expect(await one.keyFor(BY, 'stack/shop')).toBe(key)
})

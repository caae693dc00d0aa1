import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import { afterEach, expect, test } from 'vitest'
import { connectQueue, connectRedis } from '../../shared/redis/connect.ts'
import { keys } from '../../shared/redis/keys.ts'
import { parseRedisUrl } from '../../shared/redis/redis-url.ts'
import { listen } from '../support/listener.ts'
import { redisProcess } from '../support/redis-process.ts'
import { type Stack, type Store, startStackOn } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack<Guarded>
afterEach(() => stack.close())

const fileOf = (name: string) => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url))
const files = { REDIS_CA: fileOf('redis-ca.pem'), REDIS_CERT: fileOf('redis.pem'), REDIS_KEY: fileOf('redis-key.pem') }
const pem = (name: keyof typeof files) => readFileSync(files[name], 'utf8')

/** The line as the documentation gives it. */
const rights = /^ {4}(user nephoscope on >(\S+) resetkeys .+)$/m.exec(
  readFileSync(new URL('../../docs/scaling.md', import.meta.url), 'utf8'),
)

type Guarded = Store & {
  /** As somebody who does not know the authority: what the log says of it. */
  distrusted(): Promise<string>
  /** Commands that it has refused, told to a user who may ask for nothing else. */
  denied(): Promise<string[]>
}

/** A Redis that takes nobody in the clear, nobody without a certificate, and our user. */
async function guardedRedis(): Promise<Guarded> {
  const [, user = '', password = ''] = rights ?? []
  const server = await redisProcess([
    'port 0',
    'tls-port %p',
    `tls-ca-cert-file ${files.REDIS_CA}`,
    `tls-cert-file ${files.REDIS_CERT}`,
    `tls-key-file ${files.REDIS_KEY}`,
    'tls-auth-clients yes',
    'save ""',
    'user default off',
    user,
    'user watcher on >watcher -@all +acl|log',
  ])
  const url = `rediss://nephoscope:${password}@127.0.0.1:${server.port}`
  const address = parseRedisUrl(url)
  if (!address.ok) throw new Error(address.error)
  const tls = { ca: pem('REDIS_CA'), cert: pem('REDIS_CERT'), key: pem('REDIS_KEY') }
  const redis = connectQueue({ address: address.value, tls }, 'test', { warn: () => undefined, info: () => undefined })
  let stranger: Redis | undefined
  return {
    url,
    redis,
    async distrusted() {
      const said = new Promise<string>(resolve => {
        const log = { warn: (fields: object) => resolve(JSON.stringify(fields)), info: () => undefined }
        stranger = connectRedis({ address: address.value, tls: {} }, 'stranger', log)
      })
      return said.finally(() => stranger?.disconnect())
    },
    async denied() {
      const options = {
        tls,
        enableReadyCheck: false,
        username: 'watcher',
        password: 'watcher',
        disableClientInfo: true,
      }
      const watcher = new Redis(server.port, '127.0.0.1', options)
      const entries: unknown = await watcher.acl('LOG')
      watcher.disconnect()
      return Array.isArray(entries) ? entries.map(String) : []
    },
    async close() {
      redis.disconnect()
      await server.close()
    },
  }
}

test('over TLS, with a certificate and the rights that the documentation gives, everything works and nothing else does', async () => {
  stack = await startStackOn(await guardedRedis(), { story: 'road', environment: files })
  const { redis } = stack.redis
  await stack.ready()
  const client = listen(stack.url, ['all'], '0-0')
  stack.simulator.step()
  await until(() => client.events.some(({ type }) => type === 'incident.opened'), 'the incident')
  await until(() => client.events.some(({ type }) => type === 'region.status'), 'what it does to a region')
  client.close()
  expect(await redis.exists(keys.due)).toBe(1)

  expect(await stack.redis.denied()).toEqual([])
  await expect(redis.get('another')).rejects.toThrow(/^NOPERM/)
  await expect(redis.flushall()).rejects.toThrow(/^NOPERM/)
  await expect(redis.keys('*')).rejects.toThrow(/^NOPERM/)
  await expect(redis.config('GET', '*')).rejects.toThrow(/^NOPERM/)
  await expect(redis.publish('another', '')).rejects.toThrow(/^NOPERM/)
  expect((await stack.redis.denied()).join()).toMatch(/flushall/)
  expect(await stack.redis.distrusted()).toMatch(/certificate/)
})

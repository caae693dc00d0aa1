import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseEnvironment } from '../../../shared/environment.ts'
import { redisSettings, redisTarget } from '../../../shared/redis/redis-settings.ts'
import { parseRedisUrl, type RedisAddress } from '../../../shared/redis/redis-url.ts'

const addressOf = (text: string): RedisAddress => {
  const parsed = parseRedisUrl(text)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}
const single = (host: string, port: number, db = 0) => ({ kind: 'single', node: { host, port }, db })

test.each<[string, Partial<RedisAddress> | object]>([
  ['redis://localhost', { tls: false, place: single('localhost', 6379) }],
  ['redis://10.0.0.1:6380/3', { tls: false, place: single('10.0.0.1', 6380, 3) }],
  ['rediss://[::1]:6380/', { tls: true, place: single('::1', 6380) }],
  ['redis://:secret@host', { password: 'secret', tls: false, place: single('host', 6379) }],
  ['redis://user:p%40ss:%2F@host', { user: 'user', password: 'p@ss:/', tls: false, place: single('host', 6379) }],
  ['redis://user@host', { user: 'user', tls: false, place: single('host', 6379) }],
  ['unix:///run/redis.sock', { tls: false, place: { kind: 'socket', path: '/run/redis.sock' } }],
  [
    'redis+cluster://a:7000,b,c:7002',
    {
      tls: false,
      place: {
        kind: 'cluster',
        nodes: [
          { host: 'a', port: 7000 },
          { host: 'b', port: 6379 },
          { host: 'c', port: 7002 },
        ],
      },
    },
  ],
  [
    'rediss+sentinel://u:p@a,b:26380/main/2',
    {
      user: 'u',
      password: 'p',
      tls: true,
      place: {
        kind: 'sentinel',
        nodes: [
          { host: 'a', port: 26_379 },
          { host: 'b', port: 26_380 },
        ],
        master: 'main',
        db: 2,
      },
    },
  ],
])('%s is understood', (text, address) => {
  expect(addressOf(text)).toEqual(address)
})

test.each([
  ['http://localhost', /must be redis:\/\/host:6379, redis\+cluster/],
  ['redis://', /where a host is wanted/],
  ['redis://a,b', /several hosts: begin with redis\+cluster:\/\/ or redis\+sentinel:\/\//],
  ['redis://a:99999', /'a:99999' where a host is wanted/],
  ['redis+cluster://a,,b', /where a host is wanted/],
  ['redis+cluster://a,b/1', /a cluster has but one/],
  ['redis+sentinel://a,b', /names no master/],
  ['redis+sentinel://a,b/', /names no master/],
  ['redis://a/x', /names no database/],
  ['redis://a/1/2', /names no database/],
  ['redis+sentinel://a/main/1/2', /names no database/],
  ['redis://u:100%@a', /% in its user or password/],
  ['unix://host/x.sock', /must be unix:\/\/\/path/],
  ['redis://a b', /must be redis:\/\//],
])('%s is refused with the rule', (text, why) => {
  expect(parseRedisUrl(text)).toEqual({ ok: false, error: expect.stringMatching(why) })
})

const Settings = z.object(redisSettings)

test('a mistake is told with the variable and without the password', () => {
  const parsed = parseEnvironment(Settings, { REDIS_URL: 'redis://me:hunter2@a,b' })
  expect(parsed).toEqual({ ok: false, error: expect.stringMatching(/^REDIS_URL names several hosts.*a,b/) })
  expect(JSON.stringify(parsed)).not.toMatch(/hunter2|me:/)
  expect(parseEnvironment(Settings, {})).toEqual({ ok: false, error: expect.stringMatching(/^REDIS_URL is not set/) })
})

const PEM = '-----BEGIN CERTIFICATE-----'
const read = async (file: string) => {
  if (file === 'missing.pem') throw new Error("ENOENT: no such file or directory, open 'missing.pem'")
  return file === 'empty.pem' ? '' : PEM
}
const targetOf = (more: Record<string, string>, url = 'rediss://host') => {
  const parsed = parseEnvironment(Settings, { REDIS_URL: url, ...more })
  if (!parsed.ok) throw new Error(parsed.error)
  return redisTarget(parsed.value, read)
}

test('what Redis and we show of ourselves is read from the files that are named', async () => {
  expect(await targetOf({ REDIS_CA: 'ca.pem', REDIS_CERT: 'cert.pem', REDIS_KEY: 'key.pem' })).toMatchObject({
    ok: true,
    value: { tls: { ca: PEM, cert: PEM, key: PEM } },
  })
  expect(await targetOf({ REDIS_SENTINEL_PASSWORD: 'secret' }, 'redis+sentinel://a/main')).toMatchObject({
    ok: true,
    value: { sentinel: { password: 'secret' } },
  })
})

test.each<[Record<string, string>, string, RegExp]>([
  [{ REDIS_CA: 'ca.pem' }, 'redis://host', /^REDIS_CA is set, but REDIS_URL is without TLS: begin it with rediss/],
  [{ REDIS_CERT: 'cert.pem' }, 'rediss://host', /^REDIS_CERT and REDIS_KEY go together/],
  [{ REDIS_CA: 'missing.pem' }, 'rediss://host', /^REDIS_CA cannot be read: ENOENT.*missing\.pem/],
  [{ REDIS_CA: 'empty.pem' }, 'rediss://host', /^REDIS_CA must be a PEM file, which 'empty\.pem' is not/],
])('%o with %s is refused', async (variables, url, why) => {
  expect(await targetOf(variables, url)).toEqual({ ok: false, error: expect.stringMatching(why) })
})

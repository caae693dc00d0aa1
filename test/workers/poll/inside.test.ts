import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keys } from '../../../shared/redis/keys.ts'
import { createHttp } from '../../../workers/http/http.ts'
import { type PrivateReach, reachAt } from '../../../workers/http/reach.ts'
import { startWebSub } from '../../../workers/poll/websub.ts'
import { refuse } from '../../support/redis-of-file.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../../support/temporary-redis.ts'

let store: TemporaryRedis
let inside: Server
let port: number
const asked: string[] = []
beforeEach(async () => {
  store = await temporaryRedis()
  asked.length = 0
  inside = createServer((request, response) => {
    asked.push(`${request.method} ${request.headers.host}`)
    response.writeHead(202).end()
  })
  await new Promise<void>(resolve => inside.listen(0, '127.0.0.1', resolve))
  port = (inside.address() as AddressInfo).port // it listens on TCP
})
afterEach(async () => {
  inside.close()
  await store.close()
})

/** How the hub that a source names was asked: the reason where it was not reached, else null. */
async function hubOf(home: string, isPrivate: PrivateReach | undefined, hub: string): Promise<string | null> {
  const lines: { error?: string; msg: string }[] = []
  const log = pino({ level: 'debug' }, { write: line => void lines.push(JSON.parse(line)) })
  const http = createHttp({ userAgent: 'test' })
  await store.redis.hset(keys.hubs, 'news', JSON.stringify({ hub, topic: 'https://news.example.com/feed' }))
  const websub = startWebSub({
    redis: store.redis,
    http,
    reachFor: (_source, address) => reachAt(address, home, isPrivate),
    publicUrl: 'https://clouds.example.com',
    now: Date.now,
    log,
    onInvalid: refuse,
  })
  try {
    await until(async () => lines.some(({ msg }) => msg.includes('hub')), 'the hub to be asked')
    return lines.find(({ error }) => error !== undefined)?.error ?? null
  } finally {
    await websub.stop()
    await http.close()
  }
}

test('the hub of a public feed is not asked where it is inside', async () => {
  const hub = `http://127.0.0.1:${port}/hub`
  expect(await hubOf('https://news.example.com/feed', undefined, hub)).toBe('127.0.0.1 is a private address')
  expect(asked).toEqual([])
})

test('the hub of a private feed is asked on its own host, and on no other inside', async () => {
  expect(await hubOf('http://127.0.0.2/feed', true, `http://127.0.0.1:${port}/hub`)).toBe(
    '127.0.0.1 is a private address',
  )
  expect(asked).toEqual([])
  await store.redis.flushall()
  expect(await hubOf('http://127.0.0.1/feed', true, `http://127.0.0.1:${port}/hub`)).toBeNull()
  expect(asked).toEqual([`POST 127.0.0.1:${port}`])
})

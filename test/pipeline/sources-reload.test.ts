import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ORIGIN } from '../../shared/domain/events.ts'
import { readAudit } from '../../shared/redis/audit.ts'
import { readEvents } from '../../shared/redis/event-stream.ts'
import { loadView } from '../../shared/redis/load-view.ts'
import { type Role, startRole } from '../support/role.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../support/temporary-redis.ts'

/** A key that nobody but the feed's own host may see. */
const KEY = 'opensesame-4711'

const onInvalid = (what: string, key: string, why: string) => {
  throw new Error(`${what} ${key}: ${why}`)
}

/** A feed that repeats its own address, key and all, answers 304 to whoever knows it, and one that has moved to nowhere. */
function feeds() {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const self = `http://${request.headers.host}${request.url}`
    if (request.url?.startsWith('/moved')) {
      response.writeHead(301, { Location: `http://[${request.url}` }).end()
    } else if (request.headers['if-none-match'] === '"1"') {
      response.writeHead(304).end()
    } else {
      const item = `<item><title>News of ${request.url}</title><link>${self}</link><guid>g</guid><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate></item>`
      response.setHeader('ETag', '"1"')
      response.end(`<rss version="2.0"><channel><link>${self}</link>${item}</channel></rss>`)
    }
  })
  return { server, asked }
}

let redis: TemporaryRedis
let server: Server
let asked: string[]
let base: string
let dir: string
let workers: Role
beforeEach(async () => {
  redis = await temporaryRedis()
  const started = feeds()
  server = started.server.listen(0, '127.0.0.1')
  asked = started.asked
  await once(server, 'listening')
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  dir = await mkdtemp(path.join(tmpdir(), 'neph-reload-'))
})
afterEach(async () => {
  await workers.stop('SIGKILL')
  server.closeAllConnections()
  server.close()
  await redis.close()
  await rm(dir, { recursive: true, force: true })
})

const write = (name: string, text: string) => writeFile(path.join(dir, name), text)
const start = (environment: Record<string, string> = {}) => {
  const NEPHOSCOPE_CONFIG = path.join(dir, 'sources.yaml')
  workers = startRole('workers', { REDIS_URL: redis.url, NEPHOSCOPE_CONFIG, LOG_LEVEL: 'trace', ...environment })
}
const view = () => loadView(redis.redis, onInvalid)
const feed = (id: string, more = '') =>
  `feeds: [{ id: ${id}, url: '${base}/${id}', private: true, every: 1h${more} }]\n`
const article = async (id: string) =>
  [...(await view()).articles.values()].find(({ id: own }) => own.startsWith(`${id}/`))

test('a sources file that changes is in force without a restart, and one that is wrong changes nothing', async () => {
  await write('sources.yaml', `${feed('stays')}include: [more.yaml]\n`)
  await write('more.yaml', feed('goes'))
  start()
  await until(
    async () => (await article('stays')) !== undefined && (await article('goes')) !== undefined,
    'both to be read',
  )
  const pid = workers.pid

  await write('more.yaml', feed('comes', ', topics: [Wrong]'))
  await until(
    () => workers.output().includes("more.yaml line 1: 'topics: Wrong' is not a topic"),
    'the mistake to be told',
  )
  expect([...(await view()).sources.keys()].sort()).toEqual(['goes', 'stays'])

  await write('more.yaml', feed('comes'))
  await until(async () => (await article('comes')) !== undefined, 'the new one to be read')
  const after = await view()
  expect([...after.sources.keys()].sort()).toEqual(['comes', 'stays'])
  expect(await article('goes')).toBeUndefined()
  const removed = (await readEvents(redis.redis, ORIGIN, 1_000, onInvalid)).filter(
    ({ type }) => type === 'source.removed',
  )
  expect(removed.map(({ data }) => data)).toEqual([{ id: 'goes' }])

  // Its host would answer that nothing has changed, and it is not due for an hour.
  await write('sources.yaml', `${feed('stays', ', topics: [ships]')}include: [more.yaml]\n`)
  await until(
    async () => (await article('stays'))?.topics.includes('ships') === true,
    'the changed one to be polled anew',
  )
  expect(asked.filter(url => url === '/comes')).toHaveLength(1)
  expect(workers.pid).toBe(pid)
  const noted = (await readAudit(redis.redis, onInvalid)).map(({ by, what, about }) => ({ by, what, about }))
  const entry = { by: 'sources file', what: 'config.changed' }
  expect(noted.reverse()).toEqual([
    { ...entry, about: { 'sources added': 'comes', 'sources removed': 'goes' } },
    { ...entry, about: { 'sources changed': 'stays' } },
  ])
})

test('a secret in an address reaches its host and nobody else', async () => {
  const lines = ['read', 'moved'].map(
    id => `  - { id: ${id}, url: '${base}/${id}?key=\${SOURCE_FEED_KEY}', private: true, every: 1s }\n`,
  )
  await write('sources.yaml', `feeds:\n${lines.join('')}`)
  start({ SOURCE_FEED_KEY: KEY })
  await until(async () => {
    const { sources } = await view()
    return sources.get('moved')?.error != null && (await article('read')) !== undefined
  }, 'both to be asked')
  expect(asked).toEqual(expect.arrayContaining([`/read?key=${KEY}`, `/moved?key=${KEY}`]))
  const { sources } = await view()
  expect(sources.get('moved')?.error).toBe("'http://[/moved?key=redacted' is not a web address")
  expect(sources.get('read')?.url).toBe(`${base}/read?key=\${SOURCE_FEED_KEY}`)

  await workers.stop()
  const names = await redis.redis.keys('*')
  const stored = await Promise.all(names.map(textOf))
  expect(stored.join('\n')).toContain('SOURCE_FEED_KEY')
  expect(stored.join('\n')).not.toContain(KEY)
  expect(workers.output()).toContain('workers are running')
  expect(workers.output()).not.toContain(KEY)
})

/** All that stands under a key of the store, as text. */
async function textOf(name: string): Promise<string> {
  switch (await redis.redis.type(name)) {
    case 'hash':
      return JSON.stringify(await redis.redis.hgetall(name))
    case 'stream':
      return JSON.stringify(await redis.redis.xrange(name, '-', '+'))
    case 'zset':
      return JSON.stringify(await redis.redis.zrange(name, '0', '-1'))
    case 'string':
      return (await redis.redis.get(name)) ?? ''
    default:
      return ''
  }
}

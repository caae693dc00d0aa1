import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keys } from '../../shared/redis/keys.ts'
import { type Role, startRole } from '../support/role.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../support/temporary-redis.ts'

const SOURCES = 12

/** A status page that takes its time, and remembers how often and how many times at once each source was asked. */
function slowPages() {
  const asked = new Map<string, { count: number; now: number; most: number; at: number[] }>()
  const server = createServer(async (request, response) => {
    const id = request.url?.split('/')[1] ?? ''
    const one = asked.get(id) ?? { count: 0, now: 0, most: 0, at: [] }
    asked.set(id, one)
    one.count += 1
    one.now += 1
    one.most = Math.max(one.most, one.now)
    one.at.push(Date.now())
    await sleep(Math.random() * 400)
    one.now -= 1
    response.setHeader('Content-Type', 'application/json')
    response.end(
      JSON.stringify({
        page: { id },
        status: { indicator: 'none' },
        components: [{ id: 'c', name: 'API', status: 'operational' }],
        incidents: [],
        scheduled_maintenances: [],
      }),
    )
  })
  return { server, asked }
}

let redis: TemporaryRedis
let server: Server
let asked: ReturnType<typeof slowPages>['asked']
let dir: string
let workers: Role[]
beforeAll(async () => {
  redis = await temporaryRedis()
  const pages = slowPages()
  server = pages.server.listen(0, '127.0.0.1')
  asked = pages.asked
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  dir = await mkdtemp(path.join(tmpdir(), 'neph-timetable-'))
  const lines = Array.from(
    { length: SOURCES },
    (_, i) =>
      `  - { id: s${i}, kind: statuspage, url: 'http://127.0.0.1:${port}/s${i}', private: true, provider: p${i}, every: 2s }`,
  )
  await writeFile(path.join(dir, 'sources.yaml'), `sources:\n${lines.join('\n')}\n`)
  const environment = { REDIS_URL: redis.url, NEPHOSCOPE_CONFIG: path.join(dir, 'sources.yaml') }
  // Started together: the way in which other schedulers are known to stop.
  workers = [startRole('workers', environment), startRole('workers', environment), startRole('workers', environment)]
})
afterAll(async () => {
  await Promise.all(workers.map(worker => worker.stop('SIGKILL')))
  server.closeAllConnections()
  server.close()
  await redis.close()
  await rm(dir, { recursive: true, force: true })
})

test('three workers that start together and die in turn poll every source, and none twice at once', async () => {
  await until(
    () => asked.size === SOURCES && [...asked.values()].every(({ count }) => count >= 2),
    'every source to be read twice',
  )
  for (const worker of workers) {
    await worker.stop('SIGKILL')
    await sleep(500)
    worker.start()
    const before = new Map([...asked].map(([id, { count }]) => [id, count]))
    await until(
      () => [...asked].every(([id, { count }]) => count >= (before.get(id) ?? 0) + 2),
      'every source to be read twice more',
    )
  }
  expect(Math.max(...[...asked.values()].map(({ most }) => most))).toBe(1)
})

test('nothing is left behind in the queues but what is under way', async () => {
  await Promise.all(workers.map(worker => worker.stop()))
  const lists = await redis.redis.keys('{nephoscope}:queue:*:wait')
  const waiting = await Promise.all(lists.map(list => redis.redis.llen(list)))
  expect(waiting.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(SOURCES)
  expect(await redis.redis.zcard(keys.due)).toBe(SOURCES)
})

import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Source } from '../../shared/domain/source.ts'
import { keys } from '../../shared/redis/keys.ts'
import { freePort } from '../support/free-port.ts'
import { listen } from '../support/listener.ts'
import { startRole } from '../support/role.ts'
import { temporaryRedis, until } from '../support/temporary-redis.ts'

/** Readings of the worst source that are measured, once a second, after the first. */
const READINGS = 5
const KB = 1024
const MB = KB * KB
/** Three sources have 0.5 MB a minute each, which Redis keeps in more. The readings begin within a minute, and a busy machine takes several. */
const MAX_GROWTH_BYTES_A_MINUTE = 2.5 * MB
const MAX_SERVER_GROWTH_MB = 100

type Worst = { kind: 'statuspage' | 'feed'; body(visit: number): string }

const AT = '2026-11-20T10:00:00Z'
const page = (parts: { incidents?: object[]; components?: object[] }) =>
  JSON.stringify({ page: {}, components: [], incidents: [], scheduled_maintenances: [], ...parts })

const incident = (id: string, visit: number, words: string, updates: number) => ({
  id,
  name: `Errors in ${id}`,
  status: 'investigating',
  impact: 'major',
  created_at: AT,
  updated_at: AT,
  incident_updates: Array.from({ length: updates }, (_, n) => ({
    id: `${id}-${n}`,
    status: 'investigating',
    body: `${visit} ${words}`,
    created_at: AT,
  })),
})

const article = (n: number, visit: number) =>
  `<item><guid>a${n}</guid><title>Story ${n} in its ${visit}. wording</title><link>https://news.example/${n}</link>
  <pubDate>Fri, 20 Nov 2026 10:00:${String(n % 60).padStart(2, '0')} GMT</pubDate><description>${'雲'.repeat(600)}</description></item>`

const worst: Record<string, Worst> = {
  /** 18 incidents of 400 KB. */
  'long-words': {
    kind: 'statuspage',
    body: visit =>
      page({ incidents: Array.from({ length: 18 }, (_, n) => incident(`i${n}`, visit, 'x'.repeat(4000), 100)) }),
  },
  /** 400 incidents in three bytes a character, and 2,000 components. */
  'many-records': {
    kind: 'statuspage',
    body: visit =>
      page({
        incidents: Array.from({ length: 400 }, (_, n) => incident(`i${n}`, visit, '雲'.repeat(1000), 4)),
        components: Array.from({ length: 2000 }, (_, n) => ({
          id: `c${n}`,
          name: `${visit} ${'雲'.repeat(190)}`,
          status: 'operational',
        })),
      }),
  },
  'long-feed': {
    kind: 'feed',
    body: visit =>
      `<rss version="2.0"><channel><title>t</title>${Array.from({ length: 400 }, (_, n) => article(n, visit)).join('')}</channel></rss>`,
  },
}

test('the worst sources keep to their share: others are heard, no reader is cut, and memory stays', async () => {
  const bad = await Promise.all(
    Object.entries(worst).map(async ([id, { kind, body }]) => ({ id, kind, ...(await serve(body)) })),
  )
  const good = await serve(visit => page({ incidents: [incident('good', visit, 'Still looking.', 1)] }))
  const redis = await temporaryRedis()
  const dir = await mkdtemp(path.join(tmpdir(), 'neph-worst-'))
  const config = path.join(dir, 'sources.yaml')
  const lines = [...bad, { id: 'good', kind: 'statuspage', url: good.url }].map(({ id, kind, url }) => ({
    isFeed: kind === 'feed',
    text: `  - { id: ${id}, ${kind === 'feed' ? '' : `kind: ${kind}, provider: ${id}, `}url: '${url}', private: true, every: 1s }\n`,
  }))
  const list = (feeds: boolean) => lines.flatMap(({ isFeed, text }) => (isFeed === feeds ? [text] : [])).join('')
  await writeFile(config, `sources:\n${list(false)}feeds:\n${list(true)}`)

  const environment = { REDIS_URL: redis.url, LOG_LEVEL: 'warn' }
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const server = startRole('server', { ...environment, PORT: String(port) })
  await until(async () => (await fetch(`${url}/readyz`).catch(() => null))?.status === 200, 'the server')
  const client = listen(url, ['all'])
  await until(() => client.socket.connected, 'the client')
  const worker = startRole('workers', { ...environment, NEPHOSCOPE_CONFIG: config })
  try {
    await until(() => [...bad, good].every(({ visits }) => visits() > 1), 'the first readings')
    let cuts = 0
    client.socket.on('disconnect', () => {
      cuts += 1
    })
    const before = await measure()
    const visits = bad.map(one => one.visits())
    // what waits is told at once, once a share has room again
    const postponed = new Set<string>()
    await until(async () => {
      for (const { id, postponed: count } of await sources()) if ((count ?? 0) > 0) postponed.add(id)
      return bad.every((one, n) => one.visits() >= (visits[n] ?? 0) + READINGS && postponed.has(one.id))
    }, 'more readings, and each to exceed its share')
    const heard = client.events.length
    await until(() => client.events.slice(heard).some(isGood), 'another source to be heard')
    const after = await measure()
    const seconds = (after.at - before.at) / 1000
    const grown = { stream: after.streamBytes - before.streamBytes, redis: after.redisBytes - before.redisBytes }
    console.log(
      `${bad.map((one, n) => one.visits() - (visits[n] ?? 0)).join(', ')} readings in ${seconds.toFixed(0)} s: the stream grew by ${mb(grown.stream)} MB (${mb((grown.stream / seconds) * 60)} a minute), Redis by ${mb(grown.redis)} MB; the server has ${before.serverMb}, then ${after.serverMb} MB, ${mb(after.ringBytes)} of events; ${cuts} cuts, ${client.resets.length} resets`,
    )
    expect({ cuts, resets: client.resets.length }).toEqual({ cuts: 0, resets: 0 })
    const most = MAX_GROWTH_BYTES_A_MINUTE * (1 + Math.ceil(seconds / 60))
    expect(grown.stream).toBeLessThan(most)
    expect(grown.redis).toBeLessThan(2 * most)
    expect(after.ringBytes).toBeLessThan(16 * MB)
    expect(after.serverMb - before.serverMb).toBeLessThan(MAX_SERVER_GROWTH_MB)
    const at = await sources()
    const said = (id: string) => at.find(source => source.id === id)
    expect([...postponed].toSorted()).toEqual(bad.map(({ id }) => id).toSorted())
    for (const id of ['long-words', 'many-records']) expect(said(id)?.cut, id).toBeGreaterThan(0)
    expect(said('good')).toMatchObject({ postponed: 0, cut: 0, failures: 0 })
  } finally {
    client.close()
    await Promise.all([worker.stop('SIGKILL'), server.stop('SIGKILL')])
    for (const site of [...bad, good]) site.close()
    await redis.close()
    await rm(dir, { recursive: true, force: true })
  }

  async function sources(): Promise<Source[]> {
    return (await (await fetch(`${url}/api/sources`)).json()).sources
  }

  async function measure() {
    const metrics = await (await fetch(`${url}/metrics`)).text()
    return {
      at: Date.now(),
      streamBytes: Number(await redis.redis.call('MEMORY', 'USAGE', keys.events, 'SAMPLES', '0')),
      redisBytes: Number(/^used_memory:(\d+)/m.exec(await redis.redis.info('memory'))?.[1]),
      serverMb: await residentMb(server.pid),
      ringBytes: Number(/^nephoscope_recent_event_bytes (\d+)$/m.exec(metrics)?.[1]),
    }
  }
})

const mb = (bytes: number): string => (bytes / MB).toFixed(1)

const isGood = (event: { type: string; data: object }): boolean =>
  event.type === 'incident.updated' && 'id' in event.data && event.data.id === 'good/good'

async function serve(body: (visit: number) => string) {
  let visits = 0
  const server = createServer((_, response) => {
    visits += 1
    response.end(body(visits))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    visits: () => visits,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Resident memory of a process in MB; 0 where the system does not tell it in /proc. */
async function residentMb(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / KB)
}

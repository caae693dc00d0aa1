import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { abuse, page } from '../faults/hostile/abuse.ts'
import { goodPages } from '../faults/hostile/good-pages.ts'
import { openSite } from '../faults/hostile/server.ts'
import { endsIn } from '../faults/hostile/store.ts'
import { startRole } from '../support/role.ts'
import { temporaryRedis, until } from '../support/temporary-redis.ts'

/** Ways to write an address of this machine, of its network, or of its cloud's metadata. */
const hosts = [
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0177.0.0.1',
  '0.0.0.0',
  'localhost',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '10.0.0.1',
  '192.168.0.1',
  '169.254.169.254',
  '[fd00:ec2::254]',
]

test('a worker that may not read private sources reaches none, however the address is written, and says so', async () => {
  const redis = await temporaryRedis()
  const dir = await mkdtemp(path.join(tmpdir(), 'neph-private-'))
  const site = await openSite(abuse('inside', 'feed', 0, page(goodPages.feed)))
  const { port } = new URL(site.url)
  const lines = hosts.map((host, n) => `  - { id: inside-${n}, url: 'http://${host}:${port}/', every: 1s }\n`)
  const config = path.join(dir, 'sources.yaml')
  await writeFile(config, `feeds:\n${lines.join('')}`)
  const worker = startRole('workers', { REDIS_URL: redis.url, NEPHOSCOPE_CONFIG: config })
  try {
    await until(async () => (await endsIn(redis.redis)).size === hosts.length, 'every source to be polled')
    const ends = await endsIn(redis.redis)
    for (const [n, host] of hosts.entries()) expect(ends.get(`inside-${n}`)?.error, host).toMatch(/private address/)
    expect(site.visits()).toBe(0)
  } finally {
    await worker.stop('SIGKILL')
    site.close()
    await redis.close()
    await rm(dir, { recursive: true, force: true })
  }
})

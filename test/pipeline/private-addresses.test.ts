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
  '168.63.129.16',
  '100.100.100.200',
  'metadata.google.internal',
]
/** What no source may reach, a private one neither. */
const never = ['169.254.169.254', '[fd00:ec2::254]', '168.63.129.16', '100.100.100.200', '192.0.0.192', '0.0.0.0']

test('a worker that may not read private sources reaches none, however the address is written, and says so', async () => {
  const redis = await temporaryRedis()
  const dir = await mkdtemp(path.join(tmpdir(), 'neph-private-'))
  const site = await openSite(abuse('inside', 'feed', 0, page(goodPages.feed)))
  const { port } = new URL(site.url)
  const lines = [
    ...hosts.map((host, n) => `  - { id: inside-${n}, url: 'http://${host}:${port}/', every: 1s }\n`),
    ...never.map((host, n) => `  - { id: never-${n}, url: 'http://${host}:${port}/', every: 1s, private: true }\n`),
    `  - { id: other-network, url: 'http://127.0.0.1:${port}/', every: 1s, private: [10.0.0.0/8, fd12::/16] }\n`,
  ]
  const config = path.join(dir, 'sources.yaml')
  await writeFile(config, `feeds:\n${lines.join('')}`)
  const worker = startRole('workers', { REDIS_URL: redis.url, NEPHOSCOPE_CONFIG: config })
  try {
    await until(async () => (await endsIn(redis.redis)).size === lines.length, 'every source to be polled')
    const ends = await endsIn(redis.redis)
    for (const [n, host] of hosts.entries())
      expect(ends.get(`inside-${n}`)?.error, host).toMatch(/private address|metadata/)
    for (const [n, host] of never.entries())
      expect(ends.get(`never-${n}`)?.error, host).toMatch(/is not a private address$/)
    expect(ends.get('other-network')?.error).toBe('127.0.0.1 is outside the networks of its line')
    expect(site.visits()).toBe(0)
  } finally {
    await worker.stop('SIGKILL')
    site.close()
    await redis.close()
    await rm(dir, { recursive: true, force: true })
  }
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keys } from '../../shared/redis/keys.ts'
import { runErrand } from '../support/errand.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

const GOOD =
  'sources:\n  - { id: github, kind: statuspage, url: https://www.githubstatus.com, provider: github, every: 60s }\n'

let stack: Stack
let dir: string
let environment: Record<string, string>
beforeAll(async () => {
  stack = await startStack({ story: 'road' })
  dir = await mkdtemp(path.join(tmpdir(), 'neph-ops-'))
  await writeFile(path.join(dir, 'sources.yaml'), GOOD)
  environment = {
    REDIS_URL: stack.redis.url,
    PORT: new URL(stack.url).port,
    NEPHOSCOPE_CONFIG: path.join(dir, 'sources.yaml'),
    NEPHOSCOPE_DATA: dir,
  }
  await stack.ready()
  await until(async () => (await stack.redis.redis.exists(keys.rollUpBeat)) === 1, 'a roll-up')
})
afterAll(async () => {
  await stack.close()
  await rm(dir, { recursive: true })
})

const doctor = (more: Record<string, string> = {}, ...args: string[]) =>
  runErrand('ops-doctor', args, { ...environment, ...more })

test('where all runs, the doctor finds nothing wrong, in words and for programs', async () => {
  const [{ code, out }, json] = await Promise.all([doctor(), doctor({}, '--json')])
  expect(out).toMatch(/^✓ ok {4}server .*is ready$/m)
  expect(out).toMatch(/^✓ ok {4}workers .*alive on one host/m)
  expect(out).toMatch(/^✓ ok {4}roll-up .*a worker holds its lease$/m)
  expect(out).toMatch(/^✓ ok {4}redis policy .*noeviction$/m)
  expect(out).toMatch(/^✓ ok {4}schema .*version 2/m)
  expect(out).toMatch(/^All is well/m)
  expect(code).toBe(0)
  const { findings } = JSON.parse(json.out)
  expect(findings).toContainEqual({ check: 'append-only', mark: 'ok', says: 'on' })
})

test('what is wrong is a line with its mend, and the exit code tells', async () => {
  await stack.redis.redis.config('SET', 'maxmemory-policy', 'allkeys-lru')
  await writeFile(path.join(dir, 'broken.yaml'), `${GOOD}  - { id: github, kind: nonsense }\n`)
  const away = doctor({ REDIS_URL: `unix://${dir}/nobody.sock` })
  const { code, out } = await doctor({
    NEPHOSCOPE_CONFIG: path.join(dir, 'broken.yaml'),
    ADMIN_TOKEN: 'short',
    NEPHOSCOPE_DATE: '/data',
  })
  await stack.redis.redis.config('SET', 'maxmemory-policy', 'noeviction')
  expect(code).toBe(1)
  expect(out).toMatch(/^✗ wrong redis policy .*allkeys-lru.*Mend: redis-cli CONFIG SET maxmemory-policy noeviction/m)
  expect(out).toMatch(/^✗ wrong sources file .*broken.yaml line 3.*nonsense.*Mend: /m)
  expect(out).toMatch(/^✗ wrong settings .*ADMIN_TOKEN must be 20 to 512 characters.*openssl rand -base64 24/m)
  expect(out).toMatch(/^! look {2}settings .*NEPHOSCOPE_DATE.*Mend: perhaps NEPHOSCOPE_DATA was meant/m)
  expect((await away).code).toBe(1)
  expect((await away).out).toMatch(/^✗ wrong redis .*cannot be reached.*nobody\.sock/m)
})

test('a backup is restored under servers and workers that run: they take it by themselves, and go on', async () => {
  const file = path.join(dir, 'state.jsonl.gz')
  const backedUp = await runErrand('ops-backup', [file], environment)
  expect(backedUp).toMatchObject({ code: 0, err: '' })
  const head = async () => (await (await fetch(`${stack.url}/api/snapshot`)).json()).head
  await stack.redis.redis.hset(keys.notices, 'bad', 'not even JSON')
  const refused = await runErrand('ops-restore', [file], environment)
  expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/^The store holds \d+ keys.*--force.*\n$/) })

  const restored = await runErrand('ops-restore', [file, '--force'], environment)
  expect(restored).toMatchObject({ code: 0, out: expect.stringMatching(/^Restored \d+ keys as of /) })
  await until(
    () => stack.server.output().includes('restored or migrated; loading the view anew'),
    'the server to notice',
  )
  const newest = (await stack.redis.redis.xrevrange(keys.events, '+', '-', 'COUNT', 1))[0]?.[0] ?? ''
  await until(async () => (await head()) >= newest, 'the restored view')
  expect(await stack.redis.redis.hexists(keys.notices, 'bad')).toBe(0)
  const beat = await stack.redis.redis.get(keys.rollUpBeat)
  await until(async () => (await stack.redis.redis.get(keys.rollUpBeat)) !== beat, 'the roll-up to go on')
})

test('roles of an older build end with a line when the store is of a newer schema, and the doctor says so', async () => {
  await stack.redis.redis.set(keys.schema, 3)
  await Promise.all(
    [stack.server, stack.workers].map(role => role.said('of schema version 3, this build knows version 2')),
  )
  await until(async () => !(await fetch(`${stack.url}/readyz`).catch(() => null)), 'the server to end')
  expect(await Promise.all([stack.server.stop(), stack.workers.stop()])).toEqual([2, 2])
  const { code, out } = await doctor()
  expect(code).toBe(1)
  expect(out).toMatch(/^✗ wrong schema .*of schema version 3, this build knows version 2: start the newer Nephoscope/m)
  expect(out).toMatch(/^! look {2}server .*nobody listens/m)
})

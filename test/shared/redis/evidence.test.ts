// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how addresses refer to the environment
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  evidenceIdOf,
  evidenceKeys,
  evidenceLua,
  packEvidence,
  readFragment,
  readOrigins,
} from '../../../shared/redis/evidence.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { script } from '../../../shared/redis/script.ts'
import { redisOfFile, refuse } from '../../support/redis-of-file.ts'

const server = redisOfFile()

const origin = { url: 'https://status.example.com/?key=${KEY}', date: null, etag: '"1"', lastModified: null }

const write = script(`${evidenceLua}
writeEvidence(KEYS, ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], tonumber(ARGV[6]))
`)
const drop = script(`${evidenceLua}
deleteEvidence(KEYS, ARGV[1])
`)

async function keep(entry: string, fragment: string, { ms = 0, most = 1_000_000 } = {}): Promise<void> {
  const packed = await packEvidence(origin, fragment)
  await write(server.redis, evidenceKeys, [entry, ms, evidenceIdOf(fragment), packed.origin, packed.fragment, most])
}
const forget = (entry: string) => drop(server.redis, evidenceKeys, [entry])

const counted = async () => Number(await server.redis.get(keys.evidenceBytes))
/** What the counter must say. */
async function stored(): Promise<number> {
  const values = [...(await server.redis.hvals(keys.evidence)), ...(await server.redis.hvals(keys.evidenceOrigins))]
  return values.reduce((sum, value) => sum + Buffer.byteLength(value), 0)
}
const entries = () => server.redis.zrange(keys.evidenceOrder, '0', '-1')

/** Text that deflate cannot make smaller than about three quarters. */
const noise = (bytes: number) => randomBytes(bytes).toString('base64')

describe('evidence', () => {
  test('is read as it was said, with where and when it was said', async () => {
    await keep('s/a#1', '{"text":"Zürich 😀"}')
    expect(await readFragment(server.redis, 's/a#1')).toBe('{"text":"Zürich 😀"}')
    expect(await readOrigins(server.redis, ['s/a#1', 's/a#2'], refuse)).toEqual(new Map([['s/a#1', origin]]))
    expect(await readFragment(server.redis, 's/a#2')).toBeNull()
    expect(await readOrigins(server.redis, [], refuse)).toEqual(new Map())
  })

  test('is compressed', async () => {
    await keep('s/a#1', 'investigating '.repeat(1000))
    expect(await counted()).toBeLessThan(500)
  })

  test('is stored once for all entries that were read from it', async () => {
    const text = noise(3000)
    await keep('s/a#1', text)
    const one = await counted()
    await keep('t/b#1', text)
    expect((await counted()) - one).toBeLessThan(300)
    await forget('s/a#1')
    expect(await readFragment(server.redis, 't/b#1')).toBe(text)
    expect(await counted()).toBe(await stored())
    await forget('t/b#1')
    expect(await counted()).toBe(0)
    for (const key of evidenceKeys.slice(0, -1)) expect(await server.redis.exists(key)).toBe(0)
  })

  test('is sent once: an empty fragment is one that is known, and none where it is not', async () => {
    const send = (entry: string, fragment: string) =>
      write(server.redis, evidenceKeys, [entry, 0, evidenceIdOf('x'), JSON.stringify(origin), fragment, 1_000_000])
    await send('s/a#1', '')
    expect([await counted(), await entries()]).toEqual([0, []])
    await send('s/a#1', (await packEvidence(origin, 'x')).fragment)
    await send('s/a#2', '')
    expect(await readFragment(server.redis, 's/a#2')).toBe('x')
    expect(await counted()).toBe(await stored())
  })

  test('is counted once where the same entry is written again', async () => {
    await keep('s/a#1', noise(500))
    await keep('s/a#1', noise(700))
    expect(await counted()).toBe(await stored())
    expect(await server.redis.hlen(keys.evidence)).toBe(1)
  })

  test('stays within its budget: the oldest goes first', async () => {
    for (const n of [3, 1, 4, 2, 5]) await keep(`s/a#${n}`, noise(2000), { ms: n, most: 9000 })
    expect(await entries()).toEqual(['s/a#3', 's/a#4', 's/a#5'])
    expect(await counted()).toBe(await stored())
    expect(await counted()).toBeLessThanOrEqual(9000)
    expect(await readFragment(server.redis, 's/a#1')).toBeNull()
  })

  test.each([0, 10])('is not kept at all in a budget of %i bytes', async most => {
    await keep('s/a#1', 'text', { most })
    expect([await counted(), await stored(), await entries()]).toEqual([0, 0, []])
  })

  test('is counted exactly while many write and drop at once', async () => {
    const texts = Array.from({ length: 12 }, () => noise(500))
    await Promise.all(
      Array.from({ length: 400 }, async (_, n) => {
        const entry = `s/${n % 7}#${n % 31}`
        if (n % 5 === 4) return forget(entry)
        return keep(entry, texts[n % texts.length] ?? '', { ms: n, most: 6000 })
      }),
    )
    expect(await counted()).toBe(await stored())
    expect(await counted()).toBeLessThanOrEqual(6000)
    const uses = await server.redis.hvals(keys.evidenceUses)
    expect(uses.reduce((sum, use) => sum + Number(use), 0)).toBe((await entries()).length)
    expect(await server.redis.hlen(keys.evidence)).toBe(uses.length)
  })
})

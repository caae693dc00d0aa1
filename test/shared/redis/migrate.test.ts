import { expect, test } from 'vitest'
import { awaitEvents } from '../../../shared/redis/event-stream.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { ensureSchema, migrations } from '../../../shared/redis/migrate.ts'
import { pushSource } from '../../../shared/redis/push.ts'
import { type Migration, NEWER_SCHEMA, SCHEMA_VERSION, watchSchema } from '../../../shared/redis/schema-version.ts'
import { script } from '../../../shared/redis/script.ts'
import { redisOfFile, refuse } from '../../support/redis-of-file.ts'

const server = redisOfFile()

/** Each step writes its number once, however often it is run, and counts its runs. */
const step = (to: number, more: Partial<Migration> = {}): Migration => ({
  to,
  what: `adds ${to}`,
  async run({ write }) {
    await write(
      `redis.call('HSET', KEYS[1], ARGV[1], 'there'); redis.call('INCR', KEYS[2])`,
      ['steps', `runs:${to}`],
      [to],
    )
  },
  ...more,
})

test('the schema version is the one that the steps lead to, each from the one before it', () => {
  expect(migrations.map(({ to }) => to)).toEqual(migrations.map((_, index) => index + 2))
  expect(SCHEMA_VERSION).toBe(1 + migrations.length)
})

test('of many that start at once one migrates, and all go on when it is done', async () => {
  await ensureSchema(server.redis, { steps: [] })
  await server.redis.xadd(keys.events, '*', 'event', '{}')
  const [head] = (await server.redis.xrange(keys.events, '-', '+')).map(([id]) => id)
  const steps = [step(2), step(3)]
  const all = await Promise.all([1, 2, 3].map(() => ensureSchema(server.redis, { steps })))
  expect(all).toEqual([1, 2, 3].map(() => ({ ok: true, value: 3 })))
  expect(await server.redis.mget('runs:2', 'runs:3', keys.schema, keys.migrated)).toEqual(['1', '1', '3', null])
  expect(await awaitEvents(server.redis, head ?? '', 10, 1, refuse)).toMatchObject({ events: [], mustReload: true })
})

test('an empty store bears the newest version at once', async () => {
  expect(await ensureSchema(server.redis, { steps: [step(2)] })).toEqual({ ok: true, value: 2 })
  expect(await server.redis.exists('steps', keys.migrated)).toBe(0)
})

test('a migration that was cut short is gone on with, and no older build takes the store meanwhile', async () => {
  await ensureSchema(server.redis, { steps: [] })
  const failing = step(3, { run: () => Promise.reject(new Error('the disk is full')) })
  expect(await ensureSchema(server.redis, { steps: [step(2), failing] })).toMatchObject({
    ok: false,
    error: expect.stringMatching(/migrated to schema version 3: the disk is full/),
  })
  expect(await server.redis.mget(keys.schema, keys.migrated, keys.maintenance)).toEqual(['3', '2', null])
  expect(await ensureSchema(server.redis, { steps: [step(2)] })).toMatchObject({ ok: false })
  expect(await ensureSchema(server.redis, { steps: [step(2), step(3)] })).toEqual({ ok: true, value: 3 })
  expect(await server.redis.mget('runs:2', 'runs:3')).toEqual(['1', '1'])
})

test('who lost its lease while it migrated writes nothing more, and waits for its successor', async () => {
  await ensureSchema(server.redis, { steps: [] })
  const hung = step(2, {
    async run(store) {
      if (await server.redis.set('hung', '1', 'NX')) {
        await server.redis.set(keys.maintenance, 'a successor', 'PX', 200)
      }
      await step(2).run(store)
    },
  })
  const said: string[] = []
  expect(await ensureSchema(server.redis, { steps: [hung], say: line => said.push(line) })).toEqual({
    ok: true,
    value: 2,
  })
  expect(await server.redis.get('runs:2')).toBe('1')
  expect(said).toHaveLength(2)
})

test('an older build that still runs writes nothing into a newer store, and is told to end', async () => {
  const line = new Promise<string>(resolve => watchSchema(server.redis, resolve))
  const write = script(`return redis.call('SET', KEYS[1], 'old')`)
  expect(await write(server.redis, ['record'], [])).toBe('OK')
  await server.redis.set(keys.schema, SCHEMA_VERSION + 1)
  await server.redis.del('record')
  await expect(write(server.redis, ['record'], [])).rejects.toThrow(NEWER_SCHEMA)
  await expect(pushSource(server.redis, 'a')).rejects.toThrow(NEWER_SCHEMA)
  expect(await server.redis.exists('record')).toBe(0)
  expect(await line).toMatch(/of schema version 3, this build knows version 2/)
})

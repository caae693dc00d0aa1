import { expect, test } from 'vitest'
import { aboutOf, auditLog } from '../../../server/access/audit-log.ts'
import { allRoutes } from '../../../server/routes/all.ts'
import { ORIGIN } from '../../../shared/domain/events.ts'
import { appendAudit, MAX_AUDIT_ENTRIES, readAudit } from '../../../shared/redis/audit.ts'
import { readEvents } from '../../../shared/redis/event-stream.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { minutesAgo, NOON } from '../../support/builders.ts'
import { redisOfFile, refuse } from '../../support/redis-of-file.ts'

const store = redisOfFile()

test('whatever an operator or an admin changes is written down', () => {
  const acting = allRoutes.filter(
    ({ method, access }) => method !== 'get' && (access === 'operate' || access === 'admin'),
  )
  expect(acting.length).toBeGreaterThan(10)
  expect(acting.filter(({ audit }) => audit === undefined).map(({ method, path }) => `${method} ${path}`)).toEqual([])
})

test('an entry says who did what about which, newest first, and is kept as long as incidents', async () => {
  let now = NOON
  const log = auditLog({ redis: store.redis, keptDays: 1, now: () => now })
  await log.note('Ada', 'notice.posted', { id: 'n1' })
  now += 60_000
  await log.note('Ben', 'source.polled', { id: 's'.repeat(300) })
  expect(await readAudit(store.redis, refuse)).toMatchObject([
    { at: minutesAgo(-1), by: 'Ben', what: 'source.polled', about: { id: 's'.repeat(200) } },
    { at: minutesAgo(0), by: 'Ada', what: 'notice.posted', about: { id: 'n1' } },
  ])
  now = NOON + 86_400_001
  await log.note('Eve', 'key.revoked', {})
  expect((await readAudit(store.redis, refuse)).map(({ by }) => by)).toEqual(['Eve', 'Ben'])
})

test('an entry is an event of the channel of its own, and of no other', async () => {
  const head = (await store.redis.xrevrange(keys.events, '+', '-', 'COUNT', 1))[0]?.[0] ?? ORIGIN
  await auditLog({ redis: store.redis, keptDays: 1, now: () => NOON }).note('Ada', 'screen.named', { id: 's1' })
  const data = { by: 'Ada', what: 'screen.named', about: { id: 's1' } }
  expect(await readEvents(store.redis, head, 10, refuse)).toMatchObject([
    { type: 'audit.noted', at: minutesAgo(0), channels: ['audit'], data },
  ])
})

test('so many entries are kept, the newest', async () => {
  const old = Array.from({ length: MAX_AUDIT_ENTRIES }, (_, n) => [n, `old ${n}`]).flat()
  await store.redis.zadd(keys.audit, ...old)
  await appendAudit(store.redis, { by: 'Ada', what: 'notice.posted', about: {} }, { now: NOON, keptDays: 40_000 })
  expect(await store.redis.zcard(keys.audit)).toBe(MAX_AUDIT_ENTRIES)
  expect(await store.redis.zscore(keys.audit, 'old 0')).toBeNull()
})

test('of an answer only the id and the name of what was made are written down, never its secret', () => {
  expect(aboutOf({}, { token: { id: 't1', name: 'Lobby', digest: 'd' }, secret: 'neph_s' })).toEqual({
    id: 't1',
    name: 'Lobby',
  })
  expect(aboutOf({ id: 'x' }, undefined)).toEqual({ id: 'x' })
  expect(aboutOf({ id: 'x' }, { outcome: 'shown' })).toEqual({ id: 'x' })
})

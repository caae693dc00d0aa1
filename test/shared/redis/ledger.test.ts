import { expect, test } from 'vitest'
import type { Incident } from '../../../shared/domain/incident.ts'
import { type LedgerEntry, MAX_LEDGER_ENTRIES } from '../../../shared/domain/ledger.ts'
import { commitPoll } from '../../../shared/redis/commit-poll.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { LEDGER_BYTES, readLedger } from '../../../shared/redis/ledger.ts'
import { entry, incident, minutesAgo, pollState, source } from '../../support/builders.ts'
import { redisOfFile, refuse } from '../../support/redis-of-file.ts'

const server = redisOfFile()

/** Commits new entries of an incident, oldest first; the record carries the newest alone. */
async function commit(version: number, id: string, entries: LedgerEntry[], removed: string[] = []): Promise<Incident> {
  const record = incident(id, { entries: entries.slice(-1) })
  await commitPoll(server.redis, {
    version,
    answeredPush: null,
    articlesFrom: minutesAgo(0),
    state: pollState(),
    source: source('s'),
    delayMs: 60_000,
    upserts: { incidents: removed.includes(id) ? [] : [record], components: [], articles: [] },
    removals: { incidents: removed, components: [], articles: [] },
    events: [],
    ledger: entries.map(one => ({ incident: id, entry: one })),
  })
  return record
}

const numbers = async (of: Incident) => (await readLedger(server.redis, of, refuse)).map(({ n }) => n)
const bytesKept = async () => {
  const entries = await server.redis.hvals(keys.ledger)
  return entries.reduce((sum, json) => sum + Buffer.byteLength(json), 0)
}

test('the ledger outlasts what the record carries, newest first, and its bytes are counted', async () => {
  const record = await commit(0, 's/a', [entry(1, 9), entry(2, 5), entry(3, 1, { text: 'Umlaute: ä' })])
  expect(await numbers(record)).toEqual([3, 2, 1])
  expect(Number(await server.redis.get(keys.ledgerBytes))).toBe(await bytesKept())
})

test('an incident keeps its newest entries, and a removed one leaves nothing', async () => {
  const many = Array.from({ length: MAX_LEDGER_ENTRIES + 3 }, (_, index) => entry(index + 1, 1))
  const record = await commit(0, 's/a', many)
  expect((await numbers(record)).slice(-1)).toEqual([4])
  await commit(1, 's/b', [entry(1, 1)], ['s/a'])
  expect(await server.redis.hkeys(keys.ledger)).toEqual(['s/b#1'])
  expect(await server.redis.zrange(keys.ledgerOrder, 0, '-1')).toEqual(['s/b#1'])
  expect(Number(await server.redis.get(keys.ledgerBytes))).toBe(await bytesKept())
})

test('past the budget of all ledgers the oldest entries go, but not those that their incident carries', async () => {
  const first = await commit(0, 's/a', [entry(1, 9), entry(2, 5)])
  await server.redis.set(keys.ledgerBytes, LEDGER_BYTES)
  const second = await commit(1, 's/b', [entry(1, 1)])
  expect(await numbers(second)).toEqual([1])
  expect((await server.redis.hkeys(keys.ledger)).length).toBeLessThan(3)
  expect((await numbers(first))[0]).toBe(2)
})

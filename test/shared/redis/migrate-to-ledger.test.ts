import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { restore } from '../../../ops/backup/restore.ts'
import { regionsEverIn } from '../../../shared/domain/incident.ts'
import { withStates } from '../../../shared/domain/ledger.ts'
import { readIncident } from '../../../shared/redis/incident-archive.ts'
import { historyKey, keys } from '../../../shared/redis/keys.ts'
import { readLedger } from '../../../shared/redis/ledger.ts'
import { loadView } from '../../../shared/redis/load-view.ts'
import { withLedger } from '../../../shared/redis/migrate-to-ledger.ts'
import { incident, minutesAgo } from '../../support/builders.ts'
import { refuse } from '../../support/redis-of-file.ts'
import { type TemporaryRedis, temporaryRedis } from '../../support/temporary-redis.ts'

/** A backup that version 0.1 made of a store with the simulator's incidents. */
const fixture = fileURLToPath(new URL('../../fixtures/store-0.1.gz', import.meta.url))

let server: TemporaryRedis
beforeAll(async () => {
  server = await temporaryRedis()
})
afterAll(() => server.close())

type Old = {
  id: string
  regions: string[]
  updatedAt: string
  updates: { id: string; at: string; text: string }[]
  steps?: { update: string | null; changes: { kind: string; names?: string[] }[] }[]
}
type Line = { kind: string; key: string; items?: [string, string][]; value?: string }

async function oldLines(): Promise<Line[]> {
  const lines = gunzipSync(await readFile(fixture))
    .toString()
    .split('\n')
  return lines.slice(1).flatMap(line => (line.startsWith('{"kind"') ? [JSON.parse(line) as Line] : []))
}

test('a store of version 0.1 is migrated, and nothing of it is lost', async () => {
  expect(await restore(server.redis, fixture, { force: false })).toMatchObject({ ok: true })
  const lines = await oldLines()
  const itemsOf = (key: string) => lines.filter(line => line.key === key).flatMap(({ items }) => items ?? [])
  const old = itemsOf(keys.incidents).map(([, json]): Old => JSON.parse(json))
  const changed = old.filter(({ steps }) => steps !== undefined)
  expect([old.length > 10, changed.length > 3]).toEqual([true, true])

  for (const { id, updates, steps = [], updatedAt, regions } of old) {
    const stored = await readIncident(server.redis, id, refuse)
    if (stored === undefined) throw new Error(`${id} is lost`)
    expect(stored).toMatchObject({ updatedAt, saidAt: updatedAt, regions })
    const ledger = await readLedger(server.redis, stored, refuse)
    const known = ledger.map(({ update, saidAt, text }) => [update, saidAt, text])
    for (const update of updates) expect(known).toContainEqual([update.id, update.at, update.text])
    const silent = steps.filter(({ update }) => !updates.some(({ id: of }) => of === update))
    expect(ledger.length).toBe(Math.max(1, updates.length + silent.length))
    const left = steps.flatMap(({ changes }) => changes.flatMap(c => (c.kind === 'regionsRemoved' ? c.names : [])))
    expect(regionsEverIn(stored)).toEqual(expect.arrayContaining([...regions, ...left]))
  }
  expect(await server.redis.hlen(keys.articles)).toBe(itemsOf(keys.articles).length)
  for (const { kind, key, items } of lines)
    if (kind === 'list' && key.startsWith(historyKey('')))
      expect(await server.redis.lrange(key, 0, -1)).toEqual(expect.arrayContaining(items ?? []))
  expect((await loadView(server.redis, refuse)).incidents.size).toBe(old.length)
})

test('updates, silent steps and what they changed become entries in their order', () => {
  const { entries, everRegions, saidAt, ...summary } = incident('s/a', {
    status: 'resolved',
    impact: 'major',
    regions: ['azure/westeurope'],
    startedAt: minutesAgo(60),
  })
  const { incident: record, ledger } = withLedger({
    ...summary,
    updates: [
      { id: '2', at: minutesAgo(5), status: 'resolved', text: 'Over.' },
      { id: '1', at: minutesAgo(60), status: 'investigating', text: 'Slow.' },
    ],
    steps: [
      {
        at: minutesAgo(30),
        update: null,
        status: 'investigating',
        changes: [
          { kind: 'impact', from: 'minor', to: 'major' },
          { kind: 'regionsAdded', names: ['azure/northeurope'] },
        ],
      },
      {
        at: minutesAgo(5),
        update: '2',
        status: 'resolved',
        changes: [
          { kind: 'status', from: 'investigating', to: 'resolved' },
          { kind: 'regionsRemoved', names: ['azure/northeurope'] },
        ],
      },
    ],
  })
  expect(record.everRegions).toEqual([
    { region: 'azure/northeurope', from: minutesAgo(30), to: minutesAgo(5) },
    { region: 'azure/westeurope', from: minutesAgo(60), to: null },
  ])
  const told = withStates(ledger, record).map(({ n, text, impact, regions }) => [n, text, impact, regions.length])
  expect(told).toEqual([
    [3, 'Over.', 'major', 1],
    [2, '', 'major', 2],
    [1, 'Slow.', 'minor', 1],
  ])
  expect(ledger.map(({ seenAt, saidAt: said }) => [seenAt, said])).toEqual([
    [null, minutesAgo(5)],
    [null, minutesAgo(30)],
    [null, minutesAgo(60)],
  ])
})

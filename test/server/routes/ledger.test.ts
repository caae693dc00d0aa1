import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Redis } from 'ioredis'
import Koa from 'koa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { errorsAsJson } from '../../../server/http/app.ts'
import { routerOf } from '../../../server/http/route.ts'
import { currentState } from '../../../server/live/current.ts'
import { getIncident } from '../../../server/routes/incidents.ts'
import { getFragment, getLedger, getLedgerTable } from '../../../server/routes/ledger.ts'
import { RecordRow } from '../../../shared/domain/evidence.ts'
import type { LedgerEntry } from '../../../shared/domain/ledger.ts'
import { commitPoll } from '../../../shared/redis/commit-poll.ts'
import { connectRedis } from '../../../shared/redis/connect.ts'
import { evidenceIdOf, packEvidence } from '../../../shared/redis/evidence.ts'
import { incident, minutesAgo, pollState, source } from '../../support/builders.ts'
import { namesOf } from '../../support/names.ts'
import { type TemporaryRedis, temporaryRedis } from '../../support/temporary-redis.ts'

const FRAGMENT = '<item><title>Dark</title></item>'
const origin = { url: 'https://status.example.com/feed', date: null, etag: '"7"', lastModified: null }
const state = {
  title: 'Dark, "very"',
  impact: 'minor' as const,
  scope: 'regional' as const,
  regions: ['azure/westeurope'],
  services: ['Storage', 'Mail'],
  scheduledFor: null,
  scheduledUntil: null,
}
const entry = (n: number, more: Partial<LedgerEntry>): LedgerEntry => ({
  n,
  seenAt: minutesAgo(60 - n),
  saidAt: minutesAgo(61 - n),
  update: `u${n}`,
  status: 'investigating',
  text: `Words ${n}`,
  ...more,
})
/** Oldest first: more than an incident carries. */
const entries = [
  entry(1, { ...state, evidence: evidenceIdOf(FRAGMENT) }),
  entry(2, { saidAt: null, text: '=HYPERLINK("http://evil.example")', isRewrite: true }),
  entry(3, { text: 'One\r\ntwo', regions: ['azure/westeurope', 'azure/northeurope'] }),
  ...Array.from({ length: 57 }, (_, index) => entry(index + 4, {})),
]

let store: TemporaryRedis
let redis: Redis
let http: Server
beforeAll(async () => {
  store = await temporaryRedis()
  redis = connectRedis(store.target, 'test', { warn: () => undefined, info: () => undefined })
  const record = incident('s/dark', {
    ...state,
    regions: ['azure/westeurope', 'azure/northeurope'],
    entries: entries.slice(-50).reverse(),
  })
  await commitPoll(store.redis, {
    version: 0,
    answeredPush: null,
    articlesFrom: minutesAgo(0),
    state: pollState(),
    source: source('s'),
    delayMs: 1000,
    upserts: { incidents: [record, incident('s/bare', { entries: [] })], components: [], articles: [] },
    removals: { incidents: [], components: [], articles: [] },
    events: [],
    ledger: entries.map(entry => ({ incident: 's/dark', entry })),
    evidence: [
      { incident: 's/dark', n: 1, seenMs: 0, id: evidenceIdOf(FRAGMENT), packed: await packEvidence(origin, FRAGMENT) },
    ],
  })
  const current = currentState()
  const router = routerOf([getIncident, getLedger, getLedgerTable, getFragment], {
    redis,
    current,
    ...namesOf(current),
    keptDays: 90,
    onInvalid: (_, key, why) => {
      throw new Error(`${key}: ${why}`)
    },
  })
  http = createServer(new Koa().use(errorsAsJson).use(router.routes()).callback()).listen(0, '127.0.0.1')
  await once(http, 'listening')
})
afterAll(async () => {
  http.close()
  redis.disconnect()
  await store.close()
})

const get = (path: string) => {
  const { port } = http.address() as AddressInfo // it listens on a port, not on a socket
  return fetch(`http://127.0.0.1:${port}/api/incidents/${path}`)
}

describe('the ledger of an incident', () => {
  test('has every entry that is kept, newest first, each with all of its state', async () => {
    const { incident, entries: rows } = await (await get('s/dark/ledger')).json()
    expect(incident).toBe('s/dark')
    expect(rows).toHaveLength(60)
    for (const row of rows) RecordRow.parse(row)
    expect(rows.map(({ n }: RecordRow) => n)).toEqual(Array.from({ length: 60 }, (_, index) => 60 - index))
    expect(rows.at(-1)).toEqual({ ...entries[0], lagS: 60, origin })
    expect(rows.at(-2)).toMatchObject({ ...state, n: 2, saidAt: null, lagS: null, origin: null, isRewrite: true })
    expect(rows[0]).toMatchObject({ title: state.title, regions: ['azure/westeurope', 'azure/northeurope'] })
  })

  test('is empty where none is stored', async () =>
    expect((await (await get('s/bare/ledger')).json()).entries).toEqual([]))

  test.each(['s/gone', 's/GONE', 'x/dark'])('of %s is not there', async id => {
    for (const path of ['ledger', 'ledger.csv', 'ledger/1']) {
      const answer = await get(`${id}/${path}`)
      expect(answer.status).toBe(404)
      expect((await answer.json()).detail).toContain('there is no incident')
    }
  })
})

describe('its table', () => {
  test('is a CSV file with a row an entry', async () => {
    const answer = await get('s/dark/ledger.csv')
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="s-dark.csv"')
    const table = await answer.text()
    expect(table.split('\r\n')[0]).toBe(
      'n,seen_at,said_at,lag_s,status,impact,scope,title,regions,services,scheduled_for,scheduled_until,text,is_rewrite,evidence_sha256,source_url,source_date,source_etag,source_last_modified',
    )
    expect(table).toContain(
      `\r\n1,${minutesAgo(59)},${minutesAgo(60)},60,investigating,minor,regional,"Dark, ""very""",azure/westeurope,Storage; Mail,,,Words 1,,${evidenceIdOf(FRAGMENT)},https://status.example.com/feed,,"""7""",\r\n`,
    )
    expect(table).toContain(',"One\r\ntwo",')
    expect(table.endsWith('\r\n')).toBe(true)
  })

  test('holds no formula', async () => {
    const table = await (await get('s/dark/ledger.csv')).text()
    expect(table).toContain(`,"'=HYPERLINK(""http://evil.example"")",yes,`)
  })
})

describe('an entry', () => {
  test('is shown as the source said it, as plain text', async () => {
    const answer = await get('s/dark/ledger/1')
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(await answer.text()).toBe(FRAGMENT)
  })

  test.each(['2', '61', '0', '-1', '1e0', '01', 'x'])('%s has nothing to show', async n =>
    expect((await get(`s/dark/ledger/${n}`)).status).toBe(404),
  )
})

import { expect, test } from 'vitest'
import type { HostFacts } from '../../ops/doctor/gather-host.ts'
import type { RedisFacts, StoreFacts } from '../../ops/doctor/gather-redis.ts'
import { asLines, type Facts, isWell, judge } from '../../ops/doctor/report.ts'
import { source } from '../support/builders.ts'

const now = Date.parse('2026-01-31T03:00:00Z')
const host: HostFacts = {
  node: '20.19.0',
  build: 'fresh',
  settings: { server: null, workers: null },
  strayVariables: [],
  sources: { file: 'config/sources.yaml', problems: [], kinds: { feed: 2 } },
  port: { at: 'http://127.0.0.1:3000', found: 'ready' },
  disk: { dir: '/data', free: 50e9, total: 100e9 },
  openFiles: 65_536,
}
const info = {
  redis_version: '7.2.4',
  role: 'master',
  loading: '0',
  maxmemory_policy: 'noeviction',
  used_memory: '500000000',
  maxmemory: '1000000000',
  evicted_keys: '0',
  aof_enabled: '1',
  aof_last_write_status: 'ok',
  rdb_last_bgsave_status: 'ok',
  connected_clients: '20',
  maxclients: '10000',
}
const store: StoreFacts = {
  schema: '2',
  migrated: null,
  underMaintenance: false,
  workers: ['one'],
  rollUpHeld: true,
  rolledUpAt: now - 1_000,
  headAt: now - 60_000,
  evidenceBytes: 3 * 1024 * 1024,
  pictureBytes: 5 * 1024 * 1024,
  sources: [source('a')],
}
const redis: RedisFacts = { info, roundTripsMs: [0.2, 0.3, 9], clockAheadMs: -3, store }

const found = ({
  host: h = {},
  redis: r = {},
  info: i = {},
  store: s = {},
}: {
  host?: Partial<HostFacts>
  redis?: Partial<RedisFacts>
  info?: Record<string, string>
  store?: Partial<StoreFacts>
}) => {
  const facts: Facts = {
    now,
    host: { ...host, ...h },
    redis: { ...redis, info: { ...info, ...i }, store: { ...store, ...s }, ...r },
  }
  return asLines(judge(facts).filter(({ mark }) => mark !== 'ok'))
    .slice(0, -1)
    .join('\n')
}

test('where all is well nothing is wrong, and nothing is to be looked at', () => {
  const findings = judge({ now, host, redis })
  expect(findings.filter(({ mark }) => mark !== 'ok')).toEqual([])
  expect(isWell(findings)).toBe(true)
  expect(asLines(findings).at(-1)).toBe('All is well')
})

test.each<[string, Parameters<typeof found>[0], RegExp]>([
  [
    'an old Node',
    { host: { node: '18.20.0' } },
    /^✗ wrong node .*Node 18\.20\.0 is too old\. Mend: install Node 20\.19/,
  ],
  ['a build of other sources', { host: { build: 'stale' } }, /^! look {2}build .*Mend: npm run build/],
  [
    'a server without a view',
    { host: { port: { at: 'http://h:1', found: 'unready' } } },
    /^✗ wrong server .*not ready/,
  ],
  [
    'a port that is another’s',
    { host: { port: { at: 'http://h:1', found: 'another' } } },
    /^✗ wrong server .*another program/,
  ],
  [
    'a port that wants root',
    { host: { port: { at: 'http://h:80', found: { code: 'EACCES' } } } },
    /^✗ wrong server .*EACCES.*below 1024/,
  ],
  [
    'a full disk',
    { host: { disk: { dir: '/data', free: 10e6, total: 100e9 } } },
    /^✗ wrong disk .*10 MB of 100\.0 GB free/,
  ],
  ['few open files', { host: { openFiles: 1_024 } }, /^! look {2}open files .*about 824 sockets.*ulimit/],
  ['an old Redis', { info: { redis_version: '6.2.1' } }, /^✗ wrong redis version .*6\.2\.1 is too old/],
  ['a replica', { info: { role: 'slave' } }, /^✗ wrong redis role .*replica/],
  [
    'a policy that evicts',
    { info: { maxmemory_policy: 'allkeys-lru', evicted_keys: '9' } },
    /allkeys-lru.*CONFIG SET.*\n! look {2}redis policy .*9 keys were thrown away/,
  ],
  ['a full Redis', { info: { used_memory: '990000000' } }, /^✗ wrong redis memory .*990 MB of maxmemory 1\.0 GB/],
  ['no append-only file', { info: { aof_enabled: '0' } }, /^! look {2}append-only .*appendonly yes/],
  [
    'a disk that Redis cannot write to',
    { info: { aof_last_write_status: 'err' } },
    /^✗ wrong redis disk .*aof_last_write_status:err/,
  ],
  ['clocks that differ', { redis: { clockAheadMs: 95_000 } }, /^✗ wrong clock .*95 s ahead of ours\. Mend: .*ntp/],
  ['a slow Redis', { redis: { roundTripsMs: [40, 41, 42] } }, /^! look {2}redis latency .*41\.00 ms/],
  ['INFO that is not allowed', { redis: { info: null } }, /^! look {2}redis .*INFO is not allowed/],
  ['a newer schema', { store: { schema: '3' } }, /^✗ wrong schema .*version 3.*knows version 2/],
  ['a migration that was cut short', { store: { migrated: '0' } }, /^✗ wrong schema .*cut short/],
  ['no worker', { store: { workers: [] } }, /^✗ wrong workers .*no source is read/],
  [
    'a roll-up that stands still',
    { store: { rolledUpAt: now - 300_000, rollUpHeld: false } },
    /^✗ wrong roll-up .*since 5 min; nobody holds its lease/,
  ],
  ['a stream that stands still', { store: { headAt: now - 8 * 3_600_000 } }, /^! look {2}events .*8 h old/],
  [
    'a source that fails',
    { store: { sources: [source('a'), source('b', { failures: 3, error: 'HTTP 500' })] } },
    /^! look {2}sources .*1 of 2 fail: b \(HTTP 500, 3 times\)/,
  ],
  [
    'sources that all fail',
    { store: { sources: [source('b', { failures: 9, error: 'no such host' })] } },
    /^✗ wrong sources .*1 of 1 fail.*DNS/,
  ],
])('%s is found', (_, facts, line) => {
  expect(found(facts)).toMatch(line)
})

test('of a Redis that cannot be reached only that is told', () => {
  const lines = asLines(judge({ now, host, redis: { error: 'Redis cannot be reached (ECONNREFUSED)' } }))
  expect(lines.slice(-2)).toEqual([
    expect.stringMatching(/^✗ wrong redis .*ECONNREFUSED.*Mend: /),
    '1 wrong, 0 to look at',
  ])
})

import { describe, expect, test } from 'vitest'
import { Probe } from '../../../shared/domain/probe.ts'
import type { ProbeSource } from '../../../workers/config/source-config.ts'
import type { Measurement } from '../../../workers/probes/measure.ts'
import { findingOf, type ProbeInput } from '../../../workers/probes/probe.ts'
import { minutesAgo, NOON, probe } from '../../support/builders.ts'

const source: ProbeSource = {
  id: 'azure-weu-blob',
  name: 'Blob storage',
  kind: 'probe',
  url: 'https://blob.example.com/',
  provider: 'azure',
  region: 'azure/westeurope',
  expect: { from: 200, to: 399 },
  everyMs: 30_000,
  topics: [],
}
const well: Measurement = { nameMs: 3, connectMs: 12, tlsMs: 25, firstByteMs: 31, httpStatus: 200, error: null }
const refused: Measurement = {
  ...well,
  connectMs: null,
  tlsMs: null,
  firstByteMs: null,
  httpStatus: null,
  error: 'connection refused',
}
const told = { doubtedAt: null, sentAt: minutesAgo(0.5) }

const find = (measured: Measurement, more: Partial<ProbeInput> = {}) =>
  findingOf({
    source,
    before: probe('azure-weu-blob'),
    state: told,
    measured,
    from: 'office',
    countryOf: () => 'NL',
    now: NOON,
    ...more,
  })

describe('an endpoint that was reachable', () => {
  test('stays so after one bad measurement, which is made again soon and told to nobody', () => {
    expect(find(refused)).toEqual({
      probe: null,
      changed: false,
      state: { doubtedAt: minutesAgo(0), sentAt: told.sentAt },
      events: [],
      recheckMs: 2_000,
    })
  })

  test('is out of reach after the second, since the first, and that is told to its region but not as status', () => {
    const { probe, changed, state, events, recheckMs } = find(refused, { state: { ...told, doubtedAt: minutesAgo(1) } })
    expect(probe).toMatchObject({
      reachable: false,
      since: minutesAgo(1),
      at: minutesAgo(0),
      error: 'connection refused',
    })
    expect({ changed, state, recheckMs }).toEqual({
      changed: true,
      state: { doubtedAt: null, sentAt: minutesAgo(0) },
      recheckMs: null,
    })
    expect(events).toEqual([
      {
        type: 'probe.changed',
        at: minutesAgo(0),
        channels: ['all', 'sources', 'provider/azure', 'vendor/azure', 'region/azure/westeurope', 'country/nl'],
        data: Probe.parse(probe),
      },
    ])
  })

  test('is so without doubt when the second measurement is good', () => {
    const { probe, changed, state } = find(well, { state: { ...told, doubtedAt: minutesAgo(1) } })
    expect({ reachable: probe?.reachable, changed, state }).toEqual({ reachable: true, changed: false, state: told })
  })
})

test('an endpoint that was out of reach comes back after two good measurements', () => {
  const before = probe('azure-weu-blob', { reachable: false, error: 'connection refused' })
  expect(find(well, { before })).toMatchObject({ probe: null, recheckMs: 2_000 })
  const { probe: after, changed } = find(well, { before, state: { ...told, doubtedAt: minutesAgo(1) } })
  expect(after).toMatchObject({ reachable: true, since: minutesAgo(1), error: null })
  expect(changed).toBe(true)
})

describe('an endpoint of which nothing is known', () => {
  const nothing = { before: null, state: { doubtedAt: null, sentAt: null } }

  test('is reachable by one good measurement', () => {
    expect(find(well, nothing)).toMatchObject({ probe: { reachable: true, since: minutesAgo(0) }, changed: true })
  })

  test('is out of reach only by two', () => {
    expect(find(refused, nothing)).toMatchObject({ probe: null, changed: false })
    const second = find(refused, { ...nothing, state: { doubtedAt: minutesAgo(1), sentAt: null } })
    expect(second).toMatchObject({ probe: { reachable: false, since: minutesAgo(1) }, changed: true })
  })

  test('is one whose address or region has changed', () => {
    const moved = find(well, { before: probe('azure-weu-blob', { url: 'https://old.example.com/' }) })
    expect(moved).toMatchObject({ probe: { since: minutesAgo(0) }, changed: true })
  })
})

test('what does not change is kept each time and told once a minute, or at once from another place', () => {
  expect(find(well)).toMatchObject({ probe: { since: minutesAgo(60), at: minutesAgo(0) }, changed: false, events: [] })
  expect(find(well, { state: { doubtedAt: null, sentAt: minutesAgo(1) } }).events).toHaveLength(1)
  expect(find(well, { from: 'elsewhere' }).events).toHaveLength(1)
})

test.each([
  [200, null],
  [302, null],
  [404, 'HTTP 404'],
  [503, 'HTTP 503'],
])('HTTP %d is judged by what is expected', (httpStatus, error) => {
  const { probe } = find({ ...well, httpStatus }, { state: { ...told, doubtedAt: minutesAgo(1) } })
  expect(probe).toMatchObject({ reachable: error === null, error, httpStatus })
})

test('a status that the sources file expects is a good one', () => {
  const guarded = { ...source, expect: { from: 401, to: 403 } }
  expect(find({ ...well, httpStatus: 401 }, { source: guarded }).probe?.reachable).toBe(true)
  expect(find(well, { source: guarded }).probe).toBeNull()
})

test('a probe that is measured often is also rechecked no later than at its next turn', () => {
  expect(find(refused, { source: { ...source, everyMs: 500 } }).recheckMs).toBe(500)
})

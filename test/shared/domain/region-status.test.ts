import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isActive, statusOfIncident } from '../../../shared/domain/incident.ts'
import { type RollUpInput, rollUp } from '../../../shared/domain/region-status.ts'
import { isFresh } from '../../../shared/domain/source.ts'
import { severity } from '../../../shared/domain/status.ts'
import { component, incident, minutesAgo, NOON, region, source } from '../../support/builders.ts'

const regions = [region('azure/westeurope'), region('azure/northeurope'), region('aws/eu-west-1')]
const input = (more: Partial<RollUpInput> = {}): RollUpInput => ({
  regions,
  incidents: [],
  components: [],
  sources: [source('azure-status'), source('aws-events', { provider: 'aws' })],
  previous: new Map(),
  now: NOON,
  ...more,
})
const statusOf = (id: string, given: RollUpInput) => {
  const found = rollUp(given).find(status => status.region === id)
  if (!found) throw new Error(`no status for ${id}`)
  return found
}

const anyIncident = fc
  .record({
    source: fc.constantFrom('azure-status', 'aws-events', 'gone'),
    native: fc.integer({ min: 0, max: 9 }),
    kind: fc.constantFrom('incident' as const, 'maintenance' as const),
    status: fc.constantFrom(
      'investigating' as const,
      'monitoring' as const,
      'resolved' as const,
      'scheduled' as const,
      'in_progress' as const,
    ),
    impact: fc.constantFrom('none' as const, 'minor' as const, 'major' as const, 'critical' as const),
    scope: fc.constantFrom('regional' as const, 'global' as const, 'unspecified' as const),
    regions: fc.subarray(regions.map(({ id }) => id)),
    age: fc.integer({ min: 0, max: 600 }),
  })
  .map(({ source, native, age, ...more }) => incident(`${source}/${native}`, { ...more, startedAt: minutesAgo(age) }))
const anySource = fc.record({ silent: fc.integer({ min: 0, max: 8 }) })
const anyInput = fc
  .record({
    incidents: fc.uniqueArray(anyIncident, { selector: ({ id }) => id, maxLength: 12 }),
    azure: anySource,
    aws: anySource,
  })
  .map(({ incidents, azure, aws }) =>
    input({
      incidents,
      sources: [
        source('azure-status', { lastOkAt: minutesAgo(azure.silent) }),
        source('aws-events', { provider: 'aws', lastOkAt: minutesAgo(aws.silent) }),
      ],
    }),
  )

describe('whatever is known', () => {
  test('a live region is never shown healthier than its worst active incident', () => {
    fc.assert(
      fc.property(anyInput, given => {
        const sources = new Map([...given.sources].map(source => [source.id, source]))
        for (const status of rollUp(given)) {
          if (status.freshness === 'stale') continue
          for (const one of given.incidents) {
            const from = sources.get(one.id.split('/')[0] ?? '')
            if (
              !isActive(one) ||
              one.scope !== 'regional' ||
              !one.regions.includes(status.region) ||
              !from ||
              !isFresh(from, NOON)
            )
              continue
            expect(severity[status.status]).toBeGreaterThanOrEqual(severity[statusOfIncident(one)])
          }
        }
      }),
    )
  })

  test('stale is never operational', () => {
    fc.assert(
      fc.property(anyInput, given => {
        for (const status of rollUp(given))
          if (status.freshness === 'stale') expect(status.status).not.toBe('operational')
      }),
    )
  })

  test('the order in which incidents and sources come does not matter', () => {
    fc.assert(
      fc.property(anyInput, given => {
        const reversed = { ...given, incidents: [...given.incidents].reverse(), sources: [...given.sources].reverse() }
        expect(rollUp(reversed)).toEqual(rollUp(given))
      }),
    )
  })

  test('rolling up again over its own result changes nothing', () => {
    fc.assert(
      fc.property(anyInput, given => {
        const once = rollUp(given)
        const again = rollUp({ ...given, previous: new Map(once.map(status => [status.region, status])) })
        const third = rollUp({ ...given, previous: new Map(again.map(status => [status.region, status])) })
        expect(third).toEqual(again)
        expect(again.map(status => status.status)).toEqual(once.map(status => status.status))
      }),
    )
  })
})

test('a quiet region whose source was just read is operational and live', () => {
  expect(statusOf('azure/westeurope', input())).toMatchObject({
    status: 'operational',
    freshness: 'live',
    since: null,
    lastKnown: null,
  })
})

test('the first reading of a healthy region does not tell since when it is', () => {
  const unread = statusOf('azure/westeurope', input({ sources: [source('azure-status', { lastOkAt: null })] }))
  expect(unread).toMatchObject({ status: 'unknown', since: null, lastKnown: null })
  const previous = new Map([[unread.region, unread]])
  expect(statusOf('azure/westeurope', input({ previous }))).toMatchObject({ status: 'operational', since: null })
})

test('a region degrades since its incident began, with the incident and its services', () => {
  const given = input({ incidents: [incident('azure-status/a', { services: ['Storage'], startedAt: minutesAgo(38) })] })
  expect(statusOf('azure/westeurope', given)).toMatchObject({
    status: 'degraded_performance',
    since: minutesAgo(38),
    incidents: ['azure-status/a'],
    services: [{ service: 'Storage', status: 'degraded_performance' }],
    serviceCount: 1,
    whole: null,
  })
})

test('the worst incident stands first and decides', () => {
  const given = input({ incidents: [incident('azure-status/a'), incident('azure-status/b', { impact: 'critical' })] })
  expect(statusOf('azure/westeurope', given)).toMatchObject({
    status: 'major_outage',
    incidents: ['azure-status/b', 'azure-status/a'],
  })
})

test('a global or unspecified incident marks no region', () => {
  const given = input({
    incidents: [
      incident('azure-status/a', { scope: 'global', regions: [] }),
      incident('azure-status/b', { scope: 'unspecified', regions: [] }),
    ],
  })
  expect(statusOf('azure/westeurope', given)).toMatchObject({ status: 'operational', incidents: [] })
})

test('a global incident marks the regions that it names', () => {
  const given = input({ incidents: [incident('azure-status/a', { scope: 'global', regions: ['azure/westeurope'] })] })
  expect(statusOf('azure/westeurope', given)).toMatchObject({ incidents: ['azure-status/a'] })
})

test('an incident of a history marks its regions until it had no news for days', () => {
  const since = (updatedAt: string) =>
    statusOf(
      'azure/westeurope',
      input({ incidents: [incident('azure-status/a', { updatedAt, fadesAfterMs: 3_600_000 })] }),
    )
  expect(since(new Date(NOON - 3_600_000).toISOString()).incidents).toEqual(['azure-status/a'])
  expect(since(new Date(NOON - 3_600_001).toISOString())).toMatchObject({ status: 'operational', incidents: [] })
})

test('a maintenance counts only while it is under way', () => {
  const maintenance = (status: 'scheduled' | 'in_progress') =>
    incident('azure-status/m', { kind: 'maintenance', impact: 'maintenance', status })
  expect(statusOf('azure/westeurope', input({ incidents: [maintenance('scheduled')] })).status).toBe('operational')
  expect(statusOf('azure/westeurope', input({ incidents: [maintenance('in_progress')] })).status).toBe(
    'under_maintenance',
  )
})

test('a component in trouble degrades the regions that it names', () => {
  const given = input({
    components: [component('azure-status/c', { status: 'partial_outage', regions: ['azure/northeurope'] })],
  })
  expect(statusOf('azure/northeurope', given)).toMatchObject({
    status: 'partial_outage',
    services: [{ service: 'Storage', status: 'partial_outage' }],
  })
})

test('after three missed intervals a region is unknown, with what was last known and when', () => {
  const before = rollUp(input())
  const silent = input({
    previous: new Map(before.map(status => [status.region, status])),
    sources: [source('azure-status', { lastOkAt: minutesAgo(3.5) }), source('aws-events', { provider: 'aws' })],
  })
  expect(statusOf('azure/westeurope', silent)).toMatchObject({
    status: 'unknown',
    freshness: 'stale',
    since: minutesAgo(0),
    lastKnown: { status: 'operational', at: minutesAgo(3.5) },
  })
  expect(statusOf('aws/eu-west-1', silent)).toMatchObject({ status: 'operational', freshness: 'live' })
})

test('two missed intervals are forgiven', () => {
  const given = input({ sources: [source('azure-status', { lastOkAt: minutesAgo(2.5) })] })
  expect(statusOf('azure/westeurope', given)).toMatchObject({ status: 'operational', freshness: 'live' })
})

test('a region that was never read is unknown and has no last known', () => {
  const given = input({ sources: [source('azure-status', { lastOkAt: null })] })
  expect(statusOf('azure/westeurope', given)).toMatchObject({ status: 'unknown', freshness: 'stale', lastKnown: null })
})

test('a region that no source covers has no status; one whose last source went away is unknown', () => {
  const given = input({ sources: [source('azure-status')] })
  expect(rollUp(given).map(status => status.region)).not.toContain('aws/eu-west-1')
  const previous = new Map(rollUp(input()).map(status => [status.region, status]))
  expect(statusOf('aws/eu-west-1', { ...given, previous })).toMatchObject({ status: 'unknown', freshness: 'stale' })
})

test('trouble that a fresh source reports is shown even while another source of the provider is silent', () => {
  const given = input({
    sources: [source('azure-status'), source('azure-devops', { lastOkAt: null })],
    incidents: [incident('azure-status/a', { impact: 'major' })],
  })
  expect(statusOf('azure/westeurope', given)).toMatchObject({ status: 'partial_outage', freshness: 'stale' })
})

test('a region that comes back as it was keeps its since', () => {
  const troubled = input({ incidents: [incident('azure-status/a', { startedAt: minutesAgo(30) })] })
  const chain = (given: RollUpInput, previous: ReturnType<typeof rollUp>) =>
    rollUp({ ...given, previous: new Map(previous.map(one => [one.region, one])) })
  const silent = { ...troubled, sources: [source('azure-status', { lastOkAt: minutesAgo(9) })] }
  const back = chain(troubled, chain(silent, rollUp(troubled)))
  expect(back.find(one => one.region === 'azure/westeurope')).toMatchObject({
    status: 'degraded_performance',
    since: minutesAgo(30),
  })
})

test('an announced region has no status', () => {
  expect(rollUp(input({ regions: [region('azure/new', { state: 'announced' })] }))).toEqual([])
})

test('a private word colours no region, and its source covers none', () => {
  const incidents = [incident('own/1', { isPrivate: true, impact: 'critical' })]
  const own = source('own', { kind: 'inbound', url: 'inbound:azure-service-health' })
  const quiet = statusOf('azure/westeurope', input({ sources: [source('azure-status'), own] }))
  expect(statusOf('azure/westeurope', input({ incidents, sources: [source('azure-status'), own] }))).toEqual(quiet)
  expect(quiet).toMatchObject({ status: 'operational', incidents: [], freshness: 'live' })
  const silent = source('own', { kind: 'inbound', url: 'inbound:azure-service-health', lastOkAt: null })
  expect(statusOf('azure/westeurope', input({ sources: [source('azure-status'), silent] }))).toEqual(quiet)
  expect(rollUp(input({ sources: [own] }))).toEqual([])
})

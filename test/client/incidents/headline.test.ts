import { expect, test } from 'vitest'
import { headline, staleHeadline } from '../../../client/incidents/headline.ts'
import { incident, minutesAgo, NOW, small, source, standpointOn, status, statusesOf, when } from '../builders.ts'

const quiet = [status('azure/westeurope'), status('aws/eu-west-1'), status('aws/us-east-1')]
const say = (
  statuses = quiet,
  incidents = [incident('aws-status/none', { status: 'scheduled' })],
  mine: string[] = [],
  { name = null, silent }: { name?: string | null; silent?: string } = {},
) => {
  const standpoint = standpointOn(mine, name)
  const view = {
    statuses: statusesOf(...statuses),
    incidents: new Map(incidents.map(one => [one.id, one])),
    sources: new Map(
      ['azure-status', 'aws-status', 'github-status'].map(id => [
        id,
        source(id, id === silent ? { lastOkAt: minutesAgo(300), failures: 9 } : {}),
      ]),
    ),
    components: new Map(),
    probes: new Map(),
  }
  const state = standpoint.statusOf(view, NOW)
  return headline({ catalogue: small, statuses: view.statuses, incidents, standpoint, state }, when)
}

test('all quiet names the last change', () => {
  const resolved = incident('aws-status/1', {
    status: 'resolved',
    regions: ['aws/eu-west-1'],
    resolvedAt: minutesAgo(192),
  })
  expect(say(quiet, [resolved])).toEqual({
    status: 'operational',
    text: 'All quiet.',
    detail: 'Last change 3 h 12 min ago: AWS eu-west-1, resolved.',
  })
})

test('a single region in trouble is named', () => {
  const statuses = [...quiet, status('azure/westeurope', { status: 'degraded_performance' })]
  expect(say(statuses)).toEqual({
    status: 'degraded_performance',
    text: 'Azure West Europe is degraded.',
    detail: 'Azure West Europe: degraded performance since 04:40 (10 h)',
  })
})

test('of a single region in trouble the second part says what happens, with its place named already', () => {
  const cause = incident('azure-status/1', { title: 'Disks are slow', regions: ['azure/westeurope'], impact: 'minor' })
  const bad = status('azure/westeurope', {
    status: 'degraded_performance',
    since: minutesAgo(38),
    incidents: [cause.id],
  })
  expect(say([...quiet.slice(1), bad], [cause])).toMatchObject({
    text: 'Azure West Europe is degraded.',
    detail: 'Disks are slow, since 14:02 (38 min)',
  })
  // what began later is not what has gone on since then
  const later = incident('azure-status/2', { title: 'Queues are late', startedAt: minutesAgo(5), impact: 'minor' })
  const both = { ...bad, incidents: [later.id, cause.id] }
  expect(say([...quiet.slice(1), both], [later, cause]).detail).toBe('Disks are slow, since 14:02 (38 min)')
  expect(say([...quiet.slice(1), { ...bad, incidents: [later.id] }], [later]).detail).toBe(
    'Azure West Europe: degraded performance since 14:02 (38 min)',
  )
})

test('several states are told as trouble, and the worst of them and since when beside it', () => {
  const statuses = [
    status('azure/westeurope', { status: 'major_outage', since: minutesAgo(38) }),
    status('aws/eu-west-1', { status: 'degraded_performance' }),
    status('aws/us-east-1', { status: 'degraded_performance' }),
  ]
  expect(say(statuses)).toEqual({
    status: 'major_outage',
    text: 'Three regions are in trouble.',
    detail: 'Azure West Europe: major outage since 14:02 (38 min)',
  })
  expect(say(statuses.slice(1)).text).toBe('Two regions are degraded.')
  const mine = ['azure/westeurope', 'aws/eu-west-1', 'aws/us-east-1']
  expect(say(statuses, [], mine).text).toBe('Three of your three regions are in trouble.')
  const maintained = [...statuses.slice(0, 2), status('aws/us-east-1', { status: 'under_maintenance' })]
  expect(say(maintained).text).toBe('Two regions are in trouble and one is under maintenance.')
})

test('with regions of their own, a reader hears about those', () => {
  const statuses = [
    status('azure/westeurope', { status: 'degraded_performance' }),
    status('aws/eu-west-1', { status: 'degraded_performance' }),
    status('aws/us-east-1', { status: 'operational' }),
  ]
  const mine = ['azure/westeurope', 'aws/eu-west-1', 'aws/us-east-1']
  expect(say(statuses, [], mine).text).toBe('Two of your three regions are degraded.')
  expect(say(statuses, [], ['aws/us-east-1']).text).toBe('Your region is quiet. Two regions are degraded.')
})

test('own regions that are unknown are never called quiet', () => {
  const unknown = status('aws/us-east-1', { status: 'unknown', freshness: 'stale' })
  const mine = ['aws/us-east-1', 'aws/eu-west-1']
  expect(say([...quiet.slice(0, 2), unknown], [], mine)).toEqual({
    status: 'unknown',
    text: 'One of your two regions is unknown. Quiet where known; one region is unknown.',
    detail: null,
  })
  const bad = [status('azure/westeurope', { status: 'major_outage' }), unknown]
  expect(say(bad, [], ['aws/us-east-1']).text).toBe('Your region is unknown. Azure West Europe is in major outage.')
})

test('what a provider of own regions reports as a whole is not called quiet, what a vendor reports leaves them so', () => {
  const of = (id: string) => incident(id, { scope: 'unspecified', impact: 'major' })
  const mine = ['aws/eu-west-1']
  expect(say(quiet, [of('aws-status/1')], mine).text).toBe('AWS reports an incident; no region is named.')
  expect(say(quiet, [of('github-status/1')], mine).text).toBe(
    'Your region is quiet. GitHub reports an incident; no region is named.',
  )
})

test('with one region and no vendor, no vendor’s trouble is the stack’s', () => {
  const vendors = incident('github-status/1', { scope: 'unspecified', impact: 'critical' })
  expect(say(quiet, [vendors], ['aws/eu-west-1'], { name: 'Shop' })).toEqual({
    status: 'operational',
    text: 'Shop: Your region is quiet.',
    detail: null,
  })
})

test('with one vendor and no region, the sentence tells of that vendor', () => {
  const vendors = incident('github-status/1', { scope: 'unspecified', impact: 'critical' })
  const bad = [...quiet.slice(1), status('azure/westeurope', { status: 'major_outage' })]
  expect(say(bad, [vendors], ['github'])).toEqual({
    status: 'major_outage',
    text: 'An incident concerns you: GitHub.',
    detail: `${vendors.title}, since 14:02 (38 min)`,
  })
  expect(say(bad, [], ['github'], { name: 'Shop' }).text).toBe('Shop: What you run on is quiet.')
})

test('of a stack nothing is called quiet while one of its sources is silent', () => {
  const lost = { silent: 'github-status' }
  expect(say(quiet, [], ['github'], lost)).toEqual({
    status: 'unknown',
    text: 'Unknown, as no source tells of it: GitHub.',
    detail: null,
  })
  expect(say(quiet, [], ['github', 'aws/eu-west-1'], { ...lost, name: 'Shop' })).toEqual({
    status: 'unknown',
    text: 'Shop: Unknown, as no source tells of it: GitHub.',
    detail: null,
  })
})

test('an incident of a silent source is not told as if it went on', () => {
  const last = incident('github-status/1', { scope: 'unspecified', impact: 'critical' })
  expect(say(quiet, [last], ['github'], { silent: 'github-status', name: 'Shop' })).toEqual({
    status: 'unknown',
    text: 'Shop: Unknown, as no source tells of it: GitHub.',
    detail: null,
  })
})

test('regions and vendors of a stack in trouble are told together, what may concern it stands for itself', () => {
  const vendors = incident('github-status/1', { scope: 'unspecified', impact: 'minor' })
  const bad = [...quiet.slice(1), status('azure/westeurope', { status: 'partial_outage' })]
  expect(say(bad, [vendors], ['azure/westeurope', 'github']).text).toBe(
    'Azure West Europe is in partial outage. An incident concerns you: GitHub.',
  )
  const unplaced = incident('aws-status/1', { scope: 'unspecified', impact: 'major' })
  expect(say(quiet, [unplaced], ['aws/eu-west-1'], { name: 'Shop' }).text).toBe(
    'Shop: An incident may concern you: AWS.',
  )
})

test('an incident in a region that the sentence tells of is not told beside it', () => {
  const inside = incident('azure-status/1', { regions: ['azure/westeurope'], services: ['Storage'], impact: 'major' })
  const bad = [...quiet.slice(1), status('azure/westeurope', { status: 'partial_outage', incidents: [inside.id] })]
  const uses = ['azure/westeurope', 'azure/storage@westeurope']
  expect(say(bad, [inside], uses).text).toBe('Azure West Europe is in partial outage.')
})

test('an end of unknown time is no last change', () => {
  const undated = incident('aws-status/1', { status: 'resolved', startedAt: minutesAgo(0), resolvedAt: minutesAgo(0) })
  expect(say(quiet, [undated]).text).toBe('All quiet.')
})

test('trouble that names no region is told of its provider', () => {
  const global = incident('github-status/1', { scope: 'unspecified', impact: 'major' })
  expect(say(quiet, [global])).toEqual({
    status: 'partial_outage',
    text: 'GitHub reports an incident; no region is named.',
    detail: `${global.title}, since 14:02 (38 min)`,
  })
})

test('what is unknown is never counted as quiet', () => {
  const unknown = status('aws/us-east-1', { status: 'unknown', freshness: 'stale' })
  expect(say([...quiet.slice(0, 2), unknown], [])).toEqual({
    status: 'unknown',
    text: 'Quiet where known; one region is unknown.',
    detail: null,
  })
  expect(say([unknown], []).text).toBe('Nothing is known yet: no source has answered.')
})

test('a stale picture is dated before anything else is said', () => {
  expect(
    staleHeadline(
      { status: 'operational', text: 'All quiet.', detail: 'Last change 3 h ago.' },
      NOW - 38 * 60_000,
      when,
    ),
  ).toEqual({ status: 'unknown', text: 'Stale since 14:02. Last known: All quiet.', detail: null })
})

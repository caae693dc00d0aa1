import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { pageSubject, providerPage } from '../../../server/outward/page-subject.ts'
import { pageDocuments } from '../../../server/outward/statuspage.ts'
import type { SubjectFacts } from '../../../server/outward/subject.ts'
import type { ChannelParts } from '../../../shared/domain/channels.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import { Impact, Stage, Status } from '../../../shared/domain/status.ts'
import { emptyView } from '../../../shared/domain/view.ts'
import { provider, status } from '../../client/builders.ts'
import { component, entry, incident, minutesAgo, NOON, region, source } from '../../support/builders.ts'
import { read, readingIn } from '../../workers/formats/reading.ts'

const west = region('azure/westeurope', { name: 'West Europe' })
const north = region('azure/northeurope', { name: 'North Europe' })
const storage = { id: 'azure/storage', name: 'Storage', scope: 'regional' as const, under: null, isBroad: false }
const dns = { id: 'azure/dns', name: 'DNS', scope: 'global' as const, under: null, isBroad: false }
const services = new Map([storage, dns].map(one => [one.id, one]))
const address = { base: 'https://clouds.example.com', page: 'https://status.example.com' }

function facts(incidents: Incident[], more: Partial<SubjectFacts> = {}): SubjectFacts {
  const view = emptyView()
  view.head = `${NOON - 60_000}-3`
  view.sources.set('azure-status', source('azure-status'))
  view.statuses.set(west.id, status(west.id, { status: 'degraded_performance', since: minutesAgo(10) }))
  view.statuses.set(north.id, status(north.id, { since: null }))
  const parts = [component('azure-status/api', { name: 'API', group: 'Europe' }), component('azure-status/portal')]
  for (const part of parts) view.components.set(part.id, part)
  for (const one of incidents) view.incidents.set(one.id, one)
  const catalogue = {
    providers: new Map([['azure', provider('azure', 'Azure')]]),
    regions: new Map([west, north].map(one => [one.id, one])),
  }
  const stackFacts = { stacks: new Map(), services, dependencies: () => [], siteOf: () => null }
  return {
    view,
    catalogue,
    workersAt: minutesAgo(0),
    now: NOON,
    stackFacts,
    names: { services, vendors: new Map() },
    ...more,
  }
}

function documents(known: SubjectFacts, parts: ChannelParts = { kind: 'provider', provider: 'azure' }) {
  const subject = pageSubject(parts, known)
  if (subject === undefined) throw new Error('no subject')
  return pageDocuments(subject, known, address)
}

const told = incident('azure-status/a', {
  title: 'Requests fail',
  impact: 'major',
  services: ['Europe / API', 'Queues & Topics', 'Storage'],
  serviceIds: ['azure/storage'],
  entries: [entry(2, 3, { status: 'identified', text: 'A switch.' }), entry(1, 9)],
})
const planned = incident('azure-status/m', {
  kind: 'maintenance',
  status: 'scheduled',
  impact: 'maintenance',
  regions: [north.id],
  services: ['Storage'],
  startedAt: minutesAgo(-600),
  scheduledFor: minutesAgo(-600),
  scheduledUntil: minutesAgo(-700),
  entries: [entry(1, 90, { status: 'scheduled' })],
})

describe('a provider', () => {
  test('has a component for each region, its own ones, and each service that incidents name', () => {
    const { components } = documents(facts([told, planned]))['components.json']
    expect(components.map(({ id, name, status }) => [id, name, status])).toEqual([
      ['westeurope', 'West Europe', 'degraded_performance'],
      ['northeurope', 'North Europe', 'operational'],
      ['azure-status.api', 'API', 'operational'],
      ['azure-status.portal', 'Storage', 'operational'],
      ['service.queues-topics', 'Queues & Topics', 'partial_outage'],
    ])
  })

  test('names them at its incidents, and is read by our own reader with regions and services', async () => {
    const summary = documents(facts([told, planned]))['summary.json']
    expect(summary.incidents[0]?.components.map(({ id }) => id)).toEqual([
      'westeurope',
      'azure-status.api',
      'service.queues-topics',
      'azure-status.portal',
    ])
    const { incidents, components } = readingIn(
      await read('statuspage', JSON.stringify(summary), { provider: 'azure' }),
    )
    expect(incidents.map(({ title, regions, impact, status }) => [title, regions, impact, status])).toEqual([
      ['Requests fail', [west.id], 'major', 'investigating'],
      ['Connectivity issues', [north.id], 'maintenance', 'scheduled'],
    ])
    expect(incidents[0]?.services).toEqual(expect.arrayContaining(['Queues & Topics', 'Storage']))
    expect(components).toHaveLength(5)
  })

  test('keeps the id of a service while its incidents come and go, well or not', () => {
    const ids = (incidents: Incident[]) =>
      documents(facts(incidents))['components.json'].components.map(({ id, status }) => [id, status])
    const over = { ...told, status: 'resolved' as const, resolvedAt: minutesAgo(1) }
    expect(ids([over])).toContainEqual(['service.queues-topics', 'operational'])
    expect(ids([over, { ...told, id: 'azure-status/b' }])).toContainEqual(['service.queues-topics', 'partial_outage'])
  })

  test('does not tell the silence of a source as health of its services', () => {
    const silent = facts([told])
    silent.view.sources.set('azure-status', source('azure-status', { failures: 9, lastOkAt: minutesAgo(60) }))
    const part = documents(silent)['components.json'].components.at(-1)
    expect(part?.description).toBe(`Last known state: not up to date since ${minutesAgo(60)}.`)
  })
})

test('no date is ahead of the page, nor of its incident, and none is 1970', () => {
  const ahead = incident('azure-status/ahead', {
    status: 'resolved',
    startedAt: minutesAgo(-5),
    updatedAt: minutesAgo(-30),
    resolvedAt: minutesAgo(-30),
    entries: [entry(2, -40, { status: 'monitoring' }), entry(1, 9, { seenAt: null, saidAt: null })],
  })
  const all = documents(facts([told, planned, ahead]))
  const asOf = minutesAgo(1)
  expect(all['summary.json'].page.updated_at).toBe(asOf)
  const dates = [...JSON.stringify(all).matchAll(/"(\w+_at|display_at)":"([^"]+)"/g)]
  expect(dates.length).toBeGreaterThan(60)
  for (const [, name, date = ''] of dates) {
    expect([name, date, date <= asOf]).toEqual([name, date, true])
    expect(date).not.toMatch(/^1970/)
  }
  const listed = [...all['incidents.json'].incidents, ...all['scheduled-maintenances.json'].scheduled_maintenances]
  for (const one of listed)
    for (const date of [
      one.created_at,
      one.started_at,
      one.resolved_at,
      ...one.incident_updates.map(u => u.updated_at),
    ])
      expect((date ?? '') <= one.updated_at).toBe(true)
  expect(listed.at(-1)).toMatchObject({ created_at: minutesAgo(90), scheduled_for: planned.scheduledFor })
})

/** @see https://developer.statuspage.io/ and `/api` of any page: what clients of the version 2 expect */
const Page = z.strictObject({
  id: z.string().regex(/^[\w.-]+$/),
  name: z.string().min(1),
  url: z.url(),
  time_zone: z.string(),
  updated_at: z.iso.datetime(),
})
const Component = z.strictObject({
  id: z.string().regex(/^[\p{L}\p{N}_.-]+$/u),
  name: z.string().min(1),
  status: Status.exclude(['unknown']),
  description: z.string().nullable(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  position: z.int().positive(),
  showcase: z.boolean(),
  start_date: z.null(),
  group_id: z.null(),
  group: z.literal(false),
  only_show_if_degraded: z.boolean(),
  page_id: z.string(),
})
const Entry = z.object({
  id: z.string(),
  name: z.string(),
  status: Stage,
  impact: Impact,
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  started_at: z.iso.datetime(),
  resolved_at: z.iso.datetime().nullable(),
  monitoring_at: z.iso.datetime().nullable(),
  shortlink: z.url(),
  page_id: z.string(),
  components: z.array(Component),
  incident_updates: z.array(
    z.object({
      id: z.string(),
      status: Stage,
      body: z.string(),
      created_at: z.iso.datetime(),
      display_at: z.iso.datetime(),
    }),
  ),
})
const Maintenance = Entry.extend({ scheduled_for: z.iso.datetime(), scheduled_until: z.iso.datetime() })
const Indicator = z.object({
  indicator: z.enum(['none', 'minor', 'major', 'critical', 'maintenance']),
  description: z.string().min(1),
})
const schemas = {
  'summary.json': z.strictObject({
    page: Page,
    components: z.array(Component),
    incidents: z.array(Entry),
    scheduled_maintenances: z.array(Maintenance),
    status: Indicator,
  }),
  'status.json': z.strictObject({ page: Page, status: Indicator }),
  'components.json': z.strictObject({ page: Page, components: z.array(Component) }),
  'incidents.json': z.strictObject({ page: Page, incidents: z.array(Entry) }),
  'incidents/unresolved.json': z.strictObject({ page: Page, incidents: z.array(Entry) }),
  'scheduled-maintenances.json': z.strictObject({ page: Page, scheduled_maintenances: z.array(Maintenance) }),
  'scheduled-maintenances/active.json': z.strictObject({ page: Page, scheduled_maintenances: z.array(Maintenance) }),
  'scheduled-maintenances/upcoming.json': z.strictObject({ page: Page, scheduled_maintenances: z.array(Maintenance) }),
} as const

const subjects: ChannelParts[] = [
  { kind: 'provider', provider: 'azure' },
  { kind: 'region', region: west.id },
  { kind: 'service', service: storage.id },
  { kind: 'service', service: dns.id },
  { kind: 'regionService', region: west.id, service: storage.id },
]

test.each(subjects)('every document of $kind has the shape that clients expect', parts => {
  const all = documents(facts([told, planned]), parts)
  for (const [name, schema] of Object.entries(schemas)) schema.parse(all[name as keyof typeof schemas])
  expect(Object.keys(all).sort()).toEqual(Object.keys(schemas).sort())
  expect(all['summary.json'].page.url).toBe(address.page)
  expect(all['incidents.json'].incidents.map(({ shortlink }) => shortlink)).toEqual(
    parts.kind === 'service' && parts.service === dns.id ? [] : [`${address.base}/incident/${told.id}`],
  )
})

describe('as a page of its own', () => {
  const parts = (channel: ChannelParts) => {
    const { components, incidents } = documents(facts([told]), channel)['summary.json']
    return { components: components.map(one => [one.id, one.status]), at: incidents[0]?.components.map(({ id }) => id) }
  }

  test('a region is itself and the services that its incidents name', () =>
    expect(parts({ kind: 'region', region: west.id })).toEqual({
      components: [
        ['westeurope', 'degraded_performance'],
        ['service.europe-api', 'partial_outage'],
        ['service.queues-topics', 'partial_outage'],
        ['service.storage', 'partial_outage'],
      ],
      at: ['westeurope', 'service.europe-api', 'service.queues-topics', 'service.storage'],
    }))

  test('a service is the regions that it is in', () =>
    expect(parts({ kind: 'service', service: storage.id })).toEqual({
      components: [
        ['westeurope', 'partial_outage'],
        ['northeurope', 'operational'],
      ],
      at: ['westeurope'],
    }))

  test('a global service, and one in a region, is one component', () => {
    expect(parts({ kind: 'service', service: dns.id }).components).toEqual([['azure.dns', 'operational']])
    expect(parts({ kind: 'regionService', region: west.id, service: storage.id })).toEqual({
      components: [['azure.westeurope.storage', 'partial_outage']],
      at: ['azure.westeurope.storage'],
    })
  })
})

test('who is not watched has none', () => expect(providerPage('nobody', facts([]))).toBeUndefined())

test('what a cloud told our own account is on no page of a cloud', () => {
  const own = incident('own/a', { ...told, id: 'own/a', isPrivate: true, services: ['Key Vault'] })
  for (const parts of subjects)
    expect(JSON.stringify(documents(facts([own]), parts))).not.toMatch(/Requests fail|Key Vault/)
})

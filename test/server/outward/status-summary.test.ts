import { describe, expect, test } from 'vitest'
import { badge } from '../../../server/outward/badge.ts'
import { embed } from '../../../server/outward/embed.ts'
import { providerPage } from '../../../server/outward/page-subject.ts'
import { providerSummary, regionSummary, type SummaryFacts } from '../../../server/outward/status-summary.ts'
import { pageDocuments } from '../../../server/outward/statuspage.ts'
import type { IncidentSummary } from '../../../shared/domain/incident.ts'
import type { RegionStatus } from '../../../shared/domain/region.ts'
import { Status } from '../../../shared/domain/status.ts'
import { emptyView } from '../../../shared/domain/view.ts'
import { component, entry, incident, minutesAgo, NOON, region, source } from '../../support/builders.ts'
import { read, readingIn } from '../../workers/formats/reading.ts'

const west = region('azure/westeurope', { name: 'West Europe' })
const north = region('azure/northeurope', { name: 'North Europe' })
const status = (id: string, more: Partial<RegionStatus> = {}): RegionStatus => ({
  region: id,
  status: 'operational',
  since: minutesAgo(60),
  incidents: [],
  services: [],
  serviceCount: 0,
  whole: null,
  freshness: 'live',
  lastKnown: null,
  ...more,
})
const stale = status(north.id, {
  status: 'unknown',
  freshness: 'stale',
  lastKnown: { status: 'partial_outage', since: minutesAgo(50), at: minutesAgo(40) },
})
function known(
  statuses: RegionStatus[] = [status(west.id), status(north.id)],
  more: Partial<SummaryFacts> = {},
): SummaryFacts {
  const view = emptyView()
  for (const one of statuses) view.statuses.set(one.region, one)
  view.sources.set('azure-status', source('azure-status'))
  const catalogue = { providers: new Map(), regions: new Map([west, north].map(one => [one.id, one])) }
  return { view, catalogue, workersAt: minutesAgo(0), now: NOON, ...more }
}

function statusPage(provider: string, facts: SummaryFacts, base: string) {
  const subject = providerPage(provider, facts)
  return subject && pageDocuments(subject, facts, { base, page: `${base}/statuspage/${provider}` })
}

describe('a provider', () => {
  test('is operational when all of it is known to be', () =>
    expect(providerSummary('azure', known())?.status).toBe('operational'))

  test('is as bad as the worst that is known of it', () => {
    const deps = known([status(west.id, { status: 'degraded_performance' }), stale])
    expect(providerSummary('azure', deps)?.status).toBe('degraded_performance')
    deps.view.incidents.set(
      'azure-status/g',
      incident('azure-status/g', { scope: 'global', regions: [], impact: 'critical' }),
    )
    expect(providerSummary('azure', deps)?.status).toBe('major_outage')
  })

  test('is no worse than its regions where an incident or a component is theirs', () => {
    const deps = known([status(west.id, { status: 'degraded_performance', serviceCount: 1 }), status(north.id)])
    const services = ['Chime']
    deps.view.incidents.set('azure-status/c', incident('azure-status/c', { services, impact: 'critical' }))
    deps.view.components.set(
      'azure-status/d',
      component('azure-status/d', { name: 'Chime', status: 'major_outage', regions: [west.id] }),
    )
    expect(providerSummary('azure', deps)?.status).toBe('degraded_performance')
    deps.view.components.set(
      'azure-status/e',
      component('azure-status/e', { name: 'Portal', status: 'partial_outage' }),
    )
    expect(providerSummary('azure', deps)?.status).toBe('partial_outage')
  })

  test('is unknown when a part is not known, and when no worker lives', () => {
    expect(providerSummary('azure', known([status(west.id), stale]))).toEqual({
      status: 'unknown',
      since: null,
      lastKnown: { status: 'partial_outage', at: minutesAgo(40) },
    })
    const dead = known(undefined, { workersAt: minutesAgo(5) })
    expect(providerSummary('azure', dead)?.status).toBe('unknown')
    expect(regionSummary(west, dead)).toMatchObject({
      status: 'unknown',
      lastKnown: { status: 'operational', at: minutesAgo(5) },
    })
  })

  test('that nobody watches has no standing', () => expect(providerSummary('aws', known())).toBeUndefined())
})

test.each(Status.options)('a badge says %s in a word, a shape and a colour', state => {
  const svg = badge('<West & Europe>', state)
  expect(svg).toContain(`<title>&lt;West &amp; Europe&gt;: ${state.replace('_', ' ')}</title>`)
  expect(svg).toContain('role="img"')
  expect(svg).toMatch(/ width="(\d+)" height="20" viewBox="0 0 \1 20"/) // so that a narrow frame can shrink it
  expect(svg).toMatch(/<circle|<path[^>]* d="M/)
})

test('a badge, a frame and a status page say to how many services a state is limited', () => {
  const services = ['Chime', 'Forms'].map(service => ({ service, status: 'degraded_performance' as const }))
  const deps = known([status(west.id, { status: 'degraded_performance', services, serviceCount: 2 })])
  const summary = regionSummary(west, deps)
  expect(badge('West Europe', summary.status, summary.services)).toContain(
    '<title>West Europe: degraded performance (2 services)</title>',
  )
  const page = embed({ name: 'West Europe', summary, incident: undefined, badge: '/b', home: '/', simulated: false })
  expect(page).toContain('alt="degraded performance (2 services)"')
  expect(statusPage('azure', deps, 'https://status.example.com')?.['components.json'].components[0]).toMatchObject({
    status: 'degraded_performance',
    description: 'Limited to services: Chime, Forms.',
  })
})

test('a frame says since when, what was last known, and the last incident, without a script', () => {
  const page = embed({
    name: 'West "Europe"',
    summary: regionSummary(north, known([stale])),
    incident: incident('azure-status/a', { title: '<img src=x onerror=alert(1)>' }),
    badge: '/badge/region/azure/northeurope.svg',
    home: 'https://status.example.com',
    simulated: true,
  })
  expect(page).toContain(
    'Last known: partial outage, <time datetime="2026-11-24T11:20:00.000Z">2026-11-24 11:20 UTC</time>',
  )
  expect(page).toContain('href="https://status.example.com/incident/azure-status/a"')
  expect(page).toContain('Simulated.')
  expect(page).not.toMatch(/<script|<img src=x/)
})

describe('a provider as a status page', () => {
  const base = 'https://status.example.com'

  test('a vendor that the catalogue lacks is called as its source', () => {
    const deps = known()
    deps.view.sources.set('gh', source('gh', { provider: 'github', name: 'GitHub' }))
    expect(statusPage('github', deps, base)?.['summary.json'].page.name).toBe('GitHub')
  })

  test('is read by our own reader as what it was made from', async () => {
    const deps = known([status(west.id, { status: 'partial_outage' }), status(north.id)])
    const open = incident('azure-status/one', {
      impact: 'major',
      title: 'A switch failed',
      entries: [entry(1, 5, { text: 'We look into it.' })],
    })
    const planned = incident('azure-status/two', {
      kind: 'maintenance',
      status: 'scheduled',
      impact: 'maintenance',
      regions: [north.id],
      startedAt: minutesAgo(-60),
      scheduledFor: minutesAgo(-60),
      scheduledUntil: minutesAgo(-120),
    })
    for (const one of [open, planned, incident('azure-status/over', { status: 'resolved' })])
      deps.view.incidents.set(one.id, one)
    deps.view.components.set('azure-status/portal', component('azure-status/portal', { name: 'Portal' }))
    const page = statusPage('azure', deps, base)
    const { incidents, components } = readingIn(
      await read('statuspage', JSON.stringify(page?.['summary.json']), { provider: 'azure' }),
    )
    const own = ({ title, kind, status, impact, regions, scheduledUntil, startedAt }: IncidentSummary) => [
      title,
      kind,
      status,
      impact,
      regions,
      scheduledUntil,
      startedAt,
    ]
    expect(incidents.map(own)).toEqual([own(open), own(planned)])
    expect(incidents.map(({ updates }) => updates)).toEqual([
      [{ id: 'u1', at: minutesAgo(5), status: 'investigating', text: 'We look into it.' }],
      [],
    ])
    expect(components.map(({ name, status, regions }) => [name, status, regions])).toEqual([
      ['West Europe', 'partial_outage', [west.id]],
      ['North Europe', 'operational', [north.id]],
      ['Portal', 'operational', []],
    ])
    expect(page?.['status.json'].status.indicator).toBe('major')
    expect(page?.['incidents.json'].incidents).toHaveLength(2)
    expect(page?.['incidents/unresolved.json'].incidents).toHaveLength(1)
    expect(page?.['scheduled-maintenances/upcoming.json'].scheduled_maintenances).toHaveLength(1)
  })

  test('does not tell silence as health: the last known state, and until when', () => {
    const page = statusPage('azure', known([status(west.id), stale]), base)
    expect(page?.['components.json'].components[1]).toMatchObject({
      status: 'partial_outage',
      description: `Last known state: not up to date since ${minutesAgo(40)}.`,
    })
    expect(page?.['status.json'].status).toEqual({
      indicator: 'minor',
      description: `Not up to date since ${minutesAgo(40)}`,
    })
  })

  test('leaves out a region of which nothing was ever known', () =>
    expect(statusPage('azure', known([]), base)?.['components.json'].components).toEqual([]))
})

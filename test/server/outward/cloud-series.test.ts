import { describe, expect, test } from 'vitest'
import { currentState } from '../../../server/live/current.ts'
import { type CloudFacts, type CloudMetric, cloudMetrics, cloudSeries } from '../../../server/outward/cloud-series.ts'
import type { Service } from '../../../shared/domain/service.ts'
import type { Stack } from '../../../shared/domain/stack.ts'
import { Status } from '../../../shared/domain/status.ts'
import { emptyView } from '../../../shared/domain/view.ts'
import { catalogueOf, provider, status } from '../../client/builders.ts'
import { component, incident, minutesAgo, NOON, region, source } from '../../support/builders.ts'

const [west, north] = [region('azure/westeurope'), region('azure/northeurope')]
const unwatched = region('google/europe-west4')
const vms: Service = {
  ...{ id: 'azure/virtual-machines', name: 'Virtual Machines', category: 'compute', scope: 'regional' },
  ...{ under: null, isBroad: false, aliases: [], rank: 1 },
}
const shop: Stack = {
  id: 'shop',
  name: 'Shop',
  uses: [
    { kind: 'region', region: west.id },
    { kind: 'service', service: vms.id, regions: [west.id], zones: [] },
    { kind: 'vendor', vendor: 'github', sites: [], parts: [] },
  ],
}

type More = { github?: number; workers?: number; change?: (view: CloudFacts['view']) => void }

/** Azure was read just now, GitHub so many minutes ago; all is well but for what a test changes. */
function seriesOf({ github = 0, workers = 0, change = () => undefined }: More = {}) {
  const current = currentState({ services: new Map([[vms.id, vms]]), dependencies: () => [], siteOf: () => null })
  const view = emptyView()
  view.settings = { ...view.settings, stacks: [shop] }
  const failed = github > 0 ? { failures: 9, lastOkAt: minutesAgo(github) } : {}
  for (const one of [
    source('azure-status'),
    source('github-status', { provider: 'github', ...failed }),
    source('blog', { kind: 'feed', lastOkAt: null, lastPollAt: null }),
  ])
    view.sources.set(one.id, one)
  view.statuses.set(west.id, status(west.id)).set(north.id, status(north.id))
  change(view)
  current.replace(view)
  return cloudSeries({
    view: current.view,
    catalogue: catalogueOf([provider('azure', 'Azure')], [west, north, unwatched]),
    workersAt: minutesAgo(workers),
    now: NOON,
    stackFacts: current.stacks.facts,
    stacksOf: current.stacks.of.incidents,
    sources: current.view.sources.values(),
  })
}

type Series = ReturnType<typeof seriesOf>

/** The one status that a thing is said to have. */
const statusIn = (series: Series, name: CloudMetric, labels: Record<string, string>) => {
  const its = series[name].filter(one => Object.entries(labels).every(([key, value]) => one.labels[key] === value))
  expect(its.map(({ labels }) => labels.status)).toEqual(Status.options)
  const is = its.filter(({ value }) => value === 1)
  expect(is).toHaveLength(1)
  return is[0]?.labels.status
}
const valuesOf = (series: Series, name: CloudMetric, label: string) =>
  Object.fromEntries(series[name].map(({ labels, value }) => [labels[label], value]))

const storm = incident('azure-status/storm', { impact: 'critical', serviceIds: [vms.id], services: ['VMs'] })

describe('the series of the clouds', () => {
  test('tell of each watched region, provider, stack and service of a stack which one status it has', () => {
    const series = seriesOf()
    expect(statusIn(series, 'nephoscope_region_status', { provider: 'azure', region: 'westeurope' })).toBe(
      'operational',
    )
    expect(statusIn(series, 'nephoscope_vendor_status', { vendor: 'github' })).toBe('operational')
    expect(statusIn(series, 'nephoscope_stack_status', { stack: 'shop' })).toBe('operational')
    expect(statusIn(series, 'nephoscope_service_status', { service: 'virtual-machines' })).toBe('operational')
    expect(series.nephoscope_region_status.some(({ labels }) => labels.provider === 'google')).toBe(false)
  })

  test('follow an incident, count it by its severity and name it', () => {
    const series = seriesOf({
      change({ incidents, statuses }) {
        incidents.set(storm.id, { ...storm, title: 'x'.repeat(300) })
        statuses.set(west.id, status(west.id, { status: 'partial_outage' }))
      },
    })
    expect(statusIn(series, 'nephoscope_region_status', { region: 'westeurope' })).toBe('partial_outage')
    expect(statusIn(series, 'nephoscope_region_status', { region: 'northeurope' })).toBe('operational')
    expect(statusIn(series, 'nephoscope_service_status', { service: 'virtual-machines' })).toBe('major_outage')
    expect(statusIn(series, 'nephoscope_stack_status', { stack: 'shop' })).toBe('major_outage')
    const counts = series.nephoscope_incident_active.filter(({ labels }) => labels.provider === 'azure')
    expect(counts.filter(({ value }) => value > 0)).toEqual([
      { labels: { provider: 'azure', severity: 'critical' }, value: 1 },
    ])
    const labels = { id: storm.id, provider: 'azure', severity: 'critical', title: 'x'.repeat(120) }
    expect(series.nephoscope_incident_info).toEqual([{ labels, value: 1 }])
  })

  test('say unknown of what a silent source told, and 0 of nothing that it would have to tell', () => {
    const series = seriesOf({ github: 40 })
    expect(statusIn(series, 'nephoscope_vendor_status', { vendor: 'github' })).toBe('unknown')
    expect(statusIn(series, 'nephoscope_stack_status', { stack: 'shop' })).toBe('unknown')
    expect(statusIn(series, 'nephoscope_region_status', { region: 'westeurope' })).toBe('operational')
    expect(series.nephoscope_incident_active.some(({ labels }) => labels.provider === 'github')).toBe(false)
    expect(valuesOf(series, 'nephoscope_source_up', 'source')).toEqual({
      'azure-status': 1,
      'github-status': 0,
      blog: 0,
    })
    expect(valuesOf(series, 'nephoscope_source_age_seconds', 'source')).toEqual({
      'azure-status': 0,
      'github-status': 2400,
    })
  })

  test('keep the count of what a provider last told when it falls silent', () => {
    const told = incident('github-status/a', { provider: 'github', regions: [], impact: 'major' })
    const series = seriesOf({ github: 40, change: ({ incidents }) => incidents.set(told.id, told) })
    expect(series.nephoscope_incident_active.filter(({ labels }) => labels.provider === 'github')).toEqual([
      { labels: { provider: 'github', severity: 'major' }, value: 1 },
    ])
  })

  test('say unknown of everything, and 0 of nothing, without a heartbeat of the workers', () => {
    const series = seriesOf({ workers: 5 })
    for (const name of ['region', 'service', 'vendor', 'stack'] as const)
      for (const { labels, value } of series[`nephoscope_${name}_status`])
        expect(value).toBe(labels.status === 'unknown' ? 1 : 0)
    expect(series.nephoscope_incident_active).toEqual([])
    expect(Object.values(valuesOf(series, 'nephoscope_source_up', 'source'))).toEqual([0, 0, 0])
  })

  test('leave out what is over, planned or faded', () => {
    const series = seriesOf({
      change({ incidents }) {
        for (const one of [
          incident('azure-status/over', { status: 'resolved', resolvedAt: minutesAgo(1) }),
          incident('azure-status/planned', { kind: 'maintenance', status: 'scheduled' }),
          incident('azure-status/faded', { fadesAfterMs: 1_000 }),
          incident('azure-status/works', { kind: 'maintenance', status: 'in_progress' }),
        ])
          incidents.set(one.id, one)
      },
    })
    expect(series.nephoscope_incident_info.map(({ labels }) => [labels.id, labels.severity])).toEqual([
      ['azure-status/works', 'maintenance'],
    ])
  })

  test('have only the labels that are documented, and never more things than is said', () => {
    const series = seriesOf({
      change({ incidents, sources, components }) {
        for (let n = 0; n < 3_000; n++) {
          incidents.set(`azure-status/i${n}`, incident(`azure-status/i${n}`, { serviceIds: [`azure/s${n}`] }))
          sources.set(`p${n}-status`, source(`p${n}-status`, { provider: `p${n}` }))
          components.set(`p${n}-status/c`, component(`p${n}-status/c`, { provider: `p${n}` }))
        }
        incidents.set(storm.id, storm)
      },
    })
    for (const [name, { labels, most }] of Object.entries(cloudMetrics)) {
      const samples = series[name as CloudMetric] // the table's own keys
      for (const sample of samples) expect(Object.keys(sample.labels)).toEqual(labels)
      const things = new Set(samples.map(({ labels: { status: _, severity: __, ...thing } }) => JSON.stringify(thing)))
      expect(things.size, name).toBeLessThanOrEqual(most)
    }
    expect(series.nephoscope_incident_info[0]?.labels.id).toBe(storm.id)
    expect(series.nephoscope_service_status[0]?.labels.service).toBe('virtual-machines')
  })
})

import { expect, test } from 'vitest'
import { collections } from '../../../shared/domain/collections.ts'
import { reportOf, type ServiceOf } from '../../../shared/domain/region-report.ts'
import { rollUp } from '../../../shared/domain/region-status.ts'
import { component, incident, NOON, region, source } from '../../support/builders.ts'

const fra1 = region('digitalocean/fra1')
const regions = new Map([[fra1.id, fra1]])
const serviceOf: ServiceOf = (provider, name) =>
  provider === 'digitalocean' && /^(?:droplets|virtual machines)$/i.test(name) ? 'digitalocean/droplets' : null

const own = { provider: 'digitalocean', regions: [fra1.id] }
const named = (services: string[]) => incident('do/a', { ...own, services })

test('services that the catalogue knows have their ids, others only a name', () => {
  expect(reportOf(fra1, [named(['Droplets - FRA1', 'Something new'])], [], regions, serviceOf).services).toEqual([
    { service: 'Droplets', id: 'digitalocean/droplets', status: 'degraded_performance' },
    { service: 'Something new', status: 'degraded_performance' },
  ])
})

test('two names of one service are one service', () => {
  const part = component('do/c', { ...own, name: 'Virtual machines', status: 'major_outage' })
  expect(reportOf(fra1, [named(['Droplets'])], [part], regions, serviceOf).services).toEqual([
    { service: 'Droplets', id: 'digitalocean/droplets', status: 'major_outage' },
  ])
})

test('the status of a region is told to whoever follows one of its services in trouble', () => {
  const [status] = rollUp({
    regions: [fra1],
    incidents: [named(['Droplets', 'Something new'])],
    components: [],
    sources: [source('do', { provider: 'digitalocean' })],
    previous: new Map(),
    serviceOf,
    now: NOON,
  })
  expect(status?.services).toHaveLength(2)
  const channels = status && collections.statuses.channels(status, () => 'DE')
  expect(channels).toContain('service/digitalocean/droplets')
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isCore, statusByBreadth } from '../../../shared/domain/breadth.ts'
import { type Incident, statusOfIncident } from '../../../shared/domain/incident.ts'
import { limitedTo, type Region, RegionStatus } from '../../../shared/domain/region.ts'
import { reportOf } from '../../../shared/domain/region-report.ts'
import { rollUp } from '../../../shared/domain/region-status.ts'
import { type Component, Status, severity, worst } from '../../../shared/domain/status.ts'
import { loadCatalogue } from '../../../shared/regions/catalogue.ts'
import { component, incident, NOON, region, source } from '../../support/builders.ts'

const fra1 = region('digitalocean/fra1', { name: 'Frankfurt 1', city: 'Frankfurt', country: 'DE' })
const ams3 = region('digitalocean/ams3', { name: 'Amsterdam 3' })
const virginia = region('aws/us-east-1', { name: 'US East (N. Virginia)', city: 'Ashburn', country: 'US' })
const oregon = region('aws/us-west-2', { name: 'US West (Oregon)', city: 'Boardman', country: 'US' })
const osaka = region('aws/ap-northeast-3', { name: 'Asia Pacific (Osaka)', city: 'Osaka', country: 'JP' })
const iowa = region('google/us-central1', { name: 'Iowa', city: 'Council Bluffs', country: 'US' })
const belgium = region('google/europe-west1', { name: 'Belgium', city: 'St. Ghislain', country: 'BE' })
const frankfurt = region('oracle/eu-frankfurt-1', {
  name: 'Germany Central (Frankfurt)',
  city: 'Frankfurt',
  country: 'DE',
})
const elsewhere = region('exoscale/at-vie-1', { name: 'Vienna', city: 'Vienna', country: 'AT' })
const regions = [fra1, ams3, virginia, oregon, osaka, iowa, belgium, frankfurt, elsewhere]

function statusOf(place: Region, said: { incidents?: Incident[]; components?: Component[] }) {
  const providers = [...new Set(regions.map(({ provider }) => provider))]
  const found = rollUp({
    regions,
    incidents: said.incidents ?? [],
    components: said.components ?? [],
    sources: providers.map(provider => source(provider, { provider })),
    previous: new Map(),
    now: NOON,
  }).find(status => status.region === place.id)
  if (!found) throw new Error(`no status for ${place.id}`)
  return found
}

const at = (place: Region, services: string[], more: Partial<Incident> = {}) =>
  statusOf(place, {
    incidents: [incident(`${place.provider}/a`, { provider: place.provider, regions: [place.id], services, ...more })],
  })
const some = (n: number, name = 'Minor service') => Array.from({ length: n }, (_, i) => `${name} ${i + 1}`)

describe('one service of many', () => {
  test('does not paint its region, whatever is said of it', () => {
    expect(at(virginia, ['Amazon Chime'], { impact: 'critical' })).toMatchObject({
      status: 'degraded_performance',
      services: [{ service: 'Amazon Chime', status: 'major_outage' }],
      serviceCount: 1,
      whole: null,
    })
    expect(at(virginia, ['Amazon Chime'], { impact: 'minor' }).status).toBe('degraded_performance')
    expect(at(virginia, ['Amazon Chime'], { kind: 'maintenance', status: 'in_progress' }).status).toBe(
      'under_maintenance',
    )
  })

  test.each([
    [virginia, 'Amazon Elastic Compute Cloud'],
    [virginia, 'Amazon EC2'],
    [virginia, 'ec2'],
    [virginia, 'AWS Lambda'],
    [virginia, 'Amazon DynamoDB'],
    [virginia, 'AWS Identity and Access Management'],
    [iowa, 'Google Compute Engine'],
    [iowa, 'Google Cloud Networking'],
    [iowa, 'Virtual Private Cloud (VPC)'],
    [frankfurt, 'Block Volume'],
    [fra1, 'Droplets - FRA1'],
    [elsewhere, 'Compute'],
  ])('of the core gives $0.id its own status: $1', (place, service) => {
    expect(at(place, [service], { impact: 'critical' }).status).toBe('major_outage')
    expect(at(place, [service], { impact: 'minor' }).status).toBe('degraded_performance')
  })

  test.each([
    'Amazon EC2 Image Builder',
    'EC2 Instance Connect',
    'Storage Gateway',
    'Cloud Storage for Firebase',
    'Virtual Desktop',
  ])('with a core service in its name is not of the core: %s', name => expect(isCore(name)).toBe(false))
})

describe('breadth', () => {
  test.each([
    ['aws', 11, 'degraded_performance'],
    ['aws', 12, 'partial_outage'],
    ['aws', 59, 'partial_outage'],
    ['aws', 60, 'major_outage'],
    ['google', 5, 'degraded_performance'],
    ['google', 6, 'partial_outage'],
    ['digitalocean', 1, 'partial_outage'],
    ['digitalocean', 4, 'major_outage'],
    ['exoscale', 2, 'degraded_performance'],
    ['exoscale', 3, 'partial_outage'],
    ['exoscale', 8, 'major_outage'],
  ] as const)('%s with %i services in major outage is %s', (provider, n, status) => {
    const services = some(n).map(service => ({ service, status: 'major_outage' as const }))
    expect(statusByBreadth(provider, services)).toBe(status)
  })

  test('counts only what is as bad: many degraded services and one in outage are degraded', () => {
    const services = some(100).map((service, i) => ({
      service,
      status: i === 0 ? ('major_outage' as const) : ('degraded_performance' as const),
    }))
    expect(statusByBreadth('aws', services)).toBe('degraded_performance')
  })

  const trouble = Status.options.filter(status => severity[status] > 0)
  const anyServices = fc.array(
    fc.record({
      service: fc.oneof(fc.constantFrom('EC2', 'Storage', 'Droplets'), fc.string({ minLength: 1, maxLength: 8 })),
      status: fc.constantFrom(...trouble),
    }),
    { maxLength: 90 },
  )
  const anyProvider = fc.constantFrom('aws', 'digitalocean', 'exoscale')

  test('is never worse than the worst service, never better than a core one, and never hides trouble', () => {
    fc.assert(
      fc.property(anyProvider, anyServices, (provider, services) => {
        const result = severity[statusByBreadth(provider, services)]
        const own = severity[worst(services.map(({ status }) => status))]
        expect(result).toBeLessThanOrEqual(own)
        expect(result).toBeGreaterThanOrEqual(Math.min(own, severity.degraded_performance))
        for (const { service, status } of services)
          if (isCore(service)) expect(result).toBeGreaterThanOrEqual(severity[status])
      }),
    )
  })

  test('never falls when another service is in trouble too', () => {
    fc.assert(
      fc.property(anyProvider, anyServices, anyServices, (provider, some, others) => {
        expect(severity[statusByBreadth(provider, [...some, ...others])]).toBeGreaterThanOrEqual(
          severity[statusByBreadth(provider, some)],
        )
      }),
    )
  })
})

describe('what the provider says of the region as a whole', () => {
  test('counts as it is said: an incident without a service, or with a global scope', () => {
    for (const more of [
      {},
      { services: ['Multiple services'] },
      { services: ['Vertex AI'], scope: 'global' as const },
    ]) {
      const known = at(iowa, [], { impact: 'critical', ...more })
      expect(known).toMatchObject({ status: 'major_outage', whole: 'major_outage' })
      expect(limitedTo(known)).toBe(0)
    }
  })

  test.each([
    [fra1, 'FRA1'],
    [fra1, 'Frankfurt'],
    [fra1, 'Frankfurt, Germany - (FRA1)'],
    [fra1, 'DigitalOcean FRA1 datacenter'],
    [virginia, 'us-east-1'],
    [virginia, 'AWS US East (N. Virginia)'],
    [frankfurt, 'Germany Central (Frankfurt)'],
    [iowa, 'Region: us-central1'],
    [osaka, 'Asia Pacific (Osaka)'],
  ])('is also what $0.id is called: $1', (place, name) => {
    const said = component(`${place.provider}/c`, { name, status: 'major_outage', regions: [place.id] })
    expect(statusOf(place, { components: [said] })).toMatchObject({
      status: 'major_outage',
      whole: 'major_outage',
      services: [],
    })
    expect(at(place, [name], { impact: 'major' })).toMatchObject({
      status: 'partial_outage',
      whole: 'partial_outage',
      services: [],
    })
  })

  test('is not what a reader made of its services, as Oracle’s does', () => {
    const said = (id: string, name: string) => component(id, { name, status: 'major_outage', regions: [frankfurt.id] })
    const components = [
      said('oracle/eu-frankfurt-1', 'Germany Central (Frankfurt)'),
      said('oracle/eu-frankfurt-1.vpn', 'Digital Assistant, Germany Central (Frankfurt)'),
    ]
    expect(statusOf(frankfurt, { components })).toMatchObject({
      status: 'degraded_performance',
      services: [{ service: 'Digital Assistant', status: 'major_outage' }],
      whole: null,
    })
  })

  test('stands beside the worse that services give, which are counted', () => {
    const incidents = [
      incident('aws/a', { provider: 'aws', regions: [virginia.id], impact: 'minor' }),
      incident('aws/b', { provider: 'aws', regions: [virginia.id], services: ['EC2'], impact: 'critical' }),
    ]
    const known = statusOf(virginia, { incidents })
    expect(known).toMatchObject({ status: 'major_outage', whole: 'degraded_performance', serviceCount: 1 })
    expect(limitedTo(known)).toBe(1)
  })
})

test('every region of the catalogue is known by its own names, alone and beside a service', async () => {
  const catalogue = await loadCatalogue(new URL('../../../shared/regions', import.meta.url))
  for (const place of catalogue.regions.values()) {
    const { code, name, city, aliases } = place
    for (const own of [code, name, ...aliases, `${name} (${code})`, `${city} - ${code.toUpperCase()}`]) {
      const said = (name: string) =>
        reportOf(
          place,
          [],
          [component('c/1', { name, status: 'major_outage', regions: [place.id] })],
          catalogue.regions,
        )
      expect(said(own), `${place.id}: ${own}`).toEqual({ services: [], whole: 'major_outage' })
      expect(said(`Kubernetes - ${own}`).services[0]?.service, `${place.id}: ${own}`).toBe('Kubernetes')
    }
  }
})

describe('the name of a service', () => {
  test.each([
    [fra1, 'Spaces - FRA1', 'Spaces'],
    [fra1, 'Frankfurt: API', 'API'],
    [fra1, 'App Platform (FRA1)', 'App Platform'],
    [frankfurt, 'Data Science, Germany Central (Frankfurt)', 'Data Science'],
    [iowa, 'Pub/Sub', 'Pub/Sub'],
    [virginia, 'AWS Billing Console', 'AWS Billing Console'],
    [virginia, 'Simple Systems Manager (SSM)', 'Simple Systems Manager (SSM)'],
    [fra1, 'VMs (Linux) - FRA1', 'VMs (Linux)'],
    [fra1, 'FRA1 (Spaces)', 'Spaces'],
  ])('in $0.id is without the place: $1', (place, name, service) =>
    expect(at(place, [name]).services).toEqual([{ service, status: 'degraded_performance' }]),
  )

  test('that names another region says nothing of this one', () => {
    const services = ['Spaces - FRA1', 'App Platform - AMS3', 'Billing']
    const incidents = [incident('digitalocean/a', { provider: 'digitalocean', regions: [fra1.id, ams3.id], services })]
    expect(statusOf(fra1, { incidents }).services.map(one => one.service)).toEqual(['Billing', 'Spaces'])
    expect(statusOf(ams3, { incidents }).services.map(one => one.service)).toEqual(['App Platform', 'Billing'])
  })

  test('is one for an incident and a component, with the worse of their states', () => {
    const known = statusOf(fra1, {
      incidents: [
        incident('digitalocean/a', { provider: 'digitalocean', regions: [fra1.id], services: ['Spaces - FRA1'] }),
      ],
      components: [
        component('digitalocean/c', { name: 'spaces - FRA1', status: 'partial_outage', regions: [fra1.id] }),
      ],
    })
    expect(known).toMatchObject({ services: [{ service: 'Spaces', status: 'partial_outage' }], serviceCount: 1 })
  })
})

test('zones are those of the region', () => {
  const zones = ['use1-az4', 'us-east-1a', 'usw2-az1', 'us-west-2b']
  const incidents = [
    incident('aws/a', { provider: 'aws', regions: [virginia.id, oregon.id], services: ['EC2'], zones }),
    incident('google/a', {
      provider: 'google',
      regions: [iowa.id, belgium.id],
      services: ['Cloud SQL'],
      zones: ['us-central1-a', 'europe-west1-b', 'europe-west10-a'],
    }),
    incident('digitalocean/a', {
      provider: 'digitalocean',
      regions: [fra1.id],
      services: ['Spaces'],
      zones: ['zone 1'],
    }),
  ]
  const zonesOf = (place: Region) => statusOf(place, { incidents }).services.map(one => one.zones)
  expect(zonesOf(virginia)).toEqual([['us-east-1a', 'use1-az4']])
  expect(zonesOf(oregon)).toEqual([['us-west-2b', 'usw2-az1']])
  expect(zonesOf(iowa)).toEqual([['us-central1-a']])
  expect(zonesOf(belgium)).toEqual([['europe-west1-b']])
  expect(zonesOf(fra1)).toEqual([['zone 1']])
})

test('a region in ruins lists its worst hundred services, and how many there are', () => {
  const incidents = [
    incident('aws/a', { provider: 'aws', regions: [virginia.id], services: some(240), impact: 'minor' }),
    incident('aws/b', { provider: 'aws', regions: [virginia.id], services: ['Zoo'], impact: 'critical' }),
  ]
  const known = statusOf(virginia, { incidents })
  expect(known.services).toHaveLength(100)
  expect(known.services[0]).toEqual({ service: 'Zoo', status: 'major_outage' })
  expect(known.serviceCount).toBe(241)
  expect(JSON.stringify(known).length).toBeLessThan(16_384)
})

test('a region that is degraded by services says so since the first of them began', () => {
  const known = at(virginia, ['Amazon Chime'], { impact: 'critical', startedAt: '2026-11-24T11:00:00.000Z' })
  expect(statusOfIncident({ kind: 'incident', impact: 'critical' })).toBe('major_outage')
  expect(known).toMatchObject({ status: 'degraded_performance', since: '2026-11-24T11:00:00.000Z' })
})

test('a status as earlier builds stored it is read, without its services', () => {
  const { serviceCount, whole, ...old } = at(virginia, [])
  expect(RegionStatus.parse({ ...old, services: ['EC2'] })).toEqual({
    ...old,
    services: [],
    serviceCount: 0,
    whole: null,
  })
})

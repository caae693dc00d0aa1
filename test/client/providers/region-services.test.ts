import { describe, expect, test } from 'vitest'
import { regionServices } from '../../../client/providers/region-services.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import type { RegionStatus } from '../../../shared/domain/region.ts'
import type { Source } from '../../../shared/domain/source.ts'
import { incident, minutesAgo, NOW, servicesOf, small, source, standpointOn, status, statusesOf } from '../builders.ts'

const facts = {
  services: servicesOf(['aws/lambda', 'Lambda'], ['aws/s3', 'S3'], ['aws/ec2', 'EC2'], ['aws/ebs', 'EBS', 'aws/ec2']),
}
const reads = incident('aws-status/1', {
  title: 'Errors',
  regions: ['aws/us-east-1', 'aws/eu-west-1'],
  services: ['Amazon S3', 'Cloud Thing'],
  serviceIds: ['aws/s3'],
})
const disks = incident('aws-status/2', {
  title: 'Slow disks',
  regions: ['aws/us-east-1'],
  services: ['EC2'],
  serviceIds: ['aws/ec2'],
  impact: 'critical',
})
const elsewhere = incident('aws-status/3', { regions: ['aws/eu-west-1'], services: ['Amazon S3'] })
const over = incident('aws-status/4', { regions: ['aws/us-east-1'], services: ['EC2'], status: 'resolved' })
const troubled = status('aws/us-east-1', {
  status: 'partial_outage',
  services: [
    { service: 'EC2', id: 'aws/ec2', status: 'major_outage', zones: ['use1-az4'] },
    { service: 'Amazon S3', id: 'aws/s3', status: 'partial_outage' },
    { service: 'Cloud Thing', status: 'partial_outage' },
  ],
  serviceCount: 3,
})

type Given = { uses?: string[]; region?: RegionStatus; incidents?: Incident[]; sources?: Source[] }

function rowsOf({ uses = [], region = troubled, incidents = [reads, disks, elsewhere, over], sources }: Given) {
  const place = small.regions.get('aws/us-east-1')
  if (place === undefined) throw new Error('no such region')
  const all = sources ?? [source('aws-status')]
  const view = {
    statuses: statusesOf(region),
    incidents: new Map(incidents.map(one => [one.id, one])),
    components: new Map(),
    sources: new Map(all.map(one => [one.id, one])),
    probes: new Map(),
  }
  const standpoint = standpointOn(uses, null, facts)
  return regionServices({ region: place, status: region, incidents, regions: small.regions, standpoint, view }, NOW)
}
const told = (given: Given) => rowsOf(given).map(({ name, status, isOwn }) => `${isOwn ? '+' : '-'} ${name}: ${status}`)

describe('a region’s services', () => {
  test('are those in trouble, the worst first, each as the catalogue calls it', () =>
    expect(told({})).toEqual(['- EC2: major_outage', '- Cloud Thing: partial_outage', '- S3: partial_outage']))

  test('have their zones and the open incidents that name them there', () => {
    const rows = rowsOf({})
    expect(rows.map(({ zones, incidents }) => [zones, incidents.map(({ title }) => title)])).toEqual([
      [['use1-az4'], ['Slow disks']],
      [[], ['Errors']],
      [[], ['Errors']],
    ])
    expect(rows.map(({ id }) => id)).toEqual(['aws/ec2', null, 'aws/s3'])
  })
})

describe('the stack’s services in a region', () => {
  test('come first, well or not', () =>
    expect(told({ uses: ['aws/lambda@us-east-1', 'aws/s3@us-east-1'] })).toEqual([
      '+ S3: partial_outage',
      '+ Lambda: operational',
      '- EC2: major_outage',
      '- Cloud Thing: partial_outage',
    ]))

  test('are not those of other regions', () =>
    expect(told({ uses: ['aws/lambda@eu-west-1'] })).not.toContain('+ Lambda: operational'))

  test('are as a wider service that is in trouble', () => {
    const [first] = rowsOf({ uses: ['aws/ebs@us-east-1'] })
    expect(first).toMatchObject({ name: 'EBS', status: 'major_outage', isOwn: true })
    expect(first?.incidents.map(({ title }) => title)).toEqual(['Slow disks'])
  })

  test('are as the region where that is in trouble as a whole', () =>
    expect(
      told({ uses: ['aws/lambda@us-east-1'], region: status('aws/us-east-1', { whole: 'degraded_performance' }) })[0],
    ).toBe('+ Lambda: degraded_performance'))

  test('are unknown, never operational, where the source is silent', () => {
    const sources = [source('aws-status', { lastOkAt: minutesAgo(60), failures: 5 })]
    const quiet = { region: status('aws/us-east-1'), incidents: [] }
    expect(told({ uses: ['aws/lambda@us-east-1'], ...quiet, sources })).toEqual(['+ Lambda: unknown'])
    expect(told({ uses: ['aws/lambda@us-east-1'], ...quiet, sources: [] })).toEqual(['+ Lambda: unknown'])
    expect(told({ uses: ['aws/lambda@us-east-1'], ...quiet })).toEqual(['+ Lambda: operational'])
  })

  test('are all where the whole region is of the stack', () =>
    expect(rowsOf({ uses: ['aws/us-east-1'] }).every(({ isOwn }) => isOwn)).toBe(true))
})

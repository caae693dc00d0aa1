import { describe, expect, test } from 'vitest'
import { emptyStackCatalogue } from '../../../client/live/stack-facts.ts'
import { serviceAsked, serviceView } from '../../../client/providers/service-view.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import type { Source } from '../../../shared/domain/source.ts'
import { incident, minutesAgo, NOW, servicesOf, source, status, statusesOf } from '../builders.ts'

const services = servicesOf(['aws/ec2', 'EC2'], ['aws/ebs', 'EBS', 'aws/ec2'], ['aws/s3', 'S3'])
const facts = { ...emptyStackCatalogue, services }
const inTrouble = (region: string, state: 'major_outage' | 'degraded_performance') =>
  status(region, { services: [{ service: 'EBS', id: 'aws/ebs', status: state, zones: ['use1-az4'] }] })
const disks = incident('aws-status/1', {
  regions: ['aws/us-east-1'],
  services: ['EBS'],
  serviceIds: ['aws/ebs'],
  impact: 'critical',
})
const over = incident('aws-status/2', { regions: ['aws/us-east-1'], serviceIds: ['aws/ebs'], status: 'resolved' })

const viewOf = (id: string, incidents: Incident[] = [disks, over], sources: Source[] = [source('aws-status')]) =>
  serviceView(
    id,
    facts,
    {
      statuses: statusesOf(
        inTrouble('aws/eu-west-1', 'degraded_performance'),
        inTrouble('aws/us-east-1', 'major_outage'),
        status('azure/westeurope'),
      ),
      incidents: new Map(incidents.map(one => [one.id, one])),
      components: new Map(),
      sources: new Map(sources.map(one => [one.id, one])),
      probes: new Map(),
    },
    NOW,
  )

describe('a service of a cloud', () => {
  test('is told with the service that it is a part of, where it is in trouble, and what goes on', () => {
    const view = viewOf('aws/ebs')
    expect(view).toMatchObject({ name: 'EBS', wider: { id: 'aws/ec2', name: 'EC2' }, status: 'major_outage' })
    expect(view.places.map(({ region, status }) => `${region} ${status}`)).toEqual([
      'aws/us-east-1 major_outage',
      'aws/eu-west-1 degraded_performance',
    ])
    expect(view.incidents.map(({ id }) => id)).toEqual(['aws-status/1'])
  })

  test('is operational where nothing is said of it, and unknown where its provider is silent', () => {
    expect(viewOf('aws/s3')).toMatchObject({ wider: null, status: 'operational', places: [], incidents: [] })
    const silent = [source('aws-status', { lastOkAt: minutesAgo(60), failures: 5 })]
    expect(viewOf('aws/s3', [], silent).status).toBe('unknown')
  })
})

test('an address asks for a service of its provider that is known', () => {
  const asked = (provider: string, query: string) => serviceAsked(provider, new URLSearchParams(query), services)
  expect(asked('aws', 'service=s3')).toBe('aws/s3')
  expect(asked('azure', 'service=s3')).toBeNull()
  expect(asked('aws', 'service=../x')).toBeNull()
  expect(asked('aws', '')).toBeNull()
})

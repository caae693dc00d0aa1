import { describe, expect, test } from 'vitest'
import { troubleMatrix, unplacedTroubles } from '../../../client/providers/trouble-matrix.ts'
import { concernOfTrouble } from '../../../client/stacks/service-concern.ts'
import type { RegionService } from '../../../shared/domain/region.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { component } from '../../support/builders.ts'
import { servicesOf, standpointOn, status } from '../builders.ts'

const service = (name: string, state: Status, more: Partial<RegionService> = {}): RegionService => ({
  service: name,
  status: state,
  ...more,
})
const lambda = { id: 'aws/lambda' }
const s3 = { id: 'aws/s3' }
const ireland = status('aws/eu-west-1', {
  services: [service('S3', 'degraded_performance', s3), service('AWS Lambda', 'partial_outage', lambda)],
})
const virginia = status('aws/us-east-1', {
  whole: 'under_maintenance',
  services: [
    service('Amazon S3', 'major_outage', { ...s3, zones: ['use1-az4'] }),
    service('Cloud Thing', 'degraded_performance'),
  ],
  serviceCount: 40,
})
const frankfurt = status('aws/eu-central-1', { services: [service('cloud thing', 'degraded_performance')] })

const facts = { services: servicesOf(['aws/lambda', 'Lambda'], ['aws/s3', 'S3']) }
const made = (uses: string[], isOwnOnly: boolean) => {
  const standpoint = standpointOn(uses, null, facts)
  return troubleMatrix([ireland, virginia, frankfurt], trouble => concernOfTrouble(standpoint, trouble), isOwnOnly)
}
const matrixFor = (...uses: string[]) => made(uses, false)
const ownOf = (...uses: string[]) => made(uses, true)
const drawn = ({ regions, rows }: ReturnType<typeof matrixFor>) => [
  regions.join(' '),
  ...rows.map(({ service, cells }) => `${service ?? '*'}: ${cells.map(cell => cell?.status ?? '-').join(' ')}`),
]

describe('services in trouble stand against the regions where they are', () => {
  test('the worst first, regions as a whole before their services, and one row for all names of a service', () =>
    expect(drawn(matrixFor())).toEqual([
      'aws/us-east-1 aws/eu-west-1 aws/eu-central-1',
      '*: under_maintenance - -',
      'S3: major_outage degraded_performance -',
      'AWS Lambda: - partial_outage -',
      'Cloud Thing: degraded_performance - degraded_performance',
    ]))

  test('what concerns the stack comes before what is worse', () =>
    expect(drawn(matrixFor('aws/lambda@eu-west-1')).slice(0, 3)).toEqual([
      'aws/eu-west-1 aws/us-east-1 aws/eu-central-1',
      '*: - under_maintenance -',
      'AWS Lambda: partial_outage - -',
    ]))

  test('a cell has the zones that were named', () =>
    expect(matrixFor().rows.flatMap(({ cells }) => cells.flatMap(cell => cell?.zones ?? []))).toEqual(['use1-az4']))

  test('what statuses do not list is counted', () => expect(matrixFor().unlisted).toBe(38))

  test('nothing in trouble is an empty matrix', () =>
    expect(troubleMatrix([status('aws/eu-west-1')], () => null)).toEqual({ regions: [], rows: [], unlisted: 0 }))
})

describe('of a matrix only what concerns a stack can be shown', () => {
  test('a service in one region', () =>
    expect(drawn(ownOf('aws/s3@eu-west-1'))).toEqual(['aws/eu-west-1', 'S3: degraded_performance']))

  test('all of a region', () =>
    expect(drawn(ownOf('aws/eu-west-1'))).toEqual([
      'aws/eu-west-1',
      'AWS Lambda: partial_outage',
      'S3: degraded_performance',
    ]))

  test('a region as a whole is every service there', () =>
    expect(drawn(ownOf('aws/lambda@us-east-1'))).toEqual(['aws/us-east-1', '*: under_maintenance']))

  test('another zone does not hide a trouble', () =>
    expect(drawn(ownOf('aws/s3@use1-az1'))).toContain('Amazon S3: major_outage'))

  test('nothing of another cloud or without a stack', () => {
    expect(ownOf('azure/westeurope').rows).toEqual([])
    expect(ownOf().regions).toEqual([])
  })
})

test('parts of no region are listed beside it, the worst first', () => {
  const part = (id: string, state: Status, regions: string[] = []) =>
    component(`aws-status/${id}`, { name: id, status: state, regions })
  const parts = [
    part('Console', 'partial_outage'),
    part('Docs', 'operational'),
    part('Billing', 'major_outage'),
    part('S3', 'major_outage', ['aws/us-east-1']),
  ]
  expect(unplacedTroubles(parts).map(({ name }) => name)).toEqual(['Billing', 'Console'])
})

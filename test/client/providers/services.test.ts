import { expect, test } from 'vitest'
import { services } from '../../../client/providers/services.ts'
import { incident, minutesAgo, small, source } from '../builders.ts'

const input = (more: Partial<Parameters<typeof services>[0]> = {}) => ({
  catalogue: small,
  incidents: [],
  components: [],
  sources: [source('github-status'), source('aws-status')],
  ...more,
})
const now = Date.parse(minutesAgo(0))

test('only providers without regions are other services', () => {
  expect(services(input(), now, false).map(service => [service.name, service.status])).toEqual([
    ['GitHub', 'operational'],
  ])
})

test('a service is as bad as its worst component or incident', () => {
  const component = {
    id: 'github-status/c',
    provider: 'github',
    name: 'Actions',
    status: 'degraded_performance',
    rawStatus: null,
    regions: [],
  } as const
  const worse = incident('github-status/i', { impact: 'critical', scope: 'unspecified' })
  const of = (more: Parameters<typeof input>[0]) => services(input(more), now, false)[0]?.status
  expect(of({ components: [{ ...component, regions: [] }] })).toBe('degraded_performance')
  expect(of({ components: [{ ...component, regions: [] }], incidents: [worse] })).toBe('major_outage')
})

test('a service whose source is silent is unknown, and one without a status source is left out', () => {
  const silent = source('github-status', { lastOkAt: minutesAgo(30), failures: 4 })
  expect(services(input({ sources: [silent] }), now, false)[0]?.status).toBe('unknown')
  expect(services(input(), now, true)[0]?.status).toBe('unknown')
  expect(services(input({ sources: [source('github-blog', { kind: 'feed' })] }), now, false)).toEqual([])
})

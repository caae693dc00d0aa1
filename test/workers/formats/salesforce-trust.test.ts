import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const instances = await fixture('salesforce-instances.json')
const PAGE = 'https://status.salesforce.com'
const API = 'https://api.status.salesforce.com/v1'
const readAt = (url: string, body: string) => read('salesforce-trust', body, { url })

test.each([
  [PAGE, `${API}/incidents/active`],
  [`${PAGE}/`, `${API}/incidents/active`],
  [`${PAGE}/instances/NA137`, `${API}/instances/NA137/status`],
  [`${PAGE}/instances/NA137/maintenances`, `${API}/instances/NA137/status`],
  [`${PAGE}/products/Heroku`, `${API}/instances/status/preview?products=Heroku`],
  [`${PAGE}/products/Heroku?instances=A,B`, `${API}/instances/status/preview?products=Heroku`],
  [`${PAGE}?instances=NA137,EU45`, `${API}/instances/status/preview`],
  [`${API}/incidents/active`, `${API}/incidents/active`],
  [`${API}/instances/NA137/status`, `${API}/instances/NA137/status`],
  ['https://example.com/trust/products/X', 'https://example.com/trust/v1/instances/status/preview?products=X'],
])('%s is fetched at %s', (url, address) => expect(readers['salesforce-trust'].address(url)).toBe(address))

describe('the instances of a product', async () => {
  const { incidents, components } = readingIn(await readAt(`${PAGE}/products/Sales_Cloud`, instances))

  test('are components by their words, without those that are no longer active', () =>
    expect(components.map(({ id, name, status, rawStatus }) => [id, name, status, rawStatus])).toEqual([
      ['src/eu45', 'EU45', 'major_outage', null],
      ['src/na137', 'NA137', 'degraded_performance', null],
      ['src/eu46', 'EU46', 'unknown', 'HIBERNATING'],
      ['src/pod5', 'POD5', 'operational', null],
    ]))

  test('list each incident once, with all the instances that it touches', () => {
    expect(incidents.map(({ id, services }) => [id, services])).toEqual([
      ['src/9001', ['EU45']],
      ['src/9000', ['EU45', 'NA137']],
      ['src/9002', ['NA137', 'POD5']],
      ['src/502', ['EU45']],
    ])
  })

  test('have an incident called after what happens to which services, as bad as what goes on', () =>
    expect(incidents[0]).toMatchObject({
      title: 'Performance degradation: Core service, Search service',
      status: 'identified',
      impact: 'major',
      startedAt: '2026-11-24T10:00:00.000Z',
      updatedAt: '2026-11-24T11:00:00.000Z',
      resolvedAt: null,
      url: 'https://status.salesforce.com/incidents/9001',
      updates: [
        { id: '900100', status: 'identified' },
        { id: '900101', status: 'investigating' },
      ],
    }))

  test('have one that is over, which was as bad as it was', () =>
    expect(incidents[1]).toMatchObject({
      status: 'resolved',
      impact: 'critical',
      resolvedAt: '2026-11-24T08:45:00.000Z',
    }))

  test('have a maintenance with its name and window', () =>
    expect(incidents[3]).toMatchObject({
      kind: 'maintenance',
      title: 'Winter release',
      status: 'scheduled',
      scheduledFor: '2026-11-30T01:00:00.000Z',
      scheduledUntil: '2026-11-30T03:00:00.000Z',
      url: 'https://status.salesforce.com/maintenances/502',
    }))

  test('have one that affects all, with its timeline and its words about the whole', () =>
    expect(incidents[2]).toMatchObject({
      scope: 'global',
      impact: 'minor',
      updates: [{ text: 'We see & investigate.' }, { text: 'A restart.' }],
    }))
})

test('an address may choose instances, and a key that is none is told with the nearest one', async () => {
  const url = (keys: string) => `${PAGE}/products/Sales_Cloud?instances=${keys}`
  const { incidents, components } = readingIn(await readAt(url('na137,POD5'), instances))
  expect(components.map(({ name }) => name)).toEqual(['NA137', 'POD5'])
  expect(incidents.map(({ id }) => id)).toEqual(['src/9000', 'src/9002'])
  expect(reasonIn(await readAt(url('NA138'), instances))).toBe("no instance is called 'NA138': did you mean 'NA137'?")
})

test('one instance is read as a list of one', async () => {
  const [first] = JSON.parse(instances)
  const { incidents, components } = readingIn(await readAt(`${PAGE}/instances/EU45`, JSON.stringify(first)))
  expect([incidents.length, components.length]).toEqual([3, 1])
})

test('the open incidents of all products have no components', async () => {
  const { incidents, components } = readingIn(await readAt(PAGE, await fixture('salesforce-active.json')))
  expect(components).toEqual([])
  expect(incidents.map(({ title, impact, services }) => [title, impact, services])).toEqual([
    ['Performance degradation: Core service, Search service', 'major', ['EU45']],
    ['Performance degradation: B2C core', 'critical', ['POD5', 'POD6']],
  ])
})

test('no open incident is a quiet time; no instance of a product is a mistake', async () => {
  expect(readingIn(await readAt(PAGE, '[]')).incidents).toEqual([])
  expect(reasonIn(await readAt(`${PAGE}/products/Slak`, '[]'))).toContain('check the name of the product')
})

test.each([
  [{ status: 'Active' }, [{ startTime: '2026-11-24T10:00:00Z', endTime: null }], 'investigating'],
  [{ status: 'Resolved' }, [{ startTime: '2026-11-24T10:00:00Z', endTime: null }], 'resolved'],
  [{ status: 'Active' }, [{ startTime: '2026-11-24T10:00:00Z', endTime: '2026-11-24T11:00:00Z' }], 'resolved'],
  [{}, [{ startTime: '2026-11-24T10:00:00Z' }, { endTime: '2026-11-24T11:00:00Z' }], 'investigating'],
  [{ createdAt: '2026-11-24T10:00:00Z' }, [], 'investigating'],
])('an incident %j with impacts %j is %s', async (entry, IncidentImpacts, status) => {
  const body = JSON.stringify([{ id: 1, ...entry, IncidentImpacts }])
  expect(readingIn(await readAt(PAGE, body)).incidents).toMatchObject([
    { status, startedAt: '2026-11-24T10:00:00.000Z' },
  ])
})

test.each([
  ['2026-11-24T12:30:00Z', '2026-11-24T13:00:00Z', '', 'scheduled'],
  ['2026-11-24T11:30:00Z', '2026-11-24T13:00:00Z', '', 'in_progress'],
  ['2026-11-24T10:00:00Z', '2026-11-24T11:00:00Z', '', 'completed'],
  ['2026-11-24T11:30:00Z', '2026-11-24T13:00:00Z', 'Cancelled', 'completed'],
])('a maintenance from %s to %s (%j) is %s', async (plannedStartTime, plannedEndTime, status, stage) => {
  const Maintenances = [{ id: 1, plannedStartTime, plannedEndTime, status }]
  const body = JSON.stringify({ key: 'NA1', status: 'OK', Maintenances })
  expect(readingIn(await readAt(`${PAGE}/instances/NA1`, body)).incidents).toMatchObject([
    { kind: 'maintenance', title: 'Maintenance', status: stage },
  ])
})

test('JSON of another kind is no reading', async () => {
  reasonIn(await readAt(PAGE, '{"error": "Direct API access not allowed"}'))
  reasonIn(await readAt(PAGE, 'null'))
  reasonIn(await readAt(PAGE, '<html></html>'))
})

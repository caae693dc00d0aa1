import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { NOON } from '../../support/builders.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const json = (await fixture('oracle-components.json')).replace('"uk-london-1"', 'null')
const feed = await fixture('oracle-incidents.rss.xml')
const quiet = '<rss version="2.0"><channel><title>Incident History</title></channel></rss>'
const reading = async (body: string, also = feed, now = NOON) =>
  readingIn(await read('oracle-components', body, { provider: 'oracle', also, now }))
const components = async (body: string) => (await reading(body)).components
const refused = async (body: string, also?: string) =>
  reasonIn(await read('oracle-components', body, also === undefined ? {} : { also }))
const SUMMARY = 'https://oci.example.com/api/v2/components.json'

test.each([
  ['https://oci.example.com', SUMMARY],
  ['https://oci.example.com/', SUMMARY],
  [SUMMARY, SUMMARY],
  ['https://oci.example.com/api/v2/components_v2.json', 'https://oci.example.com/api/v2/components_v2.json'],
])('%s is fetched at %s, and its incidents beside it', (url, address) => {
  const { 'oracle-components': oracle } = readers
  expect(oracle.address(url)).toBe(address)
  expect(oracle.also?.(url)).toBe('https://oci.example.com/api/v2/incident-summary.rss')
})

describe('a report', async () => {
  const all = await components(json)

  test('makes every region a component, as bad as its worst service', () =>
    expect(all.slice(0, 4).map(({ id, name, status }) => [id, name, status])).toEqual([
      ['src/us-ashburn-1', 'US East (Ashburn)', 'partial_outage'],
      ['src/eu-frankfurt-1', 'Germany Central (Frankfurt)', 'operational'],
      ['src/ap-tokyo-1', 'Japan East (Tokyo)', 'unknown'],
      ['src/r-lhr', 'UK South (London)', 'under_maintenance'],
    ]))

  test('adds the services that are not well, no better than their incidents', () =>
    expect(all.slice(4).map(({ id, name, status }) => [id, name, status])).toEqual([
      ['src/us-ashburn-1.s-compute', 'Compute, US East (Ashburn)', 'partial_outage'],
      ['src/us-ashburn-1.s-object', 'Object Storage & Archive, US East (Ashburn)', 'degraded_performance'],
      ['src/ap-tokyo-1.s-dns', 'DNS, Japan East (Tokyo)', 'unknown'],
      ['src/r-lhr.s-vpn', 'VPN, UK South (London)', 'under_maintenance'],
    ]))

  test('says where by the code, or else by the name', () =>
    expect(all.map(({ regions }) => regions.join())).toEqual([
      'oracle/us-ashburn-1',
      'oracle/eu-frankfurt-1',
      'oracle/ap-tokyo-1',
      'oracle/uk-london-1',
      'oracle/us-ashburn-1',
      'oracle/us-ashburn-1',
      'oracle/ap-tokyo-1',
      'oracle/uk-london-1',
    ]))

  test('keeps a word that nobody knows', () => expect(all[2]?.rawStatus).toBe('Under Review'))
})

test('a service that is well again is no component of its own any more', async () => {
  const [first, ...others] = await components(json.replaceAll(/"Service[DS]\w+"/g, '"NormalPerformance"'))
  expect(first).toMatchObject({ id: 'src/us-ashburn-1', status: 'operational' })
  expect(others.map(({ id }) => id)).not.toContain('src/us-ashburn-1.s-compute')
})

test('a region without services is unknown, and an outage counts before a disruption', async () => {
  const service = (serviceId: string, serviceStatus: string) => ({ serviceId, serviceName: serviceId, serviceStatus })
  const report = {
    regionHealthReports: [
      { regionId: 'a', regionName: 'A' },
      { regionId: 'b', serviceHealthReports: [service('x', 'ServiceDisruption'), service('y', 'ServiceOutage')] },
    ],
  }
  const all = await components(JSON.stringify(report))
  expect(all.slice(0, 2)).toMatchObject([
    { status: 'unknown', rawStatus: null },
    { status: 'major_outage', name: 'b' },
  ])
})

test('malformed regions leave the others standing; only malformed ones are no reading', async () => {
  const report = JSON.parse(json)
  report.regionHealthReports.unshift(null, 7, {}, { regionId: [] })
  expect(await components(JSON.stringify(report))).toHaveLength(8)
  await refused('{"regionHealthReports": [null, {}]}', feed)
  await refused('{"regionHealthReports": []}', feed)
  await refused('{"page": {}, "status": {"indicator": "none"}}', feed)
  await refused('[]', feed)
})

describe('its incidents', async () => {
  const { incidents, undated } = await reading(json)
  const [compute, left, old, storage] = incidents

  test('have titles, times, words and addresses by the feed, and their reach by both', () =>
    expect(compute).toMatchObject({
      id: 'src/ocid1.incident.oc1..one',
      title: 'Compute, US East (Ashburn)',
      status: 'identified',
      impact: 'major',
      scope: 'regional',
      regions: ['oracle/us-ashburn-1'],
      services: ['Compute'],
      startedAt: '2026-11-24T10:05:00.000Z',
      updatedAt: '2026-11-24T11:30:00.000Z',
      resolvedAt: null,
      url: 'https://oci.example.com/#/incidents/ocid1.incident.oc1..one',
      updates: [
        { status: 'identified', text: 'A rack lost power.\nCustomer Impact: some instances are down.' },
        { status: 'investigating', at: '2026-11-24T10:05:00.000Z', text: 'We look into it.' },
      ],
    }))

  test('are history when the feed says so, a year before where their dates say that', () =>
    expect(old).toMatchObject({
      status: 'resolved',
      impact: 'major',
      regions: ['oracle/uk-london-1'],
      services: [],
      startedAt: '2025-12-31T23:40:00.000Z',
      resolvedAt: '2026-01-01T00:20:00.000Z',
      url: null,
    }))

  test('are history as well when they were left open for days and hit nothing', () =>
    expect(left).toMatchObject({ status: 'resolved', scope: 'unspecified', resolvedAt: '2026-11-20T09:00:00.000Z' }))

  test('are open for a day when they hit nothing, and as long as the report says that they do', async () => {
    const fresh = await reading(json, feed, Date.parse('2026-11-20T20:00:00Z'))
    expect(fresh.incidents[1]).toMatchObject({ status: 'monitoring', resolvedAt: null })
    const hit = await reading(json.replace('incident.oc1..two', 'incident.oc1..left'))
    expect(hit.incidents[1]).toMatchObject({
      status: 'monitoring',
      regions: ['oracle/us-ashburn-1'],
      services: ['Networking', 'Object Storage & Archive'],
    })
  })

  test('are made of the report while the feed knows nothing of them', () => {
    expect(storage).toMatchObject({
      id: 'src/ocid1.incident.oc1..two',
      title: 'Object Storage & Archive, US East (Ashburn)',
      status: 'investigating',
      impact: 'minor',
      regions: ['oracle/us-ashburn-1'],
      startedAt: new Date(NOON).toISOString(),
      updates: [],
    })
    expect(undated).toEqual(['src/ocid1.incident.oc1..two'])
  })
})

test('without an incident in either document nothing is open, and what has left is over', async () => {
  expect((await reading(json.replaceAll(/"incidents": \[.+?\]/g, '"incidents": []'), quiet)).incidents).toEqual([])
  expect(readers['oracle-components'].complete).toBe(true)
})

test('one document without the other is no reading, nor is a feed of which nothing can be read', async () => {
  expect(await refused(json)).toContain('incident-summary.rss')
  expect(await refused(json, '<!doctype html>')).toContain('incidents: ')
  expect(await refused(json, feed.replaceAll('guid', 'gooid'))).toContain('none of the 3 items can be read')
})

import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/sources/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const json = (await fixture('oracle-components.json')).replace('"uk-london-1"', 'null')
const components = async (body: string) =>
  readingIn(await read('oracle-components', body, { provider: 'oracle' })).components
const SUMMARY = 'https://oci.example.com/api/v2/components.json'

test.each([
  ['https://oci.example.com', SUMMARY],
  ['https://oci.example.com/', SUMMARY],
  [SUMMARY, SUMMARY],
  ['https://oci.example.com/api/v2/components_v2.json', 'https://oci.example.com/api/v2/components_v2.json'],
])('%s is fetched at %s', (url, address) => expect(readers['oracle-components'].address(url)).toBe(address))

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
  reasonIn(await read('oracle-components', '{"regionHealthReports": [null, {}]}'))
  reasonIn(await read('oracle-components', '{"regionHealthReports": []}'))
  reasonIn(await read('oracle-components', '{"page": {}, "status": {"indicator": "none"}}'))
  reasonIn(await read('oracle-components', '[]'))
})

import { describe, expect, test } from 'vitest'
import { statusOfIncident } from '../../../shared/domain/incident.ts'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const reading = async (body: string) => readingIn(await read('statuspage', body, { provider: 'azure' }))
const QUIET = '{"page": {"id": "p"}, "components": [], "incidents": [], "scheduled_maintenances": []}'

test.each([
  ['https://status.example.com', 'https://status.example.com/api/v2/summary.json'],
  ['https://status.example.com/', 'https://status.example.com/api/v2/summary.json'],
  ['https://example.com/statuspage/azure/', 'https://example.com/statuspage/azure/api/v2/summary.json'],
  ['https://status.example.com/api/v2/summary.json', 'https://status.example.com/api/v2/summary.json'],
])('%s is fetched at %s', (url, address) => expect(readers.statuspage.address(url)).toBe(address))

test('a quiet page has nothing to tell', async () =>
  expect(await reading(QUIET)).toEqual({ incidents: [], components: [], articles: [] }))

describe('a Statuspage', async () => {
  const json = (await fixture('statuspage.json'))
    .replaceAll('NYC3', 'West US 3')
    .replaceAll('FRA1', 'UK South')
    .replaceAll('SFO3', 'West Europe')
  const { incidents, components } = await reading(json)
  const [network, signIn, maintenance] = incidents

  test('lists its components without their groups, operational ones too', () =>
    expect(components.map(component => [component.name, component.status, component.regions])).toEqual([
      ['West US 3', 'partial_outage', ['azure/westus3']],
      ['API & Portal', 'operational', []],
      ['Volumes', 'unknown', ['azure/uksouth']],
    ]))

  test('keeps a word for a status that is none of ours', () => expect(components[2]?.rawStatus).toBe('Re-routed'))

  test('has an incident in the regions of its name and its components', () =>
    expect(network).toMatchObject({
      id: 'src/i1',
      kind: 'incident',
      status: 'identified',
      impact: 'major',
      scope: 'regional',
      regions: ['azure/westeurope', 'azure/westus3'],
      services: ['West Europe', 'West US 3'],
      startedAt: '2026-11-24T09:55:00.000Z',
      updatedAt: '2026-11-24T10:30:00.000Z',
      url: 'https://stspg.example.com/i1',
      updates: [
        { id: 'u2', text: 'A switch failed.' },
        { id: 'u1', text: 'We look into it.' },
      ],
    }))

  test('has an incident that is over, without the link that is none', () =>
    expect(signIn).toMatchObject({ status: 'resolved', resolvedAt: '2026-11-23T10:50:00.000Z', url: null }))

  test('has a maintenance with the time for which it is planned', () =>
    expect(maintenance).toMatchObject({
      kind: 'maintenance',
      status: 'scheduled',
      impact: 'maintenance',
      regions: ['azure/uksouth'],
      startedAt: '2026-11-30T01:00:00.000Z',
      scheduledFor: '2026-11-30T01:00:00.000Z',
      scheduledUntil: '2026-11-30T03:00:00.000Z',
    }))
})

test('a maintenance begins when it is planned to, not when it was announced', async () => {
  const page = JSON.parse(await fixture('statuspage.json'))
  page.scheduled_maintenances[0].started_at = '2026-11-20T09:59:59.990Z'
  const { incidents } = await reading(JSON.stringify(page))
  expect(incidents.at(-1)).toMatchObject({ kind: 'maintenance', startedAt: '2026-11-30T01:00:00.000Z' })
})

test("incident.io's null lists, missing fields and own words are read", async () => {
  const { incidents, components } = await reading(await fixture('incident-io.json'))
  expect(components).toMatchObject([{ id: 'src/01abcdef', status: 'major_outage', rawStatus: null }])
  expect(incidents).toMatchObject([
    {
      status: 'investigating',
      rawStatus: 'Looking into it',
      impact: 'critical',
      startedAt: '2026-11-24T09:00:00.000Z',
      url: null,
      updates: [],
    },
  ])
})

test('an incident of incident.io that lists no components hits those that its updates name', async () => {
  const page = JSON.parse(await fixture('incident-io.json'))
  delete page.components
  page.incidents[0].incident_updates = [
    {
      id: 'u',
      status: 'monitoring',
      body: 'It answers again.',
      created_at: '2026-11-24T10:30:00Z',
      affected_components: [{ name: 'Chat' }, null],
    },
    {
      id: 'v',
      status: 'investigating',
      body: 'We look.',
      created_at: '2026-11-24T10:00:00Z',
      affected_components: null,
    },
  ]
  const { incidents, components } = await reading(JSON.stringify({ ...page, incidents: page.incidents }))
  expect(components).toEqual([])
  expect(incidents).toMatchObject([{ services: ['Chat'], url: null, updates: [{ status: 'monitoring' }, {}] }])
})

test('one malformed entry does not lose the others', async () => {
  const page = JSON.parse(await fixture('statuspage.json'))
  page.incidents.unshift(null, 7, { id: 'x' }, { id: [], name: 'y', created_at: '2026-11-24T10:00:00Z' })
  expect((await reading(JSON.stringify(page))).incidents).toHaveLength(3)
})

test('JSON of another kind is no reading', async () => {
  reasonIn(await read('statuspage', '{"error": "slow down"}'))
  reasonIn(await read('statuspage', '[]'))
  reasonIn(await read('statuspage', 'null'))
  reasonIn(await read('statuspage', '{"page": {}, "incidents": [{"id": "x"}]}'))
})

test('a page that lists nothing at all is a failure, not a quiet page', async () => {
  const hollow = { page: { id: 'p' }, status: { indicator: 'none', description: 'All Systems Operational' } }
  const failed = async (body: object) => reasonIn(await read('statuspage', JSON.stringify(body), { provider: 'azure' }))
  expect(await failed(hollow)).toContain('neither components nor incidents nor scheduled_maintenances')
  expect(await failed({ page: {} })).toContain('neither components')
  // incident.io leaves lists null, and one list is enough
  expect(await reading(JSON.stringify({ ...hollow, components: null, incidents: null }))).toMatchObject({
    incidents: [],
  })
  expect(await reading(JSON.stringify({ ...hollow, incidents: [] }))).toMatchObject({ incidents: [] })
})

test('a web page is no summary, and the failure says that the page is no Statuspage', async () =>
  expect(reasonIn(await read('statuspage', ' <!doctype html><title>Status</title>'))).toBe(
    'the host answers with a web page where a Statuspage has its summary, so it is none: npm run detect finds what it is',
  ))

test.each([
  [{ components: [] }],
  [{ components: [], scheduled_maintenances: null }],
  [{ components: [], in_progress_maintenances: [], ongoing_incidents: [] }],
])('incident.io may leave out its lists while nothing is open: %j', async lists =>
  expect(await reading(JSON.stringify({ page: { id: 'p' }, ...lists }))).toMatchObject({ incidents: [] }),
)

describe('a summary that lists only some components', () => {
  const parts = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ id: `c${n}`, name: `Part ${n}`, status: 'operational' }))
  const more = (page: object) => {
    const body = new TextEncoder().encode(JSON.stringify({ page: {}, ...page }))
    return readers.statuspage.more?.('https://status.example.com', { body, contentType: null })
  }
  const ALL = 'https://status.example.com/api/v2/components.json'
  const group = { id: 'g', name: 'Europe', group: true, components: ['c0', 'c9'] }

  test.each([
    ['is as long as one page of a list', { components: parts(25) }],
    ['has a group with others', { components: [...parts(2), group] }],
    ['has parts of a group that it lacks', { components: [{ ...parts(1)[0], group_id: 'g' }] }],
    ['has an incident of others', { components: parts(2), incidents: [{ id: 'i', components: [{ id: 'c9' }] }] }],
    ['has work on others', { components: parts(2), scheduled_maintenances: [{ id: 'i', components: [{ id: 'c9' }] }] }],
  ])('%s, and the list of all is asked for', (_, page) => expect(more(page)).toBe(ALL))

  test.each([
    ['lists all that it names', { components: parts(2), incidents: [{ id: 'i', components: [{ id: 'c1' }] }] }],
    ['has none', { components: [] }],
    ['has as many, but groups', { components: [...parts(24), { ...group, components: ['c0'] }] }],
    ['leaves them out', { incidents: [] }],
  ])('is another than one that %s', (_, page) => expect(more(page)).toBeUndefined())

  test('is read with the list of all, and an incident is where that says', async () => {
    const incident = {
      id: 'i',
      name: 'Slow',
      created_at: '2026-11-24T10:00:00Z',
      components: [{ id: 'w', name: 'West' }],
    }
    const summary = JSON.stringify({ page: {}, components: parts(1), incidents: [incident] })
    const west = { id: 'w', name: 'West', status: 'partial_outage', group_id: 'g' }
    const all = [{ id: 'g', name: 'West Europe', group: true, components: ['w'] }, west, ...parts(1)]
    const withAll = (text: string) => read('statuspage', summary, { provider: 'azure', more: text })
    const { incidents, components } = readingIn(await withAll(JSON.stringify({ page: {}, components: all })))
    expect(components.map(({ id, regions }) => [id, regions])).toEqual([
      ['src/w', ['azure/westeurope']],
      ['src/c0', []],
    ])
    expect(incidents).toMatchObject([{ regions: ['azure/westeurope'] }])
    for (const none of ['<html></html>', '{"components": []}', '{"page": {}}'])
      expect(readingIn(await withAll(none)).components).toMatchObject([{ id: 'src/c0' }])
  })
})

test.each([
  ['critical', 'operational', ['major_outage']],
  ['major', 'degraded_performance', ['partial_outage']],
  ['minor', 'operational', ['degraded_performance']],
  ['maintenance', 'operational', ['under_maintenance']],
  ['minor', 'degraded_performance', []],
  ['major', 'major_outage', []],
  ['none', 'operational', []],
  ['strange', 'operational', []],
])('an indicator %s beside a part that is %s shows what no list says', async (indicator, status, shown) => {
  const components = [{ id: 'a', name: 'API', status }]
  const page = { page: {}, status: { indicator, description: 'What the page says' }, components, incidents: [] }
  const { incidents, undated = [] } = await reading(JSON.stringify(page))
  expect(incidents.map(statusOfIncident)).toEqual(shown)
  expect(incidents.map(({ title, scope }) => [title, scope])).toEqual(
    shown.map(() => ['What the page says', 'unspecified']),
  )
  expect(undated).toEqual(incidents.map(({ id }) => id))
})

describe('the parts of an incident', () => {
  const part = (id: string, name: string, status: string) => ({ id, name, status })
  const regionsOf = async (parts: object[], status = 'identified') => {
    const incident = { id: 'i', name: 'Network trouble', status, impact: 'major', created_at: '2026-11-30T00:00:00Z' }
    const page = { page: {}, components: parts, incidents: [{ ...incident, components: parts }] }
    return (await reading(JSON.stringify(page))).incidents[0]?.regions
  }
  const [well, unwell] = [
    part('u', 'Servers UK South', 'operational'),
    part('w', 'Servers West Europe', 'partial_outage'),
  ]

  test('release their regions when they have recovered while others have not', async () =>
    expect(await regionsOf([well, unwell])).toEqual(['azure/westeurope']))

  test('all count where all are operational, for then the page leaves its components alone', async () =>
    expect(await regionsOf([well, { ...unwell, status: 'operational' }])).toEqual([
      'azure/uksouth',
      'azure/westeurope',
    ]))

  test('all count of what is over', async () =>
    expect(await regionsOf([well, unwell], 'resolved')).toEqual(['azure/uksouth', 'azure/westeurope']))

  test('hold their region while nobody knows how they are', async () =>
    expect(await regionsOf([{ ...well, status: 'who knows' }, unwell])).toEqual(['azure/uksouth', 'azure/westeurope']))
})

test.each([
  ['maintenance_scheduled', 'scheduled'],
  ['maintenance_in_progress', 'in_progress'],
  ['maintenance_complete', 'completed'],
  ['Maintenance Complete', 'completed'],
  ['complete', 'completed'],
  ['in progress', 'in_progress'],
  ['planned', 'scheduled'],
  ['active', 'in_progress'],
  ['cancelled', 'completed'],
  ['finished', 'completed'],
  ['verifying', 'verifying'],
])('a maintenance that is %s is %s', async (word, status) => {
  const entry = { id: 'm', name: 'Work', status: word, created_at: '2026-11-20T10:00:00Z' }
  const list = (name: string) => JSON.stringify({ page: {}, [name]: [entry] })
  const expected = { kind: 'maintenance', status, rawStatus: null }
  expect((await reading(list('scheduled_maintenances'))).incidents).toMatchObject([expected])
  if (/^maintenance/i.test(word)) expect((await reading(list('incidents'))).incidents).toMatchObject([expected])
})

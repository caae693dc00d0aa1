import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const json = await fixture('statusio.json')
const reading = async (body: string) => readingIn(await read('statusio', body))
const QUIET = '{"result": {"status_overall": {"status_code": 100}, "status": [], "incidents": []}}'

test('a quiet page has nothing to tell, and what is not listed is over', async () => {
  expect(await reading(QUIET)).toEqual({ incidents: [], components: [], articles: [] })
  expect(readers.statusio.complete).toBe(true)
})

test('the configured address is the one that is fetched', () =>
  expect(readers.statusio.address('https://api.status.io/1.0/status/abc')).toBe('https://api.status.io/1.0/status/abc'))

describe('a page', async () => {
  const { incidents, components } = await reading(json)
  const [errors, sessions, disks, switches] = incidents

  test('has a component for each container of a part, where the container is', () =>
    expect(components.map(({ id, name, status, regions }) => [id, name, status, regions.join()])).toEqual([
      ['src/c1.p1', 'API, West Europe', 'partial_outage', 'azure/westeurope'],
      ['src/c1.p2', 'API, UK South', 'operational', 'azure/uksouth'],
      ['src/c2', 'Website', 'degraded_performance', 'azure/westeurope'],
      ['src/c3', 'Vault & keys', 'unknown', ''],
      ['src/c4', 'Builds', 'under_maintenance', ''],
      ['src/c5', 'Accounts', 'major_outage', ''],
    ]))

  test('keeps the word of a code that nobody knows', () => expect(components[3]?.rawStatus).toBe('Under Siege'))

  test('has an incident with the state of its newest message and the last harm that one told of', () =>
    expect(errors).toMatchObject({
      id: 'src/i1',
      kind: 'incident',
      status: 'monitoring',
      impact: 'major',
      regions: ['azure/westeurope'],
      services: ['API', 'Website'],
      startedAt: '2026-11-24T10:00:00.000Z',
      updatedAt: '2026-11-24T11:00:00.000Z',
      resolvedAt: null,
      updates: [
        { id: 'm3', status: 'monitoring', text: 'It looks well again.' },
        { id: 'm2', status: 'identified', text: 'A switch failed.' },
        { id: 'm1', status: 'investigating', text: 'We look into errors.' },
      ],
    }))

  test('may have an incident that is over', () =>
    expect(sessions).toMatchObject({ status: 'resolved', impact: 'minor', resolvedAt: '2026-11-24T07:40:00.000Z' }))

  test('has maintenances that have begun and others that are planned', () => {
    expect(disks).toMatchObject({
      kind: 'maintenance',
      status: 'in_progress',
      impact: 'maintenance',
      services: ['Builds'],
      scheduledFor: '2026-11-24T11:30:00.000Z',
      scheduledUntil: '2026-11-24T13:00:00.000Z',
      updates: [{ status: 'in_progress' }],
    })
    expect(switches).toMatchObject({
      status: 'scheduled',
      regions: ['azure/uksouth'],
      startedAt: '2026-11-30T01:00:00.000Z',
      updatedAt: '2026-11-21T10:00:00.000Z',
    })
  })
})

test('a state that nobody knows keeps the incident open, and its word', async () => {
  const { incidents } = await reading(json.replace('"state": 300', '"state": "Pondering"'))
  expect(incidents[0]).toMatchObject({ status: 'investigating', rawStatus: 'Pondering', resolvedAt: null })
})

test('malformed entries leave the others standing; only malformed ones are no reading', async () => {
  const page = JSON.parse(json)
  page.result.incidents.unshift(null, 'x', { _id: 'x' })
  page.result.status.unshift(null, { id: 'x' })
  page.result.maintenance = null
  const { incidents, components } = await reading(JSON.stringify(page))
  expect([incidents.length, components.length]).toEqual([2, 6])
  reasonIn(await read('statusio', '{"result": {"status_overall": {}, "incidents": [{"_id": "x"}]}}'))
  expect(reasonIn(await read('statusio', '{"status": "error"}'))).toContain('api.status.io')
  reasonIn(await read('statusio', 'null'))
})

import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const json = await fixture('statuspal.json')
const reading = async (body: string) => readingIn(await read('statuspal', body))
const edited = (edit: (summary: { status_page: { time_zone?: string }; incidents: object[] }) => void): string => {
  const summary = JSON.parse(json)
  edit(summary)
  return JSON.stringify(summary)
}

const api = 'https://statuspal.io/api/v2/status_pages/ocean'
test.each([
  ['https://ocean.statuspal.io', `${api}/summary`],
  ['https://ocean.statuspal.eu/history', 'https://statuspal.eu/api/v2/status_pages/ocean/summary'],
  [api, `${api}/summary`],
  [`${api}/summary`, `${api}/summary`],
  [`${api}/status`, `${api}/summary`],
  [`${api}/incidents?page=1`, `${api}/summary`],
])('%s is fetched at %s', (url, address) => expect(readers.statuspal.address(url)).toBe(address))

describe('a summary', async () => {
  const { incidents, components, note } = await reading(json)
  const [calls, listed, slow, disks, switches] = incidents

  test('has its services and what is in them as components, where they or what they are in say', () =>
    expect(components.map(({ id, name, status, regions }) => [id, name, status, regions.join()])).toEqual([
      ['src/2', 'API', 'partial_outage', 'azure/westeurope'],
      ['src/4', 'API', 'unknown', 'azure/westeurope'],
      ['src/3', 'UK South', 'under_maintenance', 'azure/uksouth'],
    ]))

  test('keeps the word for a type that nobody knows', () => expect(components[1]?.rawStatus).toBe('custom-type'))

  test('has times in the zone of the page', () => {
    expect(calls).toMatchObject({
      id: 'src/10',
      status: 'identified',
      services: ['West Europe / API'],
      startedAt: '2026-11-24T10:00:00.000Z',
      updatedAt: '2026-11-24T10:30:00.000Z',
      updates: [
        { id: '101', at: '2026-11-24T10:30:00.000Z', status: 'identified', text: 'The cause is found.' },
        { id: '100', at: '2026-11-24T10:00:00.000Z', status: 'investigating', text: 'We look into it.' },
      ],
      url: 'https://status.example.com/incidents/10',
    })
    expect(note).toBeUndefined()
  })

  test('has what is planned, in whichever list', () => {
    expect(listed).toMatchObject({ kind: 'maintenance', status: 'scheduled', impact: 'maintenance' })
    expect(disks).toMatchObject({ kind: 'maintenance', status: 'in_progress', services: ['UK South'] })
    expect(switches).toMatchObject({ status: 'scheduled', scheduledUntil: '2026-11-30T03:00:00.000Z' })
  })

  test('has an end where the time of an end has come', () =>
    expect(slow).toMatchObject({ status: 'resolved', resolvedAt: '2026-11-24T08:40:00.000Z' }))
})

test.each([
  ['Etc/UTC', '2026-11-24T11:00:00.000Z', undefined],
  ['America/New_York', '2026-11-24T16:00:00.000Z', undefined],
  ['Atlantis/Capital', '2026-11-24T11:00:00.000Z', 'unknown (Atlantis/Capital): its times are read as UTC'],
  [undefined, '2026-11-24T11:00:00.000Z', 'unknown (none): its times are read as UTC'],
])('in the zone %s eleven is %s, and a zone that nobody knows is told', async (zone, at, told) => {
  const { incidents, note } = await reading(
    edited(({ status_page }) => {
      if (zone === undefined) delete status_page.time_zone
      else status_page.time_zone = zone
    }),
  )
  expect(incidents[0]?.startedAt).toBe(at)
  if (told === undefined) expect(note).toBeUndefined()
  else expect(note).toContain(told)
})

test('summer has its own time', async () => {
  const body = edited(({ incidents }) => Object.assign(incidents[0] ?? {}, { starts_at: '2026-07-24T11:00:00' }))
  expect((await reading(body)).incidents[0]?.startedAt).toBe('2026-07-24T09:00:00.000Z')
})

test('an incident with an end ahead is open, whatever its last update promises', async () => {
  const update = { id: 1, type: 'resolved', description: 'Resolved.', posted_at: '2026-11-24T11:40:00' }
  const body = edited(({ incidents }) =>
    Object.assign(incidents[0] ?? {}, { ends_at: '2026-11-25T11:00:00', updates: [update] }),
  )
  expect((await reading(body)).incidents[0]).toMatchObject({ status: 'monitoring', resolvedAt: null })
})

test('a service of services counts while it is not well itself', async () => {
  const part = { id: 2, name: 'API', current_incident_type: null, children: null }
  const group = (type: string | null) => ({ id: 1, name: 'West Europe', current_incident_type: type, children: [part] })
  const names = async (type: string | null) =>
    (await reading(JSON.stringify({ status_page: { time_zone: 'UTC' }, services: [group(type)] }))).components.map(
      ({ name, status }) => `${name} ${status}`,
    )
  expect(await names(null)).toEqual(['API operational'])
  expect(await names('major')).toEqual(['West Europe partial_outage', 'API operational'])
})

test('a service without a type is not taken for well', async () => {
  const body = JSON.stringify({ status_page: { time_zone: 'UTC' }, services: [{ id: 1, name: 'API' }] })
  expect((await reading(body)).components).toMatchObject([{ status: 'unknown', rawStatus: null }])
})

test('another document is no summary', async () => {
  expect(reasonIn(await read('statuspal', '{"status_page": {"name": "Ocean"}}'))).toContain('/summary')
  reasonIn(await read('statuspal', '<!doctype html><title>Ocean</title>'))
  reasonIn(await read('statuspal', '[]'))
})

import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const json = await fixture('betterstack.json')
const reading = async (body: string, now?: number) =>
  readingIn(await read('betterstack', body, now === undefined ? {} : { now }))
const edited = (edit: (page: { included: { id?: string; attributes?: object }[] }) => void): string => {
  const page = JSON.parse(json)
  edit(page)
  return JSON.stringify(page)
}

test.each([
  ['https://status.example.com', 'https://status.example.com/index.json'],
  ['https://status.example.com/index.json', 'https://status.example.com/index.json'],
])('%s is fetched at %s', (url, address) => expect(readers.betterstack.address(url)).toBe(address))

test('a page without reports has nothing to tell', async () =>
  expect(await reading('{"data": {"type": "status_page"}, "included": null}')).toEqual({
    incidents: [],
    components: [],
    articles: [],
  }))

describe('a page', async () => {
  const { incidents, components } = await reading(json)
  const [uploads, website, disks, switches] = incidents

  test('has its resources as components, where they or their sections say', () =>
    expect(components.map(({ id, name, status, regions }) => [id, name, status, regions.join()])).toEqual([
      ['src/1', 'Website', 'operational', ''],
      ['src/2', 'API', 'major_outage', 'azure/uksouth'],
      ['src/3', 'Uploads (West Europe)', 'degraded_performance', 'azure/westeurope'],
      ['src/4', 'Builds & tests', 'under_maintenance', ''],
      ['src/5', 'Docs', 'unknown', ''],
    ]))

  test('keeps the word for what is not monitored', () => expect(components[4]?.rawStatus).toBe('not_monitored'))

  test('has an open report with its updates and all that they say is hit', () =>
    expect(uploads).toMatchObject({
      id: 'src/10',
      kind: 'incident',
      status: 'identified',
      impact: 'major',
      regions: ['azure/uksouth', 'azure/westeurope'],
      services: ['API', 'Uploads (West Europe)'],
      startedAt: '2026-11-24T10:00:00.000Z',
      updatedAt: '2026-11-24T10:30:00.000Z',
      resolvedAt: null,
      updates: [
        { id: '101', status: 'identified', text: 'The cause is identified.' },
        { id: '100', status: 'investigating', text: 'We look into it.' },
      ],
    }))

  test('knows by its state that a report without an end is over, and keeps how bad it was', () =>
    expect(website).toMatchObject({
      status: 'resolved',
      impact: 'major',
      services: ['Website'],
      resolvedAt: '2026-11-23T10:40:00.000Z',
      updates: [{ status: 'resolved' }],
    }))

  test('has maintenances that have begun and others that are ahead, whatever state they are given', () => {
    expect(disks).toMatchObject({ kind: 'maintenance', status: 'in_progress', services: ['Builds & tests'] })
    expect(switches).toMatchObject({
      status: 'scheduled',
      impact: 'maintenance',
      scheduledFor: '2026-11-30T01:00:00.000Z',
      scheduledUntil: '2026-11-30T03:00:00.000Z',
      resolvedAt: null,
    })
  })
})

test('a maintenance is completed when its time is over', async () => {
  const { incidents } = await reading(json, Date.UTC(2026, 10, 24, 13))
  expect(incidents[2]).toMatchObject({ status: 'completed', resolvedAt: '2026-11-24T13:00:00.000Z' })
})

test('a state that nobody knows keeps the report open, and its word', async () => {
  const body = json.replace('"aggregate_state": "resolved"', '"aggregate_state": "Haunted"')
  expect((await reading(body)).incidents[1]).toMatchObject({ status: 'monitoring', rawStatus: 'Haunted' })
})

test('malformed entries leave the others standing; only malformed ones are no reading', async () => {
  const body = edited(page => page.included.unshift({}, { id: 'x' }, { id: 'y', attributes: {} }))
  expect((await reading(body)).incidents).toHaveLength(4)
  const report = '{"id": "1", "type": "status_report", "attributes": {"title": "x"}}'
  reasonIn(await read('betterstack', `{"data": {"type": "status_page"}, "included": [${report}]}`))
  reasonIn(await read('betterstack', '{"data": {"type": "monitor"}}'))
  reasonIn(await read('betterstack', '[]'))
})

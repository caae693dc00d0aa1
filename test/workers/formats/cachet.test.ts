import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const two = await fixture('cachet2.json')
const three = await fixture('cachet3.json')
const incidents = async (body: string) => readingIn(await read('cachet', body)).incidents

const V1 = 'https://status.example.com/api/v1/incidents'
const V3 = 'https://status.example.com/api/incidents'
test.each([
  ['https://status.example.com/', `${V1}?sort=id&order=desc&per_page=100`],
  [V3, `${V3}?include=components,updates&per_page=100`],
  [`${V1}?per_page=10`, `${V1}?per_page=10`],
  [`${V3}?per_page=10`, `${V3}?per_page=10`],
])('%s is fetched at %s', (url, address) => expect(readers.cachet.address(url)).toBe(address))

test('an empty list is the quiet state, and absence means nothing', async () => {
  expect(await incidents('{"data": []}')).toEqual([])
  expect(readers.cachet.complete).toBe(false)
})

describe('versions 1 and 2', async () => {
  const [api, mail, switches, disks] = await incidents(two)

  test('have an open incident with its newest status, as bad as its component is', () =>
    expect(api).toMatchObject({
      id: 'src/4',
      kind: 'incident',
      status: 'identified',
      impact: 'major',
      regions: ['azure/westeurope'],
      services: ['API & SDK'],
      startedAt: '2026-11-24T09:30:00.000Z',
      updatedAt: '2026-11-24T10:00:00.000Z',
      url: 'https://status.example.com/incidents/4',
      updates: [
        { id: '7', status: 'identified', text: 'A switch failed.' },
        { id: 'message', status: 'investigating', text: 'We look into it.' },
      ],
    }))

  test('have an incident that is fixed', () =>
    expect(mail).toMatchObject({ status: 'resolved', resolvedAt: '2026-11-20T09:00:00.000Z', url: null }))

  test('have a maintenance that is past once its time has come', () => {
    expect(switches).toMatchObject({
      kind: 'maintenance',
      status: 'scheduled',
      impact: 'maintenance',
      scheduledFor: '2026-11-30T01:00:00.000Z',
    })
    expect(disks).toMatchObject({ kind: 'maintenance', status: 'completed', updates: [] })
  })
})

describe('version 3', async () => {
  const [builds, odd] = await incidents(three)

  test('has an incident with the components and updates that are included, as bad as the worst of them', () =>
    expect(builds).toMatchObject({
      id: 'src/12',
      status: 'monitoring',
      impact: 'critical',
      regions: ['azure/uksouth', 'azure/westeurope'],
      services: ['Builds (UK South)', 'Builds (West Europe)'],
      startedAt: '2026-11-24T10:00:00.000Z',
      updatedAt: '2026-11-24T11:00:00.000Z',
      updates: [{ id: '5', status: 'monitoring' }, { id: 'message' }],
    }))

  test('may have a status that nobody knows, and leave out the rest', () =>
    expect(odd).toMatchObject({
      status: 'investigating',
      rawStatus: '9',
      startedAt: '2026-11-24T08:00:00.000Z',
      updatedAt: '2026-11-24T08:00:00.000Z',
      services: [],
      updates: [],
    }))
})

test('malformed entries leave the others standing; only malformed ones are no reading', async () => {
  const page = JSON.parse(two)
  page.data.unshift(null, 7, { id: 1 }, { id: 2, name: 'x', created_at: 'yesterday' })
  expect(await incidents(JSON.stringify(page))).toHaveLength(4)
  reasonIn(await read('cachet', '{"data": [{"id": 1}]}'))
  reasonIn(await read('cachet', '{"data": "Pong!"}'))
  reasonIn(await read('cachet', '[]'))
})

describe('schedules of version 3', () => {
  const at = (string: string | null) => ({ human: null, string })
  const schedule = (attributes: object) => ({
    id: '3',
    type: 'schedules',
    attributes: {
      name: 'Cable work (UK South)',
      message: 'We move **cables**.',
      status: { human: 'Upcoming', value: 0 },
      scheduled: at('2026-11-24 20:00:00'),
      completed: at(null),
      created: at('2026-11-20 10:00:00'),
      updated: at('2026-11-20 10:00:00'),
      ...attributes,
    },
    relationships: { components: { data: [{ id: '1', type: 'components' }] }, updates: { data: [] } },
  })
  const component = { id: '1', type: 'components', attributes: { name: 'Builds (West Europe)', status: { value: 1 } } }
  const answerOf = (attributes: object) => JSON.stringify({ data: [schedule(attributes)], included: [component] })
  const planned = async (attributes: object) => {
    const found = readingIn(await read('cachet', '{"data": []}', { url: V3, also: answerOf(attributes) }))
    return found.incidents[0]
  }

  test('stand at an address of their own, which earlier versions lack', () => {
    const schedules = 'https://status.example.com/api/schedules?include=components,updates&per_page=100'
    expect(readers.cachet.also?.(V3)).toBe(schedules)
    expect(readers.cachet.also?.(`${V3}?per_page=10`)).toBe(schedules)
    expect(readers.cachet.also?.(V1)).toBeUndefined()
    expect(readers.cachet.also?.('https://status.example.com/')).toBeUndefined()
  })

  test('are maintenances, where their names and components say', async () =>
    expect(await planned({})).toMatchObject({
      id: 'src/schedule-3',
      kind: 'maintenance',
      status: 'scheduled',
      impact: 'maintenance',
      regions: ['azure/uksouth', 'azure/westeurope'],
      services: ['Builds (West Europe)'],
      scheduledFor: '2026-11-24T20:00:00.000Z',
      scheduledUntil: null,
      updates: [{ status: 'scheduled', text: 'We move cables.' }],
    }))

  test.each([
    [{ status: { value: 1 } }, 'in_progress'],
    [{ status: { value: 2 } }, 'completed'],
    [{ status: { value: 'complete' } }, 'completed'],
    [{ status: { value: 1 }, completed: at('2026-11-24 11:00:00') }, 'completed'],
    [{ status: { value: 1 }, completed: at('2026-11-24 23:00:00') }, 'in_progress'],
    [{ status: { value: 7 }, scheduled: at('2026-11-24 11:00:00') }, 'in_progress'],
    [{ status: null }, 'scheduled'],
  ])('with %j are %s', async (attributes, status) => expect((await planned(attributes))?.status).toBe(status))

  test('that are no list, or unreadable, fail the reading', async () => {
    reasonIn(await read('cachet', '{"data": []}', { url: V3, also: '<html></html>' }))
    expect(reasonIn(await read('cachet', '{"data": []}', { url: V3, also: '{"data": [{}]}' }))).toContain('schedules')
  })
})

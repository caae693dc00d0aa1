import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const json = await fixture('firehydrant.json')
const reading = async (body: string) => readingIn(await read('firehydrant', body))
const page = (incident: object) =>
  JSON.stringify({ conditions: { Bad: 'OFFLINE' }, components: [{ id: 'c', name: 'API' }], incidents: [incident] })

test.each([
  'https://status.example.com',
  'https://status.example.com/',
  'https://status.example.com/data/payload.json',
])('%s is fetched at its one document', url =>
  expect(readers.firehydrant.address(url)).toBe('https://status.example.com/data/payload.json'),
)

describe('a page', async () => {
  const { incidents, components } = await reading(json)
  const [slow, odd] = incidents

  test('has an open incident, with the notes of either shape at the time when they happened', () =>
    expect(slow).toMatchObject({
      id: 'src/i1',
      title: 'Databases are slow',
      status: 'identified',
      impact: 'major',
      services: ['Azure West Europe'],
      startedAt: '2026-11-24T10:00:00.000Z',
      updatedAt: '2026-11-24T11:00:00.000Z',
      updates: [
        { at: '2026-11-24T11:00:00.000Z', status: 'identified', text: 'Identified — A full disk.' },
        { at: '2026-11-24T10:05:00.000Z', status: 'investigating', text: 'Queries take long.' },
      ],
    }))

  test('has one of a severity and a condition of its own, which is no good one', () => {
    expect(odd).toMatchObject({ title: 'Odd & slow', impact: 'minor', startedAt: '2026-11-24T11:20:00.000Z' })
    expect(components.map(({ name, status }) => [name, status])).toEqual([
      ['Console', 'operational'],
      ['Azure West Europe', 'degraded_performance'],
      ['Azure UK South', 'degraded_performance'],
    ])
  })

  test('has years of history, of which the last month counts', () => expect(incidents).toHaveLength(2))
})

test.each([
  [{ started: '2026-11-24T10:00:00Z', acknowledged: '2026-11-01T10:00:00Z' }, '2026-11-24T10:00:00.000Z'],
  [{ detected: '2026-11-24T10:10:00Z' }, '2026-11-24T10:10:00.000Z'],
  [{ acknowledged: '2026-11-24T10:20:00Z' }, '2026-11-24T10:20:00.000Z'],
])('an incident with the times %j began at %s', async (timestamps, startedAt) =>
  expect((await reading(page({ id: 'i', title: 'Slow', timestamps }))).incidents).toMatchObject([{ startedAt }]),
)

test.each([
  [{ started: '2026-11-24T11:00:00Z' }, 'in_progress', 'under_maintenance'],
  [{ started: '2026-11-25T11:00:00Z' }, 'scheduled', 'operational'],
  [{ started: '2026-11-24T10:00:00Z', resolved: '2026-11-24T11:00:00Z' }, 'completed', 'operational'],
])('a maintenance with the times %j is %s, its component %s', async (timestamps, status, state) => {
  const components = [{ id: 'c', name: 'API', condition: 'Bad' }]
  const work = { id: 'i', title: 'Work', severitySlug: 'Maintenance', timestamps, components }
  const read = await reading(page(work))
  expect(read.incidents).toMatchObject([{ kind: 'maintenance', status, impact: 'maintenance' }])
  expect(read.components).toMatchObject([{ status: state }])
})

test('words of an end in a note do not end an incident that has no end', async () => {
  const timeline = [{ occurredAt: '2026-11-24T11:00:00Z', details: { note: '→ **Resolved** — It works.' } }]
  const open = { id: 'i', title: 'Slow', timestamps: { started: '2026-11-24T10:00:00Z' }, timeline }
  expect((await reading(page(open))).incidents).toMatchObject([
    { status: 'monitoring', updates: [{ status: 'resolved' }] },
  ])
})

test('JSON of another kind is no reading', async () => {
  reasonIn(await read('firehydrant', '[]'))
  reasonIn(await read('firehydrant', '{"components": []}'))
  expect(reasonIn(await read('firehydrant', '<html></html>'))).toContain('a web page')
})

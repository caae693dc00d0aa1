import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const json = await fixture('heroku.json')
const reading = async (body: string) => readingIn(await read('heroku', body))

test('the page is fetched at its current status', () =>
  expect(readers.heroku.address('https://status.heroku.com')).toBe('https://status.heroku.com/api/v4/current-status'))

test('a quiet answer has systems and nothing else', async () => {
  expect(readers.heroku.complete).toBe(true)
  const quiet = '{"status": [{"system": "Apps", "status": "green"}], "incidents": [], "scheduled": []}'
  const { incidents, components } = await reading(quiet)
  expect(incidents).toEqual([])
  expect(components).toMatchObject([{ id: 'src/apps', name: 'Apps', status: 'operational', rawStatus: null }])
})

describe('an answer with incidents', async () => {
  const { incidents, components } = await reading(json)
  const [databases, builds, other, upgrade] = incidents

  test('has its systems by their colours, and keeps a colour that nobody knows', () =>
    expect(components.map(component => [component.name, component.status, component.rawStatus])).toEqual([
      ['Apps', 'operational', null],
      ['Data', 'major_outage', null],
      ['Tools', 'unknown', 'mauve'],
    ]))

  test('has an open one by its state, whatever `resolved` says, as bad as the page is', () =>
    expect(databases).toMatchObject({
      id: 'src/3001',
      status: 'identified',
      impact: 'critical',
      startedAt: '2026-11-24T10:00:00.000Z',
      updatedAt: '2026-11-24T11:00:00.000Z',
      resolvedAt: null,
      url: 'https://status.heroku.com/incidents/3001',
      updates: [
        { id: '2', status: 'identified', text: 'The cause is identified.' },
        { id: '1', status: 'investigating', text: 'Connections fail.' },
      ],
    }))

  test('has one that is over', () =>
    expect(builds).toMatchObject({ status: 'resolved', resolvedAt: '2026-11-24T08:00:00.000Z', url: null }))

  test('keeps a state that is none of ours', () =>
    expect(other).toMatchObject({ status: 'investigating', rawStatus: 'brewing', updates: [] }))

  test('has what is planned, without the plans of years ago', () => {
    expect(upgrade).toMatchObject({ id: 'src/2500', kind: 'maintenance', status: 'scheduled', impact: 'maintenance' })
    expect(incidents).toHaveLength(4)
  })
})

test('JSON of another kind is no reading', async () => {
  reasonIn(await read('heroku', '[]'))
  reasonIn(await read('heroku', '{"status": {"Production": "green"}}'))
  reasonIn(await read('heroku', json.slice(0, 200)))
  expect(reasonIn(await read('heroku', '{"status": [], "incidents": [{"id": 1}]}'))).toContain('created_at')
})

test.each(['complete', 'completed', 'Complete', 'cancelled', 'finished', 'closed', 'done'])(
  'a plan whose state is %s is over',
  async state => {
    const scheduled = [
      { id: 7, title: 'Work', state, created_at: '2026-11-20T10:00:00Z', updated_at: '2026-11-20T12:00:00Z' },
    ]
    const body = JSON.stringify({ status: [{ system: 'Apps', status: 'green' }], incidents: [], scheduled })
    expect(readingIn(await read('heroku', body)).incidents).toMatchObject([
      { kind: 'maintenance', status: 'completed', rawStatus: null, resolvedAt: '2026-11-20T12:00:00.000Z' },
    ])
  },
)

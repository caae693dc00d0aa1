import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const json = await fixture('slack.json')
const reading = async (body: string) => readingIn(await read('slack', body))

test.each([
  ['https://slack-status.com', 'https://slack-status.com/api/v2.0.0/current'],
  ['https://slack-status.com/', 'https://slack-status.com/api/v2.0.0/current'],
  ['https://slack-status.com/api/v2.0.0/current', 'https://slack-status.com/api/v2.0.0/current'],
])('%s is fetched at %s', (url, address) => expect(readers.slack.address(url)).toBe(address))

test('what is not listed is over', async () => {
  expect(readers.slack.complete).toBe(true)
  const quiet = '{"status":"ok","active_incidents":[],"date_created":"2026-11-24T03:00:00-08:00"}'
  expect(await reading(quiet)).toEqual({ incidents: [], components: [], articles: [] })
})

describe('an answer with incidents', async () => {
  const [late, search, planned, cancelled, odd] = (await reading(json)).incidents

  test('has an open one, with its notes newest first and its times in UTC', () =>
    expect(late).toMatchObject({
      id: 'src/9001',
      kind: 'incident',
      title: 'Messages arrive late & out of order',
      status: 'identified',
      rawStatus: null,
      impact: 'critical',
      services: ['Messaging', 'Notifications'],
      startedAt: '2026-11-24T10:00:00.000Z',
      updatedAt: '2026-11-24T11:30:00.000Z',
      resolvedAt: null,
      url: 'https://slack-status.com/2026-11/aa01',
      updates: [
        { status: 'identified', text: 'The cause is identified. A mend is on its way.' },
        { status: 'investigating', text: 'Some messages take minutes.' },
      ],
    }))

  test('has one that is over, whose last note is its resolution, without the link that is none', () =>
    expect(search).toMatchObject({
      id: 'src/9002',
      status: 'resolved',
      impact: 'minor',
      resolvedAt: '2026-11-24T09:00:00.000Z',
      url: null,
      updates: [{ status: 'resolved' }, { status: 'investigating' }],
    }))

  test('has a maintenance, and one that was called off', () => {
    expect(planned).toMatchObject({
      kind: 'maintenance',
      status: 'scheduled',
      impact: 'maintenance',
      scheduledFor: '2026-11-30T09:00:00.000Z',
    })
    expect(cancelled).toMatchObject({ kind: 'maintenance', status: 'completed', rawStatus: 'cancelled', services: [] })
  })

  test('keeps a word that is none of ours', () =>
    expect(odd).toMatchObject({
      status: 'investigating',
      rawStatus: 'simmering',
      impact: 'none',
      services: ['Canvases'],
      updates: [],
    }))
})

test('JSON of another kind is no reading', async () => {
  reasonIn(await read('slack', '[]'))
  reasonIn(await read('slack', '{"status": "ok"}'))
  reasonIn(await read('slack', json.slice(0, 200)))
  expect(reasonIn(await read('slack', '{"status": "active", "active_incidents": [{"id": 1}]}'))).toContain(
    'date_created',
  )
})

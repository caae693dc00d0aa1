import { expect, test } from 'vitest'
import { askForEnded, askForIncident, askForVersions } from '../../../client/state/incident-archive.ts'
import { incident, minutesAgo } from '../builders.ts'

const any = { provider: '', region: '', kind: '' } as const
const record = incident('aws-status/1', { status: 'resolved', resolvedAt: minutesAgo(1) })
const answering = (...answers: [status: number, body: unknown][]) => {
  const asked: string[] = []
  const ask = async (address: string) => {
    const [status, body] = answers[asked.push(address) - 1] ?? [500, {}]
    return new Response(JSON.stringify(body), { status })
  }
  return { ask, asked }
}
const unreachable = async () => {
  throw new Error('no way')
}

test('a page of what is over leaves out what does not pass', async () => {
  const { ask, asked } = answering([200, { incidents: [record, { id: 1 }], next: 'n', keptDays: 90 }])
  expect(await askForEnded(ask, { ...any, provider: 'aws' }, 'b')).toEqual({
    incidents: [record],
    next: 'n',
    keptDays: 90,
  })
  expect(asked).toEqual(['/api/incidents?state=ended&limit=50&provider=aws&before=b'])
})

test('a server that fails, answers strangely or cannot be reached gives none', async () => {
  expect(await askForEnded(answering([500, {}]).ask, any, null)).toBeNull()
  expect(await askForEnded(answering([200, []]).ask, any, null)).toBeNull()
  expect(await askForEnded(unreachable, any, null)).toBeNull()
  expect(await askForIncident(unreachable, 'a/b')).toEqual({ kind: 'failed' })
  expect(await askForVersions(unreachable, 'a/b')).toEqual([])
})

test('one that is not kept is gone, with how long they are kept', async () => {
  const { ask } = answering([404, { error: 'none' }], [200, { incidents: [], next: null, keptDays: 30 }])
  expect(await askForIncident(ask, 'a/b')).toEqual({ kind: 'gone', keptDays: 30 })
  expect(await askForIncident(answering([200, { incident: record }]).ask, record.id)).toEqual({
    kind: 'found',
    incident: record,
  })
})

test('versions are read on until there are no more; of a trimmed past there are none', async () => {
  const event = (id: string) => ({ id, type: 'incident.updated', at: minutesAgo(1), channels: ['all'], data: record })
  const pages = (more: boolean): [number, unknown][] => [
    [200, { reset: null, events: [event('1-0')], next: '1-0', more: true }],
    [200, { reset: null, events: [event('2-0'), {}], next: '2-0', more }],
  ]
  const whole = answering(...pages(false))
  expect(await askForVersions(whole.ask, record.id)).toEqual([record, record])
  expect(whole.asked[1]).toContain('since=1-0')
  expect(await askForVersions(answering(...pages(true)).ask, record.id)).toEqual([])
  const trimmed = answering([200, { reset: 'trimmed', events: [], next: '9-0', more: false }])
  expect(await askForVersions(trimmed.ask, record.id)).toEqual([])
})

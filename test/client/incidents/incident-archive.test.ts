import { expect, test } from 'vitest'
import {
  askForEnded,
  askForIncident,
  askForLatest,
  withEnded,
} from '../../../client/incidents/incident-archive.svelte.ts'
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
  expect(await askForLatest(unreachable, { provider: 'aws' })).toBeNull()
  expect(await askForIncident(unreachable, 'a/b')).toEqual({ kind: 'failed' })
})

test('one that is not kept is gone, with how long they are kept', async () => {
  const { ask } = answering([404, { error: 'none' }], [200, { incidents: [], next: null, keptDays: 30 }])
  expect(await askForIncident(ask, 'a/b')).toEqual({ kind: 'gone', keptDays: 30 })
  expect(await askForIncident(answering([200, { incident: record }]).ask, record.id)).toEqual({
    kind: 'found',
    incident: record,
  })
})

test('past incidents are those of the server and those that ended since, the latest first', () => {
  const ended = (id: string, minutes: number) =>
    incident(id, { status: 'resolved', resolvedAt: minutesAgo(minutes), updatedAt: minutesAgo(minutes) })
  const told = withEnded([ended('aws-1/a', 60)], [ended('aws-1/b', 5), ended('aws-1/a', 30), incident('aws-1/c')])
  expect(told.map(({ id, resolvedAt }) => [id, resolvedAt])).toEqual([
    ['aws-1/b', minutesAgo(5)],
    ['aws-1/a', minutesAgo(30)],
  ])
})

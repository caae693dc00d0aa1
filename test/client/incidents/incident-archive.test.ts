import { expect, test } from 'vitest'
import {
  askForEnded,
  askForEndedSince,
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
    handling: null,
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

test('the record since an instant is read page by page, until it is older, ends, or is enough', async () => {
  const ended = (id: string, minutes: number) =>
    incident(id, { status: 'resolved', resolvedAt: minutesAgo(minutes), updatedAt: minutesAgo(minutes) })
  const page = (next: string | null, ...incidents: unknown[]): [number, unknown] => [
    200,
    { incidents, next, keptDays: 30 },
  ]
  const since = minutesAgo(100)
  const older = answering(page('a', ended('aws-1/a', 10)), page('b', ended('aws-1/b', 50), ended('aws-1/c', 200)))
  const told = await askForEndedSince(older.ask, since, 500)
  expect(told?.incidents.map(({ id }) => id)).toEqual(['aws-1/a', 'aws-1/b'])
  expect([told?.isWhole, told?.keptDays]).toEqual([true, 30])
  expect(older.asked.at(-1)).toBe('/api/incidents?state=ended&limit=200&before=a')
  expect((await askForEndedSince(answering(page(null, ended('aws-1/a', 10))).ask, since, 500))?.isWhole).toBe(true)
  expect((await askForEndedSince(answering(page('a', ended('aws-1/a', 10))).ask, since, 1))?.isWhole).toBe(false)
  expect(await askForEndedSince(answering(page('a', ended('aws-1/a', 10))).ask, since, 500)).toBeNull()
  expect(await askForEndedSince(unreachable, since, 500)).toBeNull()
})

import { expect, test } from 'vitest'
import { readEvent, readPulse, readSnapshot } from '../../../client/live/parse-messages.ts'
import { article, incident, snapshot } from '../builders.ts'

test('a snapshot that passes is taken whole', () => {
  expect(readSnapshot(snapshot())).toEqual({ ok: true, value: { snapshot: snapshot(), dropped: [] } })
})

test('a record that does not pass is left out alone', () => {
  const good = article('aws-blog/1')
  const bad = { ...article('aws-blog/2'), url: 'javascript:alert(1)' }
  const read = readSnapshot({ ...snapshot(), articles: [bad, good] })
  expect(read.ok && read.value.snapshot.articles).toEqual([good])
  expect(read.ok && read.value.dropped).toHaveLength(1)
})

test('what is no snapshot at all is refused with a reason', () => {
  for (const nonsense of [null, 'x', {}, { ...snapshot(), regions: 'many' }])
    expect(readSnapshot(nonsense)).toMatchObject({ ok: false })
})

test('an event needs a type that is known, data that pass, and an id', () => {
  const event = {
    id: '1001-0',
    at: snapshot().at,
    channels: ['all'],
    type: 'incident.opened',
    data: incident('aws-status/1'),
  }
  expect(readEvent(event)).toEqual({ ok: true, value: event })
  for (const wrong of [{ id: 'x' }, { type: 'incident.dreamt' }, { data: {} }])
    expect(readEvent({ ...event, ...wrong })).toMatchObject({ ok: false })
})

test('a pulse may come from a server whose workers never reported', () => {
  const pulse = { at: snapshot().at, head: '1001-0', workersAt: null, comeBackWithinMs: 3_000 }
  expect(readPulse(pulse)).toEqual({ ok: true, value: pulse })
  expect(readPulse({ ...pulse, comeBackWithinMs: undefined })).toMatchObject({ value: { comeBackWithinMs: 1_000 } })
  expect(readPulse({ ...pulse, comeBackWithinMs: 86_400_000 })).toMatchObject({ ok: false })
  expect(readPulse({ ...pulse, at: 'now' })).toMatchObject({ ok: false })
})

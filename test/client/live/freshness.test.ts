import { expect, test } from 'vitest'
import { type ConnectionState, freshness } from '../../../client/live/freshness.ts'
import { minutesAgo, NOW, when } from '../builders.ts'

const line = (more: Partial<ConnectionState>): ConnectionState => ({
  phase: 'live',
  phaseSince: NOW - 600_000,
  lastHeardAt: NOW - 420,
  serverAt: minutesAgo(0),
  workersAt: minutesAgo(0.1),
  ...more,
})

test('a live line tells the age of the last sign of life', () => {
  expect(freshness(line({}), when)).toEqual({
    kind: 'live',
    text: 'live 0.4 s',
    short: 'live 0.4 s',
    isStale: false,
    since: null,
  })
})

test('before the first picture it is connecting', () => {
  expect(freshness(line({ phase: 'connecting' }), when).text).toBe('connecting')
})

test('what is remembered from the last visit is stale, and says as of when it is', () => {
  expect(freshness(line({ phase: 'remembered', phaseSince: NOW - 38 * 60_000 }), when)).toEqual({
    kind: 'remembered',
    text: 'as of 14:02, 38 min ago',
    short: 'as of 14:02',
    isStale: true,
    since: NOW - 38 * 60_000,
  })
})

test('a lost line is dated, and makes the page stale within ten seconds', () => {
  const lost = { phase: 'reconnecting', phaseSince: NOW - 38 * 60_000 } as const
  expect(freshness(line({ ...lost, lastHeardAt: NOW - 3_000 }), when)).toMatchObject({
    kind: 'reconnecting',
    short: 'reconnecting',
    isStale: false,
  })
  expect(freshness(line({ ...lost, lastHeardAt: NOW - 9_000 }), when).isStale).toBe(true)
  expect(freshness(line({ ...lost, lastHeardAt: NOW - 38 * 60_000 }), when)).toEqual({
    kind: 'reconnecting',
    text: 'reconnecting since 14:02',
    short: 'as of 14:02',
    isStale: true,
    since: NOW - 38 * 60_000,
  })
})

test('a server that froze with an open socket is stale within ten seconds, and dated', () => {
  expect(freshness(line({ lastHeardAt: NOW - 8_000 }), when).kind).toBe('live')
  expect(freshness(line({ lastHeardAt: NOW - 9_000 }), when)).toEqual({
    kind: 'reconnecting',
    text: 'no answer since 14:39',
    short: 'as of 14:39',
    isStale: true,
    since: NOW - 9_000,
  })
})

test('a server whose workers have been silent for a minute shows a stale picture', () => {
  expect(freshness(line({ workersAt: minutesAgo(1) }), when).kind).toBe('live')
  expect(freshness(line({ workersAt: minutesAgo(38) }), when)).toEqual({
    kind: 'stale',
    text: 'stale since 14:02',
    short: 'as of 14:02',
    isStale: true,
    since: NOW - 38 * 60_000,
  })
})

test('the silence of workers is measured by the clock of the server, not of the page', () => {
  const slowPage = { ...when, now: NOW - 3_600_000 }
  expect(freshness(line({ workersAt: minutesAgo(38) }), slowPage).kind).toBe('stale')
})

test('workers that never reported are waited for, and nothing counts as fresh', () => {
  expect(freshness(line({ workersAt: null }), when)).toMatchObject({
    text: 'waiting for the first readings',
    isStale: true,
  })
})

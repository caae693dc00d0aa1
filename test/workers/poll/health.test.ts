import { describe, expect, test } from 'vitest'
import type { SourceConfig } from '../../../workers/config/source-config.ts'
import { nextHealth, shouldSendHealth, unpolled } from '../../../workers/poll/health.ts'
import { minutesAgo, NOON, source } from '../../support/builders.ts'

const config: SourceConfig = {
  id: 's',
  name: 'S',
  kind: 'statuspage',
  url: 'https://status.example.com',
  provider: 'azure',
  everyMs: 60_000,
  topics: [],
}
const quiet = { active: false, rhythmMs: null }
const same = { kind: 'same' as const, httpStatus: 304, latencyMs: 80, maxAgeMs: null }
const failed = {
  kind: 'failed' as const,
  httpStatus: 503,
  latencyMs: 9_000,
  error: 'HTTP 503',
  retryAfterMs: null,
  gone: false,
}

test('a good reading clears the failures and says when', () => {
  const { health } = nextHealth(
    config,
    source('s', { failures: 3, error: 'HTTP 503', lastOkAt: minutesAgo(9) }),
    same,
    quiet,
    NOON,
    0.5,
  )
  expect(health).toMatchObject({
    failures: 0,
    error: null,
    httpStatus: 304,
    lastOkAt: minutesAgo(0),
    lastPollAt: minutesAgo(0),
  })
})

test('a failure keeps the last good reading, counts, and says why', () => {
  const { health } = nextHealth(config, source('s', { failures: 1, lastOkAt: minutesAgo(9) }), failed, quiet, NOON, 0.5)
  expect(health).toMatchObject({
    failures: 2,
    error: 'HTTP 503',
    httpStatus: 503,
    lastOkAt: minutesAgo(9),
    lastPollAt: minutesAgo(0),
  })
})

test('every poll tells how long it took, and stands in the strip of the day', () => {
  const before = source('s', { lastPollAt: minutesAgo(60), day: 'o'.repeat(24) })
  expect(nextHealth(config, before, same, quiet, NOON, 0.5).health).toMatchObject({
    latencyMs: 80,
    day: 'o'.repeat(24),
  })
  expect(nextHealth(config, before, failed, quiet, NOON, 0.5).health).toMatchObject({
    latencyMs: 9_000,
    day: `${'o'.repeat(23)}x`,
  })
  expect(nextHealth(config, null, same, quiet, NOON, 0.5).health.day).toBe(`${'-'.repeat(23)}o`)
})

test('what is gone is looked at once a day, and says how it is mended', () => {
  const gone = { ...failed, httpStatus: 410, error: 'HTTP 410', gone: true }
  const { health, delayMs } = nextHealth(config, source('s'), gone, quiet, NOON, 0.5)
  expect(delayMs).toBe(24 * 3_600_000)
  expect(health).toMatchObject({ gone: true, failures: 1, httpStatus: 410, nextPollAt: minutesAgo(-24 * 60) })
  expect(health.error).toMatch(/^Gone: .* \(410\)\. Mend: remove it from the sources file or give its new address$/)
  expect(nextHealth(config, health, same, quiet, NOON, 0.5).health).toMatchObject({ gone: false, error: null })
})

test('a source that asks for peace says until when', () => {
  const busy = { ...failed, httpStatus: 429, retryAfterMs: 600_000 }
  expect(nextHealth(config, source('s'), busy, quiet, NOON, 0.5).health.heldUntil).toBe(minutesAgo(-10))
})

test('a source that waits for its host keeps what was known, under the name that it has now', () => {
  const before = source('s', { failures: 2, error: 'HTTP 503', lastPollAt: minutesAgo(3), name: 'Old' })
  const held = { kind: 'held' as const, httpStatus: null, latencyMs: null, waitMs: 120_000 }
  const { health, delayMs } = nextHealth(config, before, held, quiet, NOON, 0.5)
  expect(delayMs).toBe(150_000)
  expect(health).toEqual({ ...before, name: 'S', heldUntil: minutesAgo(-2), nextPollAt: minutesAgo(-2.5) })
  expect(nextHealth(config, null, held, quiet, NOON, 0.5).health).toMatchObject({ lastPollAt: null, failures: 0 })
})

test('only a change moves the instant of the last change', () => {
  const before = source('s', { lastChangeAt: minutesAgo(30) })
  expect(nextHealth(config, before, same, quiet, NOON, 0.5).health.lastChangeAt).toBe(minutesAgo(30))
  expect(nextHealth(config, before, { ...same, kind: 'changed' }, quiet, NOON, 0.5).health.lastChangeAt).toBe(
    minutesAgo(0),
  )
})

test('a new interval in the configuration counts at once', () => {
  const { health } = nextHealth(
    { ...config, everyMs: 300_000 },
    source('s', { intervalMs: 20_000 }),
    same,
    quiet,
    NOON,
    0.5,
  )
  expect(health.intervalMs).toBeGreaterThanOrEqual(300_000)
})

test('a feed whose interval nobody gave is read by its own rhythm', () => {
  const feed: SourceConfig = { ...config, kind: 'feed', everyMs: 600_000 }
  const rhythm = { active: false, rhythmMs: 7_200_000 }
  const next = (source: SourceConfig) => nextHealth(source, null, same, rhythm, NOON, 0.5).health.intervalMs
  expect(next({ ...feed, isPaceFree: true })).toBe(7_200_000)
  expect(next(feed)).toBe(690_000)
})

describe('health is told', () => {
  const well = source('s')
  test('when it is first known, when it fails, each time that it fails, and when it recovers', () => {
    const failing = source('s', { failures: 1 })
    expect(shouldSendHealth(null, unpolled(config), null, NOON)).toBe(true)
    expect(shouldSendHealth(well, failing, minutesAgo(0), NOON)).toBe(true)
    expect(shouldSendHealth(failing, source('s', { failures: 2 }), minutesAgo(0), NOON)).toBe(true)
    expect(shouldSendHealth(failing, well, minutesAgo(0), NOON)).toBe(true)
  })
  test('when it waits for its host, and when it brought something new', () => {
    expect(shouldSendHealth(well, source('s', { heldUntil: minutesAgo(-5) }), minutesAgo(0), NOON)).toBe(true)
    expect(shouldSendHealth(well, source('s', { lastChangeAt: minutesAgo(0) }), minutesAgo(0), NOON)).toBe(true)
  })
  test('when its address changes', () => {
    expect(shouldSendHealth(well, source('s', { url: 'https://other.example.com' }), minutesAgo(0), NOON)).toBe(true)
  })
  test('not while all is well, but again after five minutes', () => {
    expect(shouldSendHealth(well, well, minutesAgo(4), NOON)).toBe(false)
    expect(shouldSendHealth(well, well, minutesAgo(5), NOON)).toBe(true)
  })
})

test('what a reading could not use stays until another reading', () => {
  const noted = { ...same, note: '1 of 2 items could not be dated' }
  const first = nextHealth(config, null, noted, quiet, NOON, 0.5).health
  expect(first.note).toBe('1 of 2 items could not be dated')
  expect(nextHealth(config, first, same, quiet, NOON, 0.5).health.note).toBe(first.note)
  expect(nextHealth(config, first, failed, quiet, NOON, 0.5).health.note).toBe(first.note)
  expect(nextHealth(config, first, { ...same, note: null }, quiet, NOON, 0.5).health.note).toBeNull()
  expect(shouldSendHealth({ ...first, note: null }, first, first.lastPollAt, NOON)).toBe(true)
})

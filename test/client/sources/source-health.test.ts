import { expect, test } from 'vitest'
import { readingOf, sourceHealth } from '../../../client/sources/source-health.ts'
import { minutesAgo, NOW, source, when } from '../builders.ts'

test('a failing source says what, since when, why and when it is tried again', () => {
  const failing = source('github-status', {
    name: 'GitHub',
    url: 'https://www.githubstatus.com/api/v2/summary.json',
    lastOkAt: minutesAgo(60),
    error: 'timeout after 10 s.',
    failures: 6,
    nextPollAt: minutesAgo(-5),
  })
  const health = sourceHealth([source('aws-status'), failing], when)
  expect(health).toMatchObject({ total: 2, answering: 1, waiting: 0, isBlind: false })
  expect(health.failing.map(one => one.sentence)).toEqual([
    'GitHub (githubstatus.com) has not answered since 13:40: timeout after 10 s. Next try 14:45.',
  ])
})

test('a source that nobody has asked yet neither answers nor fails', () => {
  const health = sourceHealth([source('aws-status', { lastPollAt: null, lastOkAt: null })], when)
  expect(health).toMatchObject({ answering: 0, waiting: 1, failing: [], isBlind: false })
})

test('when every source has been asked and none answers, that is said', () => {
  const dead = (id: string) => source(id, { lastOkAt: null, failures: 1, error: 'DNS: name not found' })
  expect(sourceHealth([dead('aws-status'), dead('azure-status')], when).isBlind).toBe(true)
  expect(sourceHealth([dead('aws-status'), source('azure-status')], when).isBlind).toBe(false)
  expect(sourceHealth([], when).isBlind).toBe(false)
})

test('a provider is never read, silent or current by its status sources alone', () => {
  const reading = (...sources: ReturnType<typeof source>[]) => readingOf('aws', sources, NOW)
  const unread = source('aws-status', { lastPollAt: null, lastOkAt: null })
  expect(reading()).toBe('never')
  expect(reading(unread, source('aws-blog', { kind: 'feed' }), source('azure-status'))).toBe('never')
  expect(reading(unread, source('aws-events'))).toBe('silent')
  expect(reading(source('aws-status', { lastOkAt: minutesAgo(60), failures: 9 }))).toBe('silent')
  expect(reading(source('aws-status'))).toBe('current')
})

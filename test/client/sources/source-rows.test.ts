import { expect, test } from 'vitest'
import { type Sort, type SourceFilter, sourceRows } from '../../../client/sources/source-rows.ts'
import { minutesAgo, NOW, source, when } from '../builders.ts'

const everything: SourceFilter = { text: '', state: '', provider: '' }
const error410 = 'Gone: the address answers that it will not come back (410). Mend: remove it'
const sources = [
  source('aws-status', { name: 'AWS', latencyMs: 90, lastChangeAt: minutesAgo(5) }),
  source('silent-status', { failures: 9, error: 'HTTP 503', lastOkAt: minutesAgo(60), nextPollAt: minutesAgo(-5) }),
  source('shaky-status', { failures: 1, error: 'timeout after 10 s.', latencyMs: 10_000, heldUntil: minutesAgo(-20) }),
  source('new-status', { lastPollAt: null, lastOkAt: null, latencyMs: null }),
  source('held-status', { heldUntil: minutesAgo(-20), nextPollAt: minutesAgo(-21), url: 'https://www.held.example/a' }),
  source('gone-status', { failures: 2, gone: true, error: error410, nextPollAt: minutesAgo(-600) }),
]
const idsBy = (sort: Sort, filter: Partial<SourceFilter> = {}) =>
  sourceRows(sources, { ...everything, ...filter }, sort, when).map(row => row.source.id)

test('those in trouble come first, each with its state in a word, what is wrong and what happens next', () => {
  const rows = sourceRows(sources, everything, 'state', when)
  expect(rows.map(({ source, glyph, word, detail }) => [source.id, glyph, word, detail])).toEqual([
    ['silent-status', 'unknown', 'silent, failed 9 times in a row', 'HTTP 503. Next try 14:45.'],
    [
      'shaky-status',
      'degraded_performance',
      'failed once',
      'Timeout after 10 s. status.example.com asks to be left alone until 15:00. Next try 14:41.',
    ],
    ['gone-status', 'announced', 'disabled', `${error410}. Looked at again 00:40.`],
    ['held-status', 'under_maintenance', 'waits', 'held.example asks to be left alone until 15:00. Next try 15:01.'],
    ['new-status', 'unknown', 'not asked yet', null],
    ['aws-status', 'operational', 'answers', null],
  ])
})

test('they are sorted by name, last change and latency', () => {
  expect(idsBy('name')[0]).toBe('aws-status')
  expect(idsBy('change')[0]).toBe('aws-status')
  expect(idsBy('latency')[0]).toBe('shaky-status')
  expect(idsBy('latency').at(-1)).toBe('new-status')
})

test('they are filtered by state, provider and words, all of which must fit', () => {
  expect(idsBy('name', { state: 'disabled' })).toEqual(['gone-status'])
  expect(idsBy('name', { provider: 'silent' })).toEqual(['silent-status'])
  expect(idsBy('name', { text: 'STATUSPAGE held.example' })).toEqual(['held-status'])
  expect(idsBy('name', { text: 'held.example azure-rss' })).toEqual([])
})

test('a strip ends in the present hour, however long nobody polled', () => {
  const [row] = sourceRows([source('aws-status', { lastPollAt: minutesAgo(125) })], everything, 'name', when)
  expect(row?.day).toBe(`${'o'.repeat(22)}--`)
})

test('while the picture is stale no source is shown as well, but as it was', () => {
  const staleness = { isStale: true, since: NOW - 38 * 60_000 }
  const [row] = sourceRows([source('aws-status')], everything, 'name', when, staleness)
  expect(row).toMatchObject({ glyph: 'unknown', word: 'last known: answers, 14:02' })
})

test('a source that says too much says so, while it answers', () => {
  const [row] = sourceRows([source('long-status', { cut: 7, postponed: 1 })], everything, 'name', when)
  expect(row?.word).toBe('answers')
  expect(row?.detail).toBe(
    'More than is kept of one reading: 7 parts left out, the oldest first. Has told its share of the minute: 1 change waits for the next reading.',
  )
})

test('a source that tells of news by itself says how, and is found by it', () => {
  const told = [source('hub-feed', { push: 'websub' }), source('plain-feed')]
  const rows = (text: string) => sourceRows(told, { ...everything, text }, 'name', when)
  expect(rows('').map(({ push }) => push)).toEqual(['told by its hub', null])
  expect(rows('hub told').map(row => row.source.id)).toEqual(['hub-feed'])
})

test('a source that answers says what could not be used', () => {
  const [row] = sourceRows([source('blog', { note: '7 of 8 items could not be dated' })], everything, 'name', when)
  expect(row).toMatchObject({ state: 'ok', word: 'answers', detail: '7 of 8 items could not be dated.' })
})

test('one that posts to us says when it last did, or that it never has', () => {
  const inbound = (more: object) => source('own', { kind: 'inbound', url: 'inbound:grafana', ...more })
  const row = (more: object) => sourceRows([inbound(more)], everything, 'state', when)[0]
  expect(row({ lastPostAt: null })).toMatchObject({ word: 'nothing received yet', detail: null, host: 'grafana' })
  expect(row({ lastPostAt: minutesAgo(40) })).toMatchObject({ word: 'answers', detail: 'Last post 14:00.' })
})

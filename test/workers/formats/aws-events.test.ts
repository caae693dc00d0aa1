import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const json = await fixture('aws-events.json')
const le = Buffer.from(`\uFEFF${json}`, 'utf16le')
const incidents = async (body: string | Uint8Array) =>
  readingIn(await read('aws-events', body, { provider: 'aws' })).incidents
const edited = (edit: (events: Record<string, unknown>[]) => unknown) => JSON.stringify(edit(JSON.parse(json)))

test('an empty array is the quiet state, and what is not listed is over', async () => {
  expect(await incidents('[]')).toEqual([])
  expect(readers['aws-events'].complete).toBe(true)
})

test('UTF-16 in either order and UTF-8 read the same', async () => {
  const utf8 = await incidents(json)
  expect(utf8).toHaveLength(3)
  expect(await incidents(le)).toEqual(utf8)
  expect(await incidents(Buffer.from(le).swap16())).toEqual(utf8)
})

describe('an event', async () => {
  const [power, lambda, dns] = await incidents(json)

  test('that is open has region, impact and the services that are still hit', () =>
    expect(power).toMatchObject({
      title: 'Loss of power',
      status: 'identified',
      impact: 'critical',
      scope: 'regional',
      regions: ['aws/me-central-1'],
      services: ['Amazon Elastic Compute Cloud', 'Amazon Simple Storage Service'],
      startedAt: '2026-11-24T08:00:00.000Z',
      updatedAt: '2026-11-24T09:00:00.000Z',
      resolvedAt: null,
    }))

  test('tells its log newest first', () =>
    expect(power?.updates.map(update => [update.status, update.text])).toEqual([
      ['identified', 'We identified a power fault in one zone (mec1-az2).\nNext note at noon.'],
      ['investigating', 'We look into connection errors.'],
    ]))

  test('with code 0 is resolved and keeps how bad it was', () =>
    expect(lambda).toMatchObject({
      title: 'Slow invocations',
      status: 'resolved',
      impact: 'major',
      regions: ['aws/us-east-1'],
      services: ['AWS Lambda'],
      resolvedAt: '2026-11-24T07:56:40.000Z',
    }))

  test('without a region is global', () => expect(dns).toMatchObject({ scope: 'global', regions: [], updates: [] }))
})

test('the region comes from the service or its name where the ARN has none', async () => {
  const without = (more: object) => edited(events => [{ ...events[0], arn: 'arn:aws:health:::event/X/Y/Z', ...more }])
  expect((await incidents(without({})))[0]?.regions).toEqual(['aws/me-central-1'])
  expect((await incidents(without({ service: 'x' })))[0]?.regions).toEqual(['aws/me-central-1'])
  expect((await incidents(without({ service: 'x', region_name: '' })))[0]?.scope).toBe('global')
})

test('a status code that nobody knows keeps the event open and the word', async () =>
  expect((await incidents(edited(events => [{ ...events[0], status: '7' }])))[0]).toMatchObject({
    status: 'identified',
    impact: 'minor',
    rawStatus: '7',
  }))

test('notes of one second are told apart', async () => {
  const log = ['a', 'b'].map(message => ({ message, status: 1, timestamp: 1795507200 }))
  const [event] = await incidents(edited(events => [{ ...events[0], event_log: log }]))
  expect(event?.updates.map(update => update.text)).toEqual(['b', 'a'])
  expect(new Set(event?.updates.map(update => update.id)).size).toBe(2)
})

test('a malformed event leaves the others standing; only malformed ones are no reading', async () => {
  expect(await incidents(edited(events => [null, 'x', { arn: {} }, ...events]))).toHaveLength(3)
  reasonIn(await read('aws-events', '[1, {}]'))
  reasonIn(await read('aws-events', '{"message": "Forbidden"}'))
  expect(reasonIn(await read('aws-events', '<html>'))).toContain('web page')
})

test('the zones that updates name are kept, those of other regions are not', async () => {
  const message = 'We see errors in one zone (use1-az4) and shift traffic to use2-az1 and use1-az6.'
  const log = [{ summary: 'x', message, status: 2, timestamp: 1_795_500_000 }]
  const arn = 'arn:aws:health:us-east-1::event/EC2/X/X_1'
  const body = edited(events => [{ ...events[0], arn, event_log: log }])
  expect((await incidents(body))[0]).toMatchObject({ regions: ['aws/us-east-1'], zones: ['use1-az4', 'use1-az6'] })
  expect((await incidents(json))[1]).not.toHaveProperty('zones')
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currentState, recentEvents } from '../../../server/live/current.ts'
import type { Event } from '../../../shared/domain/events.ts'
import { emptyView } from '../../../shared/domain/view.ts'
import { minutesAgo } from '../../support/builders.ts'

const event = (id: string): Event => ({
  id,
  type: 'source.removed',
  at: minutesAgo(0),
  channels: ['all'],
  data: { id: 's' },
})
const ids = (events: Event[] | undefined) => events?.map(({ id }) => id)

test('after the base everything is there; after the newest nothing; after a stranger the answer is undefined', () => {
  const recent = recentEvents('5-0')
  recent.push([event('6-0'), event('6-1'), event('9-0')])
  expect(ids(recent.after('5-0'))).toEqual(['6-0', '6-1', '9-0'])
  expect(ids(recent.after('6-1'))).toEqual(['9-0'])
  expect(ids(recent.after('9-0'))).toEqual([])
  expect(recent.after('7-0')).toBeUndefined()
  expect(recent.after('4-0')).toBeUndefined()
})

test('sequence numbers are compared as numbers', () => {
  const recent = recentEvents('0-0')
  recent.push(Array.from({ length: 12 }, (_, i) => event(`7-${i}`)))
  expect(ids(recent.after('7-9'))).toEqual(['7-10', '7-11'])
})

test('whatever was pushed, what is kept is a gapless run up to the newest that begins right after the base', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 20 }),
      (batches, capacity) => {
        const recent = recentEvents('0-0', capacity)
        const all = ['0-0']
        for (const size of batches) {
          const batch = Array.from({ length: size }, (_, i) => event(`${all.length + i}-0`))
          recent.push(batch)
          all.push(...batch.map(({ id }) => id))
        }
        const base = all.indexOf(recent.base)
        expect(ids(recent.after(recent.base))).toEqual(all.slice(base + 1))
        expect(all.length - 1 - base).toBeGreaterThanOrEqual(Math.min(capacity, all.length - 1))
      },
    ),
  )
})

test('it keeps no more bytes than it may, and knows how many', () => {
  const size = JSON.stringify(event('1-000')).length
  const recent = recentEvents('0-0', 1_000, size * 20)
  for (let n = 100; n < 200; n++) {
    recent.push([event(`1-${n}`)])
    expect(recent.bytes).toBeLessThanOrEqual(size * 20)
    const kept = recent.after(recent.base) ?? []
    expect(recent.bytes).toBe(kept.length * size)
    expect(kept.at(-1)?.id).toBe(`1-${n}`)
  }
  expect(recent.after('1-100')).toBeUndefined()
  expect(recent.after('1-190')).toHaveLength(9)
  expect(recent.newest).toBe('1-199')
})

test('an event that is larger than all may be is not kept, and what follows is', () => {
  const recent = recentEvents('0-0', 10, 200)
  recent.push([{ ...event('1-0'), channels: ['all', `topic/${'x'.repeat(300)}`] }])
  expect([recent.base, recent.newest, recent.bytes]).toEqual(['1-0', '1-0', 0])
  recent.push([event('2-0')])
  expect(ids(recent.after('1-0'))).toEqual(['2-0'])
})

test('a part has no more bytes than asked for, but one event at least', () => {
  const recent = recentEvents('0-0')
  recent.push([event('1-0'), event('2-0'), event('3-0')])
  const size = JSON.stringify(event('1-0')).length
  expect(ids(recent.after('0-0', 9, size * 2))).toEqual(['1-0', '2-0'])
  expect(ids(recent.after('0-0', 9, 1))).toEqual(['1-0'])
})

test('no more are given than are asked for', () => {
  const recent = recentEvents('0-0')
  recent.push([event('1-0'), event('2-0'), event('3-0')])
  expect(ids(recent.after('0-0', 2))).toEqual(['1-0', '2-0'])
  expect(ids(recent.after('2-0', 2))).toEqual(['3-0'])
})

test('a view that is loaded brings its newest events with it, unless they do not lead up to it', () => {
  const current = currentState()
  const newest = [event('7-0'), event('8-0'), event('9-0')]
  current.replace({ ...emptyView(), head: '9-0' }, newest)
  expect(current.recent.base).toBe('7-0')
  expect(ids(current.recent.after('7-0'))).toEqual(['8-0', '9-0'])
  current.replace({ ...emptyView(), head: '9-1' }, newest)
  expect(current.recent.base).toBe('9-1')
  expect(ids(current.recent.after('9-1'))).toEqual([])
  expect(current.recent.after('8-0')).toBeUndefined()
})

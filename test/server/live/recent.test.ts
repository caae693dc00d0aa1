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

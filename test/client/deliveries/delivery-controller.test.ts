import { expect, test } from 'vitest'
import { missedBy } from '../../../client/deliveries/delivery-controller.svelte.ts'
import type { DeadLetter, Delivery } from '../../../shared/domain/delivery.ts'
import { minutesAgo } from '../../support/builders.ts'

const sent = (target: string, minutes: number): Delivery => ({
  ...{ id: 'm', target, rule: 'shop', conversation: 'c', occasion: 'opened', incident: null, place: '', title: 'A' },
  ...{ at: minutesAgo(minutes), attempts: 1 },
})
const dead = (target: string, minutes: number): DeadLetter => ({
  ...sent(target, minutes),
  deadId: '1',
  why: 'HTTP 400',
})

test('a target is said to have missed its last message until it gets a later one', () => {
  expect(missedBy('ops', { deadLetters: [dead('ops', 2), dead('ops', 9)], recent: [sent('duty', 1)] })).toMatchObject({
    at: minutesAgo(2),
  })
  expect(missedBy('ops', { deadLetters: [dead('ops', 2)], recent: [sent('duty', 1), sent('ops', 3)] })).not.toBeNull()
  expect(missedBy('ops', { deadLetters: [dead('ops', 3)], recent: [sent('ops', 2)] })).toBeNull()
  expect(missedBy('ops', { deadLetters: [dead('duty', 1)], recent: [] })).toBeNull()
})

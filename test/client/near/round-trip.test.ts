import { expect, test } from 'vitest'
import { endpointsOf, measureAll, roundTrip } from '../../../client/near/round-trip.ts'
import { probe } from '../../support/builders.ts'

/** An endpoint whose answers take these ms, one after the other; then it is silent. */
function endpoint(...took: number[]) {
  const waits = took.values()
  let clock = 0
  const ask = async () => {
    const { value, done } = waits.next()
    if (done) throw new TypeError('no answer')
    clock += value
  }
  return { ask, now: () => clock }
}

test.each([
  ['the first is not counted, for it shakes hands', [900, 30, 20, 25], 20],
  ['what was measured before it fell silent counts', [900, 30], 30],
  ['one that never answers has none', [], null],
  ['nor has one that answers once only', [40], null],
])('of a round trip %s', async (_, took, expected) => {
  const { ask, now } = endpoint(...took)
  expect(await roundTrip('https://endpoint.example.com/', ask, now)).toBe(expected)
})

test('every region has one endpoint, that of its first probe over http', () => {
  const found = endpointsOf([
    probe('a', { region: 'aws/eu-west-1', url: 'tls://a.example.com:443' }),
    probe('b', { region: 'aws/eu-west-1', url: 'https://b.example.com/' }),
    probe('c', { region: 'aws/eu-west-1', url: 'https://c.example.com/' }),
  ])
  expect([...found]).toEqual([['aws/eu-west-1', 'https://b.example.com/']])
})

test('all are measured, no more than four at once', async () => {
  const endpoints = new Map(Array.from({ length: 9 }, (_, n) => [`aws/r${n}`, `https://r${n}.example.com/`] as const))
  const told = new Map<string, number | null>()
  let [now, most] = [0, 0]
  const measure = async () => {
    most = Math.max(most, ++now)
    await new Promise(resolve => setTimeout(resolve, 5))
    now--
    return 7
  }
  await measureAll(endpoints, measure, (region, ms) => told.set(region, ms))
  expect(told.size).toBe(9)
  expect(most).toBe(4)
})

import { expect, test } from 'vitest'
import {
  globePlaces,
  globeWords,
  pairArcs,
  pulsesBetween,
  pulsesSince,
  reuseEqual,
} from '../../../client/globe/globe-places.svelte.ts'
import { askForPops } from '../../../client/regions/pops.ts'
import { region } from '../../support/builders.ts'
import { provider, small, status, statusesOf, when } from '../builders.ts'

const statuses = statusesOf(status('aws/us-east-1', { status: 'major_outage' }), status('azure/westeurope'))
const places = globePlaces(small, statuses, new Set(['azure/westeurope']), false)

test('every region is a place, with its provider by name; what no source tells of is unknown', () => {
  expect(
    places.map(({ id, provider, name, status, fresh, mine }) => [id, provider, name, status, fresh, mine]),
  ).toEqual([
    ['azure/westeurope', 'Azure', 'West Europe', 'operational', true, true],
    ['aws/eu-west-1', 'AWS', 'eu-west-1', 'unknown', false, false],
    ['aws/us-east-1', 'AWS', 'us-east-1', 'major_outage', true, false],
  ])
})

test('while the page is stale no place is shown as it was', () => {
  for (const place of globePlaces(small, statuses, new Set(), true))
    expect(place).toMatchObject({ status: 'unknown', fresh: false })
})

test('what changed pulses, and what comes new does not', () => {
  const after = globePlaces(
    small,
    statusesOf(status('azure/westeurope', { status: 'partial_outage' })),
    new Set(),
    false,
  )
  expect(pulsesBetween(places, after, 5)).toEqual([
    { placeId: 'azure/westeurope', status: 'partial_outage', at: 5 },
    { placeId: 'aws/us-east-1', status: 'unknown', at: 5 },
  ])
  expect(pulsesBetween([], places, 5)).toEqual([])
})

test('statuses of another time are no events, nor is coming back from it', () => {
  const then = globePlaces(small, statusesOf(), new Set(), false)
  const changed = pulsesSince(places)
  expect(changed(then, 1, 1_000)).toEqual([])
  expect(changed(places, 2)).toEqual([])
  expect(changed(then, 3).map(({ placeId }) => placeId)).toEqual(['azure/westeurope', 'aws/us-east-1'])
})

test('places that say the same are the same list', () => {
  const again = globePlaces(small, statuses, new Set(['azure/westeurope']), false)
  expect(reuseEqual(places, again)).toBe(places)
  const pinned = globePlaces(small, statuses, new Set(), false)
  expect(reuseEqual(places, pinned)).toBe(pinned)
})

test('a selected region is tied to its pair, where it has one', () => {
  const regions = [region('azure/a', { pair: 'azure/b', lat: 1 }), region('azure/b', { lat: 2 })]
  const catalogue = {
    providers: new Map([['azure', provider('azure', 'Azure')]]),
    regions: new Map(regions.map(one => [one.id, one])),
  }
  expect(pairArcs(catalogue, 'azure/a')).toMatchObject([{ from: { lat: 1 }, to: { lat: 2 } }])
  expect(pairArcs(catalogue, 'azure/b')).toEqual([])
  expect(pairArcs(catalogue, null)).toEqual([])
})

test('a place says since when, absolute and relative', () => {
  const words = globeWords(statuses, { isStale: false, since: null }, when)
  expect(words.sinceOf('azure/westeurope')).toBe('since 04:40 (10 h)')
  expect(words.sinceOf('aws/eu-west-1')).toBeNull()
})

test('edge locations are taken where the server tells of them, and done without where it does not', async () => {
  const answer =
    (body: string, status = 200) =>
    () =>
      Promise.resolve(new Response(body, { status }))
  const pop = { provider: 'cloudflare', code: 'AMS', city: 'Amsterdam', country: 'NL', lat: 52.3, lon: 4.8 }
  expect(await askForPops(answer(JSON.stringify({ pops: [pop] })))).toEqual([
    { city: 'Amsterdam', country: 'NL', lat: 52.3, lon: 4.8 },
  ])
  expect(await askForPops(answer('{"error":"there is no /api/pops"}', 404))).toEqual([])
  expect(await askForPops(answer('{"pops":[{"lat":95,"lon":0}]}'))).toEqual([])
  expect(await askForPops(answer('<html>'))).toEqual([])
  expect(await askForPops(() => Promise.reject(new Error('offline')))).toEqual([])
})

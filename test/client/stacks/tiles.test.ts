import { expect, test } from 'vitest'
import { hoursOfUse } from '../../../client/stacks/tile-hours.ts'
import { tilesShown } from '../../../client/stacks/tiles-shown.ts'
import { allUseStates } from '../../../client/stacks/use-states.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { incident, minutesAgo, NOW, small, source, standpointOn, status, statusesOf, when } from '../builders.ts'

const tiles = (wrong: number, well: number): { status: Status }[] => [
  ...Array.from({ length: wrong }, () => ({ status: 'degraded_performance' as const })),
  ...Array.from({ length: well }, () => ({ status: 'operational' as const })),
]

test('one row is shown, a second one for trouble, and the last place tells of the rest', () => {
  expect(tilesShown(tiles(0, 5), 6, 2)).toBe(5)
  expect(tilesShown(tiles(1, 5), 6, 2)).toBe(6)
  expect(tilesShown(tiles(1, 9), 6, 2)).toBe(5)
  expect(tilesShown(tiles(7, 9), 6, 2)).toBe(11)
  expect(tilesShown(tiles(40, 0), 6, 2)).toBe(11)
  expect(tilesShown(tiles(2, 9), 1, 4)).toBe(2)
})

const day = `${'-'.repeat(12)}${'o'.repeat(12)}`
const hub = incident('github-status/1', { scope: 'unspecified', impact: 'major', startedAt: minutesAgo(130) })
const viewOf = (...incidents: Incident[]) => ({
  catalogue: small,
  statuses: statusesOf(
    status('aws/us-east-1', { status: 'partial_outage', since: minutesAgo(12) }),
    status('aws/eu-west-1'),
  ),
  incidents: new Map(incidents.map(one => [one.id, one])),
  components: new Map(),
  probes: new Map(),
  sources: new Map(['aws-status', 'github-status'].map(id => [id, source(id, { day })])),
})

test('regions and vendors are tiles alike, the worst first, each with since when', () => {
  const standpoint = standpointOn(['aws/eu-west-1', 'github', 'aws/us-east-1'])
  const told = allUseStates(standpoint, viewOf(hub), when)
  expect(told.map(({ name, status, since }) => [name, status, since])).toEqual([
    ['GitHub', 'partial_outage', hub.startedAt],
    ['AWS us-east-1', 'partial_outage', minutesAgo(12)],
    ['AWS eu-west-1', 'operational', minutesAgo(600)],
  ])
})

test('a vendor’s hours are what its incidents said, and unknown where its source was not read', () => {
  const standpoint = standpointOn(['github'])
  const [tile] = allUseStates(standpoint, viewOf(hub), when)
  if (tile === undefined) throw new Error('no tile')
  const hours = hoursOfUse(tile, standpoint, viewOf(hub), { cellsOf: () => [] }, NOW)
  expect(hours.slice(0, 12)).toEqual(Array(12).fill('unknown'))
  expect(hours.slice(12, 21)).toEqual(Array(9).fill('operational'))
  expect(hours.slice(21)).toEqual(Array(3).fill('partial_outage'))
})

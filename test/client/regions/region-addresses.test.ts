import { expect, test } from 'vitest'
import { parsePanel, pathFrom, pathOfPanel } from '../../../client/regions/region-addresses.ts'

const regionPage = { name: 'region', region: 'aws/eu-west-1' } as const

test('on the dashboard a region opens there, elsewhere on its own page', () => {
  expect(pathFrom({ name: 'dashboard' }, regionPage)).toBe('/?region=aws/eu-west-1')
  expect(pathFrom({ name: 'news' }, regionPage)).toBe('/region/aws/eu-west-1')
  expect(pathFrom(null, regionPage)).toBe('/region/aws/eu-west-1')
  expect(pathFrom({ name: 'dashboard' }, { name: 'provider', provider: 'aws' })).toBe('/provider/aws')
})

test('an address says whose panel is open', () => {
  expect(parsePanel(new URL(pathOfPanel(regionPage.region), 'http://here').searchParams)).toBe('aws/eu-west-1')
  expect(parsePanel(new URLSearchParams('region=nonsense'))).toBeNull()
})

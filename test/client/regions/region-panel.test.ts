import { expect, test } from 'vitest'
import { panelIn, pathFrom, pathOfPanel } from '../../../client/regions/region-panel.ts'

const region = { name: 'region', region: 'aws/eu-west-1' } as const

test('on the dashboard a region opens there, elsewhere on its own page', () => {
  expect(pathFrom({ name: 'dashboard' }, region)).toBe('/?region=aws/eu-west-1')
  expect(pathFrom({ name: 'news' }, region)).toBe('/region/aws/eu-west-1')
  expect(pathFrom(null, region)).toBe('/region/aws/eu-west-1')
  expect(pathFrom({ name: 'dashboard' }, { name: 'provider', provider: 'aws' })).toBe('/provider/aws')
})

test('an address says whose panel is open', () => {
  expect(panelIn(new URL(pathOfPanel(region.region), 'http://here').searchParams)).toBe('aws/eu-west-1')
  expect(panelIn(new URLSearchParams('region=nonsense'))).toBeNull()
})

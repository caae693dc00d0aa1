import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  formatRegions,
  MAX_LINK_REGIONS,
  parsePanel,
  parseRegions,
  pathFrom,
  pathOfPanel,
} from '../../../client/regions/region-addresses.ts'
import { region } from '../../support/builders.ts'
import { small } from '../builders.ts'

const known = small.regions

test('regions become a short text without anything to encode, and come back in their order', () => {
  const mine = ['azure/westeurope', 'aws/us-east-1', 'aws/eu-west-1']
  const text = formatRegions(mine)
  expect(text).toBe('azure.westeurope_aws.us-east-1.eu-west-1')
  expect(new URLSearchParams({ mine: text }).toString()).toBe(`mine=${text}`)
  expect(parseRegions(text, known)).toEqual({ regions: mine, unknown: [], over: 0 })
  expect(formatRegions([])).toBe('')
})

test('whatever regions there are, what is written is read again', () => {
  const code = fc.stringMatching(/^[a-z0-9-]{1,12}$/)
  fc.assert(
    fc.property(
      fc.uniqueArray(
        fc.tuple(code, code).map(pair => pair.join('/')),
        { maxLength: 20 },
      ),
      ids => {
        const all = new Map(ids.map(id => [id, region(id)]))
        expect(parseRegions(formatRegions(ids), all)?.regions ?? []).toEqual(ids)
      },
    ),
  )
})

test('the form that somebody types by hand is understood too', () => {
  expect(parseRegions('azure/westeurope, aws/eu-west-1', known)?.regions).toEqual(['azure/westeurope', 'aws/eu-west-1'])
})

test('what is not known is named and left out; what comes twice counts once', () => {
  expect(parseRegions('azure.westeurope.atlantis.westeurope_nobody', known)).toEqual({
    regions: ['azure/westeurope'],
    unknown: ['azure/atlantis', 'nobody'],
    over: 0,
  })
})

test('a link that names too many brings the first of them, and says how many it loses', () => {
  const many = Array.from({ length: MAX_LINK_REGIONS + 3 }, (_, n) => `p/r${n}`)
  const shared = parseRegions(formatRegions(many), new Map(many.map(id => [id, region(id)])))
  expect(shared?.regions).toEqual(many.slice(0, MAX_LINK_REGIONS))
  expect(shared?.over).toBe(3)
})

test.each([null, '', ',', '_', 'a'.repeat(5000)])('%j names no region', text => {
  expect(parseRegions(text, known)).toBeNull()
})

test('names of the language are only names that are not known', () => {
  expect(parseRegions('constructor.constructor', known)?.unknown).toEqual(['constructor/constructor'])
})

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

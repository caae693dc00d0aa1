import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concerns, formatMine, MOST_SHARED, parseMine, placedProviders } from '../../../client/regions/mine.ts'
import { region } from '../../support/builders.ts'
import { incident, small } from '../builders.ts'

const known = small.regions

test('regions become a short text without anything to encode, and come back in their order', () => {
  const mine = ['azure/westeurope', 'aws/us-east-1', 'aws/eu-west-1']
  const text = formatMine(mine)
  expect(text).toBe('azure.westeurope_aws.us-east-1.eu-west-1')
  expect(new URLSearchParams({ mine: text }).toString()).toBe(`mine=${text}`)
  expect(parseMine(text, known)).toEqual({ regions: mine, unknown: [], over: 0 })
  expect(formatMine([])).toBe('')
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
        expect(parseMine(formatMine(ids), all)?.regions ?? []).toEqual(ids)
      },
    ),
  )
})

test('the form that somebody types by hand is understood too', () => {
  expect(parseMine('azure/westeurope, aws/eu-west-1', known)?.regions).toEqual(['azure/westeurope', 'aws/eu-west-1'])
})

test('what is not known is named and left out; what comes twice counts once', () => {
  expect(parseMine('azure.westeurope.atlantis.westeurope_nobody', known)).toEqual({
    regions: ['azure/westeurope'],
    unknown: ['azure/atlantis', 'nobody'],
    over: 0,
  })
})

test('a link that names too many brings the first of them, and says how many it loses', () => {
  const many = Array.from({ length: MOST_SHARED + 3 }, (_, n) => `p/r${n}`)
  const shared = parseMine(formatMine(many), new Map(many.map(id => [id, region(id)])))
  expect(shared?.regions).toEqual(many.slice(0, MOST_SHARED))
  expect(shared?.over).toBe(3)
})

test.each([null, '', ',', '_', 'a'.repeat(5000)])('%j names no region', text => {
  expect(parseMine(text, known)).toBeNull()
})

test('names of the language are only names that are not known', () => {
  expect(parseMine('constructor.constructor', known)?.unknown).toEqual(['constructor/constructor'])
})

test('an incident concerns whoever runs where it happens, and one of a provider without regions everybody', () => {
  const mine = new Set(['aws/eu-west-1'])
  const placed = placedProviders(small)
  expect(concerns(incident('aws-status/1', { regions: ['aws/eu-west-1'] }), mine, placed)).toBe(true)
  expect(concerns(incident('aws-status/2', { regions: ['aws/us-east-1'] }), mine, placed)).toBe(false)
  expect(concerns(incident('aws-status/3', { scope: 'global' }), mine, placed)).toBe(true)
  expect(concerns(incident('azure-status/4', { scope: 'global' }), mine, placed)).toBe(false)
  expect(concerns(incident('github-status/5'), mine, placed)).toBe(true)
})

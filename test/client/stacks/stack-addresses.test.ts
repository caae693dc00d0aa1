import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  encodeStack,
  formatStack,
  hasSameUses,
  MAX_LINK_REGIONS,
  parseRegions,
  parseStack,
} from '../../../client/stacks/stack-addresses.ts'
import { formatUse, MAX_USES, type Stack } from '../../../shared/domain/stack.ts'
import { region } from '../../support/builders.ts'
import { small } from '../builders.ts'

const known = small.regions
const usesIn = (found: Pick<Stack, 'uses'> | null) => found?.uses.map(formatUse)

test('a stack becomes a text that can be read, and comes back in its order', () => {
  const text = 'Shop:aws/lambda@eu-west-1,us-east-1;stripe;github[Actions,Packages];azure/westeurope'
  const found = parseStack(text, known)
  expect(found).toMatchObject({ name: 'Shop', unknown: [], over: 0 })
  expect(found && formatStack(found)).toBe(text)
  expect(found && encodeStack(found)).toBe(
    'Shop:aws/lambda@eu-west-1,us-east-1;stripe;github%5BActions,Packages%5D;azure/westeurope',
  )
})

test('whatever a stack is called and uses, what is written is read again', () => {
  const name = fc.string({ maxLength: 60 }).map(text => text.trim())
  const part = fc.string({ minLength: 1, maxLength: 20 }).map(text => `p${text.trim()}`)
  const vendor = fc.record({
    kind: fc.constant('vendor' as const),
    vendor: fc.stringMatching(/^[a-z]{1,12}$/),
    sites: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { maxLength: 3 }),
    parts: fc.uniqueArray(part, { maxLength: 3 }),
  })
  const uses = fc.uniqueArray(vendor, { maxLength: 12, selector: formatUse })
  fc.assert(
    fc.property(name, uses, (name, uses) => {
      const address = new URLSearchParams(`stack=${encodeStack({ name, uses })}`)
      expect(parseStack(address.get('stack'), known)).toEqual({ name, uses, unknown: [], over: 0 })
    }),
  )
})

test('what is no use is named and left out; what comes twice counts once', () => {
  const found = parseStack('Shop:stripe; aws/lambda@atlantis;stripe;<b>', known)
  expect([usesIn(found), found?.unknown]).toEqual([['stripe'], ['aws/lambda@atlantis', '<b>']])
})

test('a link that names too many brings the first of them, and says how many it loses', () => {
  const many = Array.from({ length: MAX_USES + 3 }, (_, n) => `v${n}`)
  expect(parseStack(`:${many.join(';')}`, known)).toMatchObject({ over: 3, uses: { length: MAX_USES } })
  const regions = Array.from({ length: MAX_LINK_REGIONS + 3 }, (_, n) => `p/r${n}`)
  const shared = parseRegions(regions.join(), new Map(regions.map(id => [id, region(id)])))
  expect(usesIn(shared)).toEqual(regions.slice(0, MAX_LINK_REGIONS))
  expect(shared?.over).toBe(3)
})

test.each([null, '', 'shop', 'x'.repeat(13_000), `:${'a;'.repeat(7000)}`])('%j is no stack', text => {
  expect(parseStack(text, known)).toBeNull()
})

test('the regions of an older link are read in both of its forms', () => {
  const regions = ['azure/westeurope', 'aws/us-east-1', 'aws/eu-west-1']
  expect(usesIn(parseRegions('azure.westeurope_aws.us-east-1.eu-west-1', known))).toEqual(regions)
  expect(usesIn(parseRegions('azure/westeurope, aws/eu-west-1', known))).toEqual(['azure/westeurope', 'aws/eu-west-1'])
})

test('what is not known in an older link is named and left out; what comes twice counts once', () => {
  const found = parseRegions('azure.westeurope.atlantis.westeurope_nobody', known)
  expect([usesIn(found), found?.unknown, found?.over]).toEqual([['azure/westeurope'], ['azure/atlantis', 'nobody'], 0])
})

test.each([null, '', ',', '_', 'a'.repeat(5000)])('%j names no region', text => {
  expect(parseRegions(text, known)).toBeNull()
})

test('names of the language are only names that are not known', () => {
  expect(parseRegions('constructor.constructor', known)?.unknown).toEqual(['constructor/constructor'])
})

test('the order of uses makes no other stack', () => {
  const [one, other] = [parseStack(':stripe;github', known), parseStack(':github;stripe', known)]
  expect(one && other && hasSameUses(one.uses, other.uses)).toBe(true)
  expect(one && hasSameUses(one.uses, [])).toBe(false)
})

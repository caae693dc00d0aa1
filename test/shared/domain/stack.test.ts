import { describe, expect, it } from 'vitest'
import { formatUse, parseUse, regionOfZone, usesOf } from '../../../shared/domain/stack.ts'
import { region } from '../../support/builders.ts'

const regions = new Map(
  ['aws/us-east-1', 'aws/us-gov-west-1', 'aws/eu-west-1', 'google/us-central1', 'azure/eastus2', 'azure/eastus'].map(
    id => [id, region(id)],
  ),
)
const parse = (text: string) => {
  const use = parseUse(text, regions)
  return use.ok ? use.value : use.error
}

describe('a use as text', () => {
  it.each([
    'aws/eu-west-1',
    'aws/lambda',
    'aws/lambda@eu-west-1,us-east-1',
    'aws/ec2@use1-az4',
    'aws/ec2@use1-az4,eu-west-1',
    'azure/front-door',
    'stripe',
    'datadog@us1',
    'github[Actions,Packages]',
    'github@eu[Europe / API,A%2C B %5Bbeta%5D 100%25]',
    'source/our-gatus',
    'probe/checkout',
    'stack/payments',
  ])('reads %s and writes it again', text => {
    const use = parseUse(text, regions)
    expect(use.ok && formatUse(use.value)).toBe(text)
  })

  it('tells regions from services, and gives a zone its region', () => {
    expect(parse('aws/eu-west-1')).toEqual({ kind: 'region', region: 'aws/eu-west-1' })
    expect(parse('aws/ec2@use1-az4,eu-west-1')).toEqual({
      kind: 'service',
      service: 'aws/ec2',
      regions: ['aws/us-east-1', 'aws/eu-west-1'],
      zones: ['use1-az4'],
    })
    expect(parse('github[A%2C B]')).toMatchObject({ parts: ['A, B'] })
  })

  it('refuses in words what it cannot read', () => {
    expect(parse('')).toContain('is not a use')
    expect(parse('aws/ec2@nowhere')).toContain("names a place that aws does not have: 'nowhere'")
    expect(parse('aws/eu-west-1@use1-az4')).toContain('is a region with a place')
    expect(parse('aws/ec2[Part]')).toContain('only vendors have')
  })
})

describe('the region of a zone', () => {
  it.each([
    ['aws', 'use1-az4', 'aws/us-east-1'],
    ['aws', 'us-east-1a', 'aws/us-east-1'],
    ['aws', 'usgw1-az1', 'aws/us-gov-west-1'],
    ['google', 'us-central1-a', 'google/us-central1'],
    ['azure', 'eastus2-az1', 'azure/eastus2'],
    ['azure', 'eastus-2', 'azure/eastus'],
  ])('%s %s is in %s', (provider, zone, id) => {
    expect(regionOfZone(provider, zone, regions.values())).toBe(id)
  })

  it('is none for what is no zone', () => {
    expect(regionOfZone('aws', 'us-east-1-lambda', regions.values())).toBeNull()
    expect(regionOfZone('azure', 'use1-az4', regions.values())).toBeNull()
  })
})

describe('the uses of a stack', () => {
  it('hold those of the stacks that it stands on, and end where they close a circle', () => {
    const shop = { id: 'shop', name: 'Shop', uses: [parseOk('stripe'), parseOk('stack/base')] }
    const base = { id: 'base', name: 'Base', uses: [parseOk('github'), parseOk('stack/shop'), parseOk('stack/gone')] }
    const stacks = new Map([shop, base].map(stack => [stack.id, stack]))
    expect(usesOf(shop, stacks).map(({ use, via }) => [formatUse(use), via])).toEqual([
      ['stripe', null],
      ['github', 'base'],
    ])
  })

  it('are told once, however many ways lead to them', () => {
    const level = (n: number) => ({
      id: `l${n}`,
      name: 'Level',
      uses: [`stack/l${n + 1}`, `stack/r${n + 1}`, 'stripe'],
    })
    const stacks = new Map(
      [...Array(40).keys()].flatMap(n =>
        [level(n), { ...level(n), id: `r${n}` }].map(one => [one.id, { ...one, uses: one.uses.map(parseOk) }]),
      ),
    )
    const top = { id: 'top', name: 'Top', uses: [parseOk('stack/l0')] }
    expect(usesOf(top, stacks)).toHaveLength(79)
  })
})

function parseOk(text: string) {
  const use = parseUse(text, regions)
  if (!use.ok) throw new Error(use.error)
  return use.value
}

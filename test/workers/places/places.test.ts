import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeMatcher, scopeOf } from '../../../workers/places/places.ts'
import { region } from '../../support/builders.ts'
import { places } from '../formats/reading.ts'

const named = (provider: string, text: string) => places(provider, text).regions

describe('a region is found', () => {
  test.each([
    ['azure', 'westeurope', 'azure/westeurope'],
    ['azure', 'Trouble in WEST EUROPE.', 'azure/westeurope'],
    ['azure', 'Virtual Machines - Southeast Asia', 'azure/southeastasia'],
    ['aws', 'in the ME-CENTRAL-1 Region', 'aws/me-central-1'],
    ['aws', 'US East (N. Virginia)', 'aws/us-east-1'],
    ['aws', 'ec2-us-east-1', 'aws/us-east-1'],
    ['aws', 'us-gov-west-1', 'aws/us-gov-west-1'],
    ['aws', 'South America (Sao Paulo)', 'aws/sa-east-1'],
    ['google', 'europe-west1', 'google/europe-west1'],
  ])('%s: %s', (provider, text, id) => expect(named(provider, text)).toEqual([id]))

  test('by the longest name that is there', () => {
    expect(named('azure', 'East US 2')).toEqual(['azure/eastus2'])
    expect(named('azure', 'North Central US')).toEqual(['azure/northcentralus'])
    expect(named('azure', 'East US, East US 2')).toEqual(['azure/eastus', 'azure/eastus2'])
  })

  test('by the name of one of its zones', () => {
    expect(named('google', 'an outage in europe-west1-b')).toEqual(['google/europe-west1'])
    expect(named('aws', 'us-east-1a')).toEqual(['aws/us-east-1'])
    const own = placeMatcher([region('ibm/us-south'), region('ibm/eu-de')])
    expect(own('ibm', 'us-south-2').regions).toEqual(['ibm/us-south'])
  })

  test('by its place, where that is used as a label', () => {
    expect(named('aws', 'UAE')).toEqual(['aws/me-central-1'])
    expect(named('aws', 'Slow reads (Ohio)')).toEqual(['aws/us-east-2'])
    expect(named('aws', 'Errors in the Frankfurt region')).toEqual(['aws/eu-central-1'])
  })

  test('once, and in order, however often it is named', () =>
    expect(named('azure', 'West Europe, UK South, westeurope')).toEqual(['azure/uksouth', 'azure/westeurope']))
})

describe('no region is found', () => {
  test.each([
    ['azure', 'tell us more', 'a pronoun is no country'],
    ['azure', 'East US 9', 'an unknown neighbour'],
    ['azure', 'Central US EUAP', 'a canary'],
    ['aws', 'us-east-1-bos-1', 'a local zone elsewhere'],
    ['aws', 'London customers and Paris-based teams', 'places in prose'],
    ['aws', 'mec1-az2', 'a zone id'],
    ['aws', 'westeurope', "another provider's region"],
    ['google', 'us', 'a multi-region'],
    ['nobody', 'West Europe', 'a provider without regions'],
  ])('%s: %s (%s)', (provider, text) => expect(named(provider, text)).toEqual([]))

  test('by a word that two regions share', () => {
    const own = placeMatcher([region('x/one-1', { city: 'Rome' }), region('x/two-1', { city: 'Rome' })])
    expect(own('x', 'Rome').regions).toEqual([])
  })

  test('by a short code in prose, only by one used as a label', () => {
    const own = placeMatcher([region('vultr/man', { city: 'Manchester' })])
    expect(own('vultr', 'a man in the middle').regions).toEqual([])
    expect(own('vultr', 'Manchester (MAN)').regions).toEqual(['vultr/man'])
  })
})

test.each(['Public Non-Regional', 'all regions', 'Global', 'customers worldwide'])('%s means everywhere', text =>
  expect(places('azure', text)).toEqual({ regions: [], global: true }),
)

test('a product that is called global does not mean everywhere', () =>
  expect(places('aws', 'AWS Global Accelerator').global).toBe(false))

test('a named region says more than the word global', () => {
  expect(scopeOf(places('azure', 'Global: West Europe'))).toBe('regional')
  expect(scopeOf(places('azure', 'Global'))).toBe('global')
  expect(scopeOf(places('azure', 'somewhere'))).toBe('unspecified')
})

test('whatever the text, only regions of the provider are named', () => {
  const words = fc.constantFrom('east', 'us', '2', '-', 'central', 'north', 'europe', '1', '(', ')', 'a', ' ', ',')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(words).map(list => list.join(' ')),
      ),
      text => {
        for (const id of named('azure', text)) expect(id).toMatch(/^azure\//)
      },
    ),
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergePlaces, placeMatcher, scopeOf } from '../../../workers/places/places.ts'
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

  test.each([
    ['aws', 'power in use1-az4', 'aws/us-east-1', ['use1-az4']],
    ['aws', 'mec1-az2 and mec1-az3', 'aws/me-central-1', ['mec1-az2', 'mec1-az3']],
    ['aws', 'use1-az1, az2 and az4', 'aws/us-east-1', ['use1-az1', 'use1-az2', 'use1-az4']],
    ['aws', 'APSE2-AZ1', 'aws/ap-southeast-2', ['apse2-az1']],
    ['aws', 'aps1-az1', 'aws/ap-south-1', ['aps1-az1']],
    ['aws', 'apne3-az2', 'aws/ap-northeast-3', ['apne3-az2']],
    ['aws', 'usgw1-az1', 'aws/us-gov-west-1', ['usgw1-az1']],
    ['aws', 'us-east-1a', 'aws/us-east-1', ['us-east-1a']],
    ['google', 'VMs in us-central1-a fail', 'google/us-central1', ['us-central1-a']],
    ['google', 'us-central1-a, -b and -f', 'google/us-central1', ['us-central1-a', 'us-central1-b', 'us-central1-f']],
    ['azure', 'eastus2-az1', 'azure/eastus2', ['eastus2-az1']],
    ['ibm', 'us-south-2', 'ibm/us-south', ['us-south-2']],
    ['scaleway', 'fr-par-1', 'scaleway/fr-par', ['fr-par-1']],
    ['alibaba', 'cn-hangzhou-h', 'alibaba/cn-hangzhou', ['cn-hangzhou-h']],
    ['hetzner', 'fsn1-dc8', 'hetzner/fsn1', ['fsn1-dc8']],
    ['google', 'us-central1', 'google/us-central1', undefined],
  ])('%s: %s has zones', (provider, text, id, zones) =>
    expect(places(provider, text)).toEqual({ regions: [id], global: false, ...(zones && { zones }) }),
  )

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
    ['azure', 'mec1-az2', 'a zone of another provider'],
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

test.each([
  'Portal - West Europe, Global',
  'Public Non-Regional / West Europe',
  'All regions, worst in West Europe',
  'All edge locations and West Europe',
])('%s is global, and keeps its region', text => {
  const found = places('azure', text)
  expect(found.regions).toEqual(['azure/westeurope'])
  expect(scopeOf(found)).toBe('global')
  expect(scopeOf(mergePlaces([found, places('azure', 'East US')]))).toBe('global')
})

test('a text about everything beside one about a region is global', () =>
  expect(scopeOf(mergePlaces([places('azure', 'Public Non-Regional'), places('azure', 'East US')]))).toBe('global'))

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

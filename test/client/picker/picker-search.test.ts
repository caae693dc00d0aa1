import { describe, expect, test } from 'vitest'
import { airportsOfCities, wordsOfServices } from '../../../client/picker/everyday-words.ts'
import { pickerIndex, searchPicker } from '../../../client/picker/picker-search.ts'
import { candidates, providers, regions, services } from './world.ts'

const countries = new Intl.DisplayNames('en', { type: 'region' })
const index = pickerIndex(candidates, {
  provider: id => providers.get(id)?.name ?? id,
  country: code => countries.of(code) ?? code,
})
const find = (text: string, most = 40) => searchPicker(index, text, most)
const keys = (text: string, most?: number) => find(text, most).found.map(({ key }) => key)

describe('what most people mean comes first', () => {
  test.each([
    ['fra', ['aws/eu-central-1', 'azure/germanywestcentral', 'google/europe-west3']],
    ['frankfurt', ['aws/eu-central-1', 'azure/germanywestcentral', 'google/europe-west3']],
    ['Frankf', ['aws/eu-central-1', 'azure/germanywestcentral', 'google/europe-west3']],
    ['k8s', ['google/gke', 'azure/aks', 'aws/eks']],
    ['kubernetes', ['google/gke', 'azure/aks', 'aws/eks']],
    ['GH', ['github']],
    ['github', ['github']],
    ['actions', ['github']],
    ['eu-west-1', ['aws/eu-west-1']],
    ['us east 1', ['aws/us-east-1']],
    ['westeurope', ['azure/westeurope']],
    ['West Europe', ['azure/westeurope']],
    ['lambda', ['aws/lambda']],
    ['s3', ['aws/s3']],
    ['EC2', ['aws/ec2']],
    ['vm', ['aws/ec2', 'azure/virtual-machines', 'google/compute-engine']],
    ['bucket', ['aws/s3', 'azure/storage', 'google/cloud-storage']],
    ['postgres', ['google/cloud-sql', 'aws/rds']],
    ['redis', ['aws/elasticache', 'redis-cloud', 'azure/redis']],
    ['cdn', ['aws/cloudfront', 'azure/front-door']],
    ['stripe', ['stripe']],
    ['stripe.com', ['stripe']],
    ['datad', ['datadog']],
    ['GCP', ['google']],
    ['amazon', ['aws']],
    ['azure kubernetes', ['azure/aks']],
    ['aws frankfurt', ['aws/eu-central-1']],
    ['aws/lambda', ['aws/lambda']],
    ['são paulo', ['aws/sa-east-1', 'google/southamerica-east1']],
    ['sao paulo', ['aws/sa-east-1', 'google/southamerica-east1']],
    ['tyo', ['aws/ap-northeast-1', 'azure/japaneast', 'google/asia-northeast1']],
    ['bigquery', ['google/bigquery']],
    ['entra', ['azure/entra-id']],
    ['cloudflare', ['cloudflare']],
  ])('%s', (text, wanted) => {
    expect([...keys(text, wanted.length)].sort()).toEqual([...wanted].sort())
  })

  test('a country finds its regions', () => {
    expect(keys('ireland')).toEqual(expect.arrayContaining(['aws/eu-west-1', 'azure/northeurope']))
    expect(keys('azure france')).toEqual(expect.arrayContaining(['azure/francecentral', 'azure/francesouth']))
  })

  test.each(['lambda frankfurt', 'frankfurt lambda', 'Lambda eu-central-1'])('%s is a service in a region', text => {
    expect(find(text).found[0]).toMatchObject({ key: 'aws/lambda', places: ['aws/eu-central-1'] })
  })

  test('a word of several clouds is placed in each of them', () => {
    const placed = find('k8s frankfurt').found.map(one => [one.key, one.kind === 'service' ? one.places : null])
    expect(placed).toContainEqual(['azure/aks', ['azure/germanywestcentral']])
    expect(placed).toContainEqual(['aws/eks', ['aws/eu-central-1']])
  })
})

test('a mistyped word finds what it was nearest to, and says so', () => {
  expect(find('kuberntes').meant).toBe('kubernetes')
  expect(keys('githib')[0]).toBe('github')
  expect(find('githib').meant).toBe('github')
})

test.each(['', '   ', '%%%', 'qzxqzxqzxqzx', 'x'.repeat(100_000)])('nothing is found for %#', text => {
  expect(find(text).found).toEqual([])
})

test('no more are given than were asked for', () => {
  expect(keys('a', 7)).toHaveLength(7)
})

test('everyday words mean services that there are, and airports cities that have regions', () => {
  expect([...wordsOfServices.keys()].filter(id => !services.has(id))).toEqual([])
  const cities = new Set([...regions.values()].map(({ city }) => city))
  expect([...airportsOfCities.keys()].filter(city => !cities.has(city))).toEqual([])
})

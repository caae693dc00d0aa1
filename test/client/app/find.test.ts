import { expect, test } from 'vitest'
import { find } from '../../../client/app/find.ts'
import { nobody } from '../../../client/stacks/standpoint.ts'
import { en as english } from '../../../client/words/en/page.ts'
import type { Service } from '../../../shared/domain/service.ts'
import type { Vendor } from '../../../shared/domain/vendor.ts'
import { region } from '../../support/builders.ts'
import { catalogueOf, incident, provider, standpointOn } from '../builders.ts'

const catalogue = catalogueOf(
  [provider('azure', 'Azure'), provider('aws', 'AWS'), provider('github', 'GitHub')],
  [
    region('azure/westeurope', { name: 'West Europe', city: 'Amsterdam', country: 'NL' }),
    region('aws/eu-west-1', { name: 'Ireland', city: 'Dublin', country: 'IE' }),
    region('aws/sa-east-1', { name: 'São Paulo', city: 'São Paulo', country: 'BR' }),
  ],
)
const incidents = new Map(
  [
    incident('aws-status/1', { title: 'Slow reads in Dublin', regions: ['aws/eu-west-1'] }),
    incident('aws-status/2', { title: 'Slow writes', regions: ['aws/eu-west-1'], status: 'resolved' }),
  ].map(one => [one.id, one]),
)
const found = (query: string) =>
  find(query, { catalogue, incidents, standpoint: nobody }, english).map(({ text }) => text)

test('a region is found by its code, name, city, country and provider', () => {
  for (const query of ['eu-west-1', 'ireland', 'IRELAND aws', 'aws eu', 'eu west'])
    expect(found(query), query).toContain('AWS eu-west-1')
  expect(found('amst')).toEqual(['Azure West Europe'])
  expect(found('netherlands')).toEqual(['Azure West Europe'])
})

test('accents and capitals make no difference', () => {
  expect(found('sao paulo')).toEqual(['AWS sa-east-1'])
  expect(found('SÃO')).toEqual(['AWS sa-east-1'])
})

test('what is called so comes before what merely has the word', () => {
  expect(found('dublin')).toEqual(['AWS eu-west-1', 'Slow reads in Dublin'])
  expect(found('aws')[0]).toBe('AWS')
})

test('an incident that goes on comes before one that is over, and both say where', () => {
  expect(find('slow', { catalogue, incidents, standpoint: nobody }, english)).toEqual([
    {
      page: { name: 'incident', incident: 'aws-status/1' },
      text: 'Slow reads in Dublin',
      note: 'AWS eu-west-1 · investigating',
    },
    { page: { name: 'incident', incident: 'aws-status/2' }, text: 'Slow writes', note: 'AWS eu-west-1 · resolved' },
  ])
})

test('of incidents that go on, one that concerns the reader comes first and says why', () => {
  const elsewhere = incident('aws-status/0', { title: 'Slow deletes', regions: ['aws/sa-east-1'] })
  const all = new Map([[elsewhere.id, elsewhere], ...incidents])
  const told = find('slow', { catalogue, incidents: all, standpoint: standpointOn(['aws/eu-west-1']) }, english)
  expect(told.map(({ text, note }) => [text, note])).toEqual([
    ['Slow reads in Dublin', 'AWS eu-west-1 · investigating · concerns you: eu-west-1'],
    ['Slow deletes', 'AWS sa-east-1 · investigating'],
    ['Slow writes', 'AWS eu-west-1 · resolved · concerns you: eu-west-1'],
  ])
})

test('nothing is found for nothing, and every word must fit', () => {
  expect(found('  ')).toEqual([])
  expect(found('- /')).toEqual([])
  expect(found('ireland amsterdam')).toEqual([])
})

const service = (id: string, name: string, rank: number, ...aliases: string[]): Service => ({
  ...{ id, name, aliases, rank },
  category: 'compute',
  scope: 'regional',
  under: null,
  isBroad: false,
})
const vendor = (id: string, name: string, ...aliases: string[]): Vendor => ({
  ...{ id, name, aliases, domains: [], sites: [], hasSource: true },
  category: 'other',
  home: `https://${id}.example`,
})
const known = {
  services: [
    service('aws/lambda', 'Lambda', 2),
    service('aws/eks', 'Elastic Kubernetes Service', 1, 'EKS', 'k8s'),
    service('azure/aks', 'Kubernetes Service', 3, 'AKS', 'k8s'),
    service('oracle/oke', 'Kubernetes Engine', 1, 'k8s'),
  ],
  vendors: [vendor('github', 'GitHub', 'GH'), vendor('stripe', 'Stripe')],
}
const foundAll = (query: string) => find(query, { catalogue, incidents, standpoint: nobody, ...known }, english)

test('a service of a watched cloud is found by its names, the most used first, and leads to its place', () => {
  expect(foundAll('k8s').map(({ text }) => text)).toEqual(['Elastic Kubernetes Service', 'Kubernetes Service'])
  expect(foundAll('aws lam')).toEqual([
    { page: { name: 'provider', provider: 'aws' }, service: 'aws/lambda', text: 'Lambda', note: 'AWS' },
  ])
})

test('a vendor is found by its other names, and where it is not watched it says so', () => {
  expect(foundAll('gh')).toEqual([{ page: { name: 'provider', provider: 'github' }, text: 'GitHub', note: '' }])
  expect(foundAll('stripe')).toEqual([
    { page: { name: 'provider', provider: 'stripe' }, text: 'Stripe', note: 'not watched here' },
  ])
})

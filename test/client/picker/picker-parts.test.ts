import { expect, test } from 'vitest'
import { candidateText, pickerCatalogue } from '../../../client/picker/candidate-text.ts'
import { ownCandidates, shelvesOfCloud, shelvesOfOwn, shelvesOfVendors } from '../../../client/picker/candidates.ts'
import { useOf } from '../../../client/picker/chosen-uses.ts'
import { pickerIndex, searchPicker } from '../../../client/picker/picker-search.ts'
import { isShortEnough, stackIdOf } from '../../../client/picker/stack-texts.ts'
import { askForParts, partsOf } from '../../../client/picker/vendor-parts.ts'
import { en } from '../../../client/words/en/page.ts'
import { picker } from '../../../client/words/en/picker.ts'
import { formatUse } from '../../../shared/domain/stack.ts'
import { vendorCategories } from '../../../shared/domain/vendor.ts'
import { provider, source } from '../builders.ts'
import { candidate } from './uses.ts'
import { candidates, providers, regions, vendors } from './world.ts'

const catalogue = pickerCatalogue(
  { providers: new Map([...providers, ['datadog', provider('datadog', 'Datadog US1')]]) },
  regions,
  vendors,
)
const textOf = (key: string, isMixed: boolean) =>
  candidateText(candidate(key), isMixed, { catalogue, words: en, picker })

test.each([
  ['aws/eu-west-1', false, { name: 'eu-west-1', note: 'Dublin, Ireland' }],
  ['azure/westeurope', true, { name: 'Azure West Europe', note: 'Amsterdam, Netherlands' }],
  ['aws/ec2', false, { name: 'EC2', note: 'Amazon Elastic Compute Cloud' }],
  ['aws/ec2', true, { name: 'AWS EC2', note: 'Amazon Elastic Compute Cloud' }],
  ['google/cloud-sql', true, { name: 'Google Cloud SQL', note: '' }],
  ['azure/front-door', true, { name: 'Azure Front Door', note: 'worldwide' }],
  ['aws/iam', false, { name: 'IAM', note: 'AWS Identity and Access Management, worldwide' }],
  ['stripe', true, { name: 'Stripe', note: 'Payments' }],
  ['datadog', false, { name: 'Datadog', note: '' }],
])('%s reads well', (key, isMixed, wanted) => {
  expect(textOf(key, isMixed)).toEqual(wanted)
})

test('a watched vendor has its own name, and every vendor and cloud has one', () => {
  expect(catalogue.providers.get('datadog')?.name).toBe('Datadog')
  expect(catalogue.providers.get('aws')?.name).toBe('AWS')
  expect(vendors.filter(({ id }) => !catalogue.providers.has(id))).toEqual([])
})

test('a cloud’s shelves are its regions, then its services by category, most used first', () => {
  const shelves = shelvesOfCloud(candidates, 'aws')
  expect(shelves.slice(0, 3).map(({ id }) => id)).toEqual(['regions', 'compute', 'storage'])
  expect(shelves.map(shelf => shelf.candidates[0]?.key).slice(0, 3)).toEqual(['aws/us-east-1', 'aws/ec2', 'aws/s3'])
  expect(shelves.flatMap(shelf => shelf.candidates).every(({ key }) => key.startsWith('aws/'))).toBe(true)
})

test('every vendor stands on one shelf, every category has a name', () => {
  const shelves = shelvesOfVendors(candidates)
  expect(shelves.flatMap(shelf => shelf.candidates)).toHaveLength(vendors.length)
  expect(shelves.map(({ id }) => id)).toEqual(vendorCategories.filter(id => shelves.some(shelf => shelf.id === id)))
  expect(shelves.filter(({ id }) => !Object.hasOwn(picker.vendorsOf, id))).toEqual([])
})

test('parts are told by their group where names repeat', () => {
  const components = [
    { name: 'API', group: 'Europe' },
    { name: 'Site', group: 'Europe' },
    { name: 'API', group: 'Asia' },
    { name: 'Docs' },
    { name: 'API', group: 'Europe' },
  ]
  expect(partsOf(components).map(({ part }) => part)).toEqual(['Europe / API', 'Site', 'Asia / API', 'Docs'])
})

test('where the server tells no parts there are none', async () => {
  expect(await askForParts(async () => new Response('', { status: 404 }), 'github')).toEqual([])
  const answer = { components: [{ id: 'github/1', name: 'Actions', status: 'operational' }] }
  expect(await askForParts(async () => Response.json(answer), 'github')).toEqual([
    { group: '', name: 'Actions', part: 'Actions' },
  ])
})

test.each([
  ['Our Shop', 'our-shop'],
  ['Bücher & Ö', 'bucher-o'],
  ['--', 'my-stack'],
  ['東京', 'my-stack'],
  ['', 'my-stack'],
])('the name %j is the id %s', (name, id) => {
  expect(stackIdOf(name)).toBe(id)
})

test('a link has an end', () => {
  expect([isShortEnough('x'.repeat(8000)), isShortEnough('x'.repeat(8001))]).toEqual([true, false])
})

test('what is of this Nephoscope alone stands apart: stacks, sources of nobody who is known, probes', () => {
  const sources = [
    source('ours-gatus', { name: 'Our Gatus', kind: 'gatus' }),
    source('aws-status', { kind: 'aws-events' }),
    source('github-status', { kind: 'statuspage' }),
    source('ours-news', { kind: 'feed' }),
    source('shop-probe', { name: 'The shop', kind: 'probe' }),
  ]
  const own = ownCandidates({ regions, vendors }, { sources, stacks: [{ id: 'pay', name: '' }] })
  expect(shelvesOfOwn(own).map(shelf => [shelf.id, shelf.candidates.map(({ key }) => key)])).toEqual([
    ['stack', ['stack/pay']],
    ['source', ['source/ours-gatus']],
    ['probe', ['probe/shop-probe']],
  ])
  const texts = own.map(one => candidateText(one, true, { catalogue, words: en, picker }))
  expect(texts.map(({ name, note }) => `${name}: ${note}`)).toEqual([
    'pay: Stacks',
    'Our Gatus: Sources',
    'The shop: Probes',
  ])
  const index = pickerIndex(own, { provider: id => id, country: code => code })
  expect(searchPicker(index, 'gatus', 5).found.map(one => formatUse(useOf(one, [])))).toEqual(['source/ours-gatus'])
})

import { expect, test } from 'vitest'
import { figures } from '../../../client/incidents/figures.ts'
import { countByState } from '../../../client/regions/region-words.ts'
import { en as english } from '../../../client/words/en/page.ts'
import { region } from '../../support/builders.ts'
import { article, catalogueOf, incident, small, status, statusesOf } from '../builders.ts'

const told = (blind: boolean) => {
  const catalogue = catalogueOf(
    [...small.providers.values()],
    [...small.regions.values(), region('aws/sa-west-1', { state: 'announced', zones: null })],
  )
  const list = figures(
    {
      catalogue,
      statuses: statusesOf(
        status('azure/westeurope', { status: 'partial_outage' }),
        status('aws/eu-west-1'),
        status('aws/us-east-1', { status: 'unknown', freshness: 'stale' }),
      ),
      incidents: [incident('azure-status/1'), incident('aws-status/2', { kind: 'maintenance', status: 'in_progress' })],
      articles: new Map([['aws-blog/1', article('aws-blog/1')]]),
      pops: 1204,
      isBlind: blind,
    },
    english,
  )
  return Object.fromEntries(
    list.map(figure => [figure.label, figure.count === null ? null : figure.format(figure.count)]),
  )
}

test('figures are counted from the catalogue and the state', () => {
  expect(told(false)).toEqual({
    'regions open': '3',
    announced: '1',
    zones: '12',
    countries: '3',
    providers: '2',
    'edge locations': '1,204',
    'incidents now': '1',
    'regions affected': '1',
    'regions freshly read': '66%',
    articles: '1',
  })
})

test('without a view of the present, nothing is said about it', () => {
  expect(told(true)).toMatchObject({ 'incidents now': null, 'regions affected': null, 'regions freshly read': '0%' })
})

test('the legend lists every state, also those that nothing is in', () => {
  const counts = countByState([
    { status: 'operational', stale: false },
    { status: 'operational', stale: false },
    { status: 'announced', stale: false },
  ])
  expect(counts.map(({ count }) => count)).toEqual([2, 0, 0, 0, 0, 0])
})

import { expect, test } from 'vitest'
import { withWatched } from '../../../client/live/catalogue.ts'
import { small, source } from '../builders.ts'

test('only regions of watched providers are shown, and a watched provider that is in no catalogue is named as its source', () => {
  const shown = withWatched(small, [
    source('aws-status'),
    source('azure-blog', { kind: 'feed' }),
    source('fly-status', { name: 'Fly.io' }),
  ])
  expect([...shown.regions.keys()]).toEqual(['aws/eu-west-1', 'aws/us-east-1'])
  expect(shown.providers.get('fly')?.name).toBe('Fly.io')
})

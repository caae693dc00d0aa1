import { expect, test } from 'vitest'
import { copyView, viewOf } from '../../../shared/domain/snapshot.ts'
import { stackOfRegions } from '../../../shared/domain/stack.ts'
import { article, incident, snapshot, source, status } from '../../client/builders.ts'

test('a view holds what its snapshot holds, and goes on from its head', () => {
  const view = viewOf(
    snapshot({
      statuses: [status('aws/eu-west-1')],
      incidents: [incident('aws-status/1')],
      articles: [article('aws-blog/1')],
      sources: [source('aws-status')],
    }),
  )
  expect(view.head).toBe('1000-0')
  expect([...view.statuses.keys(), ...view.incidents.keys(), ...view.articles.keys(), ...view.sources.keys()]).toEqual([
    'aws/eu-west-1',
    'aws-status/1',
    'aws-blog/1',
    'aws-status',
  ])
})

test('a snapshot of a view makes the same view again', () => {
  const told = snapshot({
    stacks: stackOfRegions(['aws/eu-west-1']),
    statuses: [status('aws/eu-west-1')],
    incidents: [incident('aws-status/1')],
    articles: [article('aws-blog/1')],
    sources: [source('aws-status')],
  })
  expect(copyView(viewOf(told), told)).toEqual(told)
})

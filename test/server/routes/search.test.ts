import { expect, test } from 'vitest'
import { search } from '../../../server/routes/search.ts'
import { emptyView } from '../../../shared/domain/view.ts'
import { article, incident, minutesAgo, region } from '../../support/builders.ts'

const catalogue = {
  providers: new Map(),
  regions: new Map(
    [
      region('azure/westeurope', { name: 'West Europe', city: 'Amsterdam' }),
      region('aws/sa-east-1', { name: 'South America (São Paulo)', city: 'São Paulo' }),
    ].map(one => [one.id, one]),
  ),
}
const view = emptyView()
for (let i = 0; i < 30; i++)
  view.incidents.set(`s/${i}`, incident(`s/${i}`, { title: 'Storage errors', updatedAt: minutesAgo(i) }))
view.articles.set('n/a', article('n/a', { title: 'Kubernetes 2 is out' }))
const ask = (question: string) => search(question, catalogue, view)

test('words are found by how they begin, in any order, without case or accents', () => {
  expect(ask('europe WEST').regions.map(({ id }) => id)).toEqual(['azure/westeurope'])
  expect(ask('sao pau').regions.map(({ id }) => id)).toEqual(['aws/sa-east-1'])
  expect(ask('kube').articles.map(({ id }) => id)).toEqual(['n/a'])
  expect(ask('netes').articles).toEqual([])
  expect(ask('west paulo').regions).toEqual([])
})

test('of many the newest are given', () => {
  const ids = ask('storage').incidents.map(({ id }) => id)
  expect(ids).toHaveLength(20)
  expect(ids[0]).toBe('s/0')
})

test('what has no words finds nothing', () => expect(ask('!?.')).toEqual({ regions: [], incidents: [], articles: [] }))

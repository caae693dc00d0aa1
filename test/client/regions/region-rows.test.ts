import { expect, test } from 'vitest'
import {
  columns,
  defaultOrder,
  formatOrder,
  orderAfterClick,
  parseOrder,
  regionRows,
  sortRows,
} from '../../../client/regions/region-list.ts'
import { minutesAgo, small, status, statusesOf, when } from '../builders.ts'

const statuses = statusesOf(
  status('aws/eu-west-1', { status: 'partial_outage', since: minutesAgo(5), incidents: ['aws-status/1'] }),
  status('aws/us-east-1'),
)
const rows = (isStale = false) =>
  regionRows(
    { catalogue: small, statuses, mine: new Set(['aws/us-east-1']), staleness: { isStale, since: null } },
    when,
  )
const ids = (text: string) => sortRows(rows(), parseOrder(text)).map(({ region }) => region.id)

test('a row says what is known of a region in the reader’s words', () => {
  const row = rows().find(({ region }) => region.id === 'aws/eu-west-1')
  expect(row).toMatchObject({
    name: 'AWS eu-west-1',
    word: 'partial outage',
    country: 'Ireland',
    incidents: 1,
    mine: false,
  })
  expect(rows().find(({ region }) => region.id === 'azure/westeurope')).toMatchObject({ word: 'unknown', since: null })
})

test('when the page is stale no row says how it was', () => {
  expect(new Set(rows(true).map(({ word, since, shown }) => `${word} ${since} ${shown.stale}`))).toEqual(
    new Set(['unknown null true']),
  )
})

test('trouble comes first, then what is unknown, then what is well', () => {
  expect(sortRows(rows(), defaultOrder).map(({ region }) => region.id)).toEqual([
    'aws/eu-west-1',
    'azure/westeurope',
    'aws/us-east-1',
  ])
})

test('what is not known comes last in both directions', () => {
  expect(ids('since')).toEqual(['aws/us-east-1', 'aws/eu-west-1', 'azure/westeurope'])
  expect(ids('-since')).toEqual(['aws/eu-west-1', 'aws/us-east-1', 'azure/westeurope'])
})

test('every column orders all rows', () => {
  for (const by of columns) expect(ids(by).toSorted()).toEqual([...small.regions.keys()].toSorted())
  expect(ids('region')).toEqual(['aws/eu-west-1', 'aws/us-east-1', 'azure/westeurope'])
  expect(ids('-provider')).toEqual(['azure/westeurope', 'aws/eu-west-1', 'aws/us-east-1'])
})

test('a second press on a column’s head turns the order round', () => {
  const first = orderAfterClick(defaultOrder, 'zones')
  expect(first).toEqual({ by: 'zones', descending: true })
  expect(orderAfterClick(first, 'zones')).toEqual({ by: 'zones', descending: false })
  expect(orderAfterClick(first, 'region')).toEqual({ by: 'region', descending: false })
})

test('an order stands in an address; what names none is the usual one', () => {
  for (const by of columns)
    for (const descending of [true, false])
      expect(parseOrder(formatOrder({ by, descending }))).toEqual({ by, descending })
  for (const text of [null, '', 'constructor', '--state']) expect(parseOrder(text)).toEqual(defaultOrder)
})

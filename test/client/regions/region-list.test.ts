import { expect, test } from 'vitest'
import {
  firstRows,
  groupRows,
  hasFilter,
  parseListQuery,
  parseListView,
  passesFilter,
  regionRows,
} from '../../../client/regions/region-list.ts'
import { small, status, statusesOf, when } from '../builders.ts'

const statuses = statusesOf(status('aws/eu-west-1', { status: 'degraded_performance' }), status('aws/us-east-1'))
const mine = new Set(['aws/us-east-1'])
const rows = regionRows({ catalogue: small, statuses, mine, staleness: { isStale: false, since: null } }, when)
const read = (query: string) => parseListQuery(new URLSearchParams(query))
const found = (query: string) =>
  rows.filter(row => passesFilter(row, read(query).filter)).map(({ region }) => region.id)

test('an address without a wish asks for everything', () => {
  expect(hasFilter(read('').filter)).toBe(false)
  expect(found('')).toHaveLength(rows.length)
})

test.each([
  ['provider=aws', ['aws/eu-west-1', 'aws/us-east-1']],
  ['geography=North+America', ['aws/us-east-1']],
  ['state=trouble', ['aws/eu-west-1']],
  ['state=unknown', ['azure/westeurope']],
  ['only=mine', ['aws/us-east-1']],
  ['text=ireland+AWS', ['aws/eu-west-1']],
  ['text=west+europe', ['azure/westeurope']],
  ['text=nowhere', []],
])('%s', (query, ids) => {
  expect(found(query)).toEqual(ids)
})

test('what is none of ours asks for nothing', () => {
  const asked = read(`provider=A%20b&state=constructor&group=__proto__&only=yes&text=${'x'.repeat(200)}`)
  expect(asked).toEqual({
    filter: { text: 'x'.repeat(100), provider: '', state: '', geography: '', mine: false },
    group: '',
  })
  expect(parseListView(new URLSearchParams('view=pie'), 'table')).toBe('table')
  expect(parseListView(new URLSearchParams('view=cards'), 'table')).toBe('cards')
})

const names = (group: 'provider' | 'geography' | 'metro' | '') =>
  groupRows(rows, group, name => name).map(({ key, rows: its }) => [key, its.length])

test('rows are grouped by what they share, the groups by name', () => {
  expect(names('provider')).toEqual([
    ['AWS', 2],
    ['Azure', 1],
  ])
  expect(names('geography')).toEqual([
    ['Europe', 2],
    ['North America', 1],
  ])
  expect(names('')).toEqual([['', 3]])
  expect(names('metro').reduce((sum, [, count]) => sum + Number(count), 0)).toBe(3)
})

test('the beginning of a long list is cut across its groups', () => {
  const groups = groupRows(rows, 'provider', name => name)
  expect(firstRows(groups, 1).map(({ rows: its }) => its.length)).toEqual([1])
  expect(firstRows(groups, 3)).toEqual(groups)
  expect(firstRows(groups, 0)).toEqual([])
})

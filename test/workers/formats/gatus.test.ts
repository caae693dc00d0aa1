import { expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const json = await fixture('gatus.json')
const ADDRESS = 'https://gatus.example.com/api/v1/endpoints/statuses?page=1&pageSize=1'

test.each([
  ['https://gatus.example.com', ADDRESS],
  ['https://gatus.example.com/#top', ADDRESS],
  [ADDRESS, ADDRESS],
  ['https://gatus.example.com/api/v1/endpoints/statuses', 'https://gatus.example.com/api/v1/endpoints/statuses'],
])('%s is fetched at %s', (url, address) => expect(readers.gatus.address(url)).toBe(address))

test('an endpoint is as its newest result, in the region of its own name or of its group', async () => {
  const { incidents, components } = readingIn(await read('gatus', json))
  expect(incidents).toEqual([])
  expect(components.map(component => [component.id, component.name, component.status, component.regions])).toEqual([
    ['src/core_front', 'front & back', 'operational', []],
    ['src/west-europe_api', 'API', 'major_outage', ['azure/westeurope']],
    [expect.stringMatching(/^src\/[0-9a-f]{20}$/), 'UK South gateway', 'unknown', ['azure/uksouth']],
  ])
})

test('one malformed endpoint does not lose the others', async () => {
  const endpoints = [null, 7, { name: 'x' }, { name: 'x', key: 'x', results: null }, ...JSON.parse(json)]
  expect(readingIn(await read('gatus', JSON.stringify(endpoints))).components).toHaveLength(3)
})

test('JSON of another kind is no reading', async () => {
  expect(readingIn(await read('gatus', '[]')).components).toEqual([])
  reasonIn(await read('gatus', '{}'))
  reasonIn(await read('gatus', '<!doctype html>'))
  expect(reasonIn(await read('gatus', await fixture('upptime.json')))).toContain('key')
})

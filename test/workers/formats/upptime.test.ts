import { expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const json = await fixture('upptime.json')
const RAW = 'https://raw.githubusercontent.com/ours/status.page/HEAD/history/summary.json'

test.each([
  ['https://github.com/ours/status.page', RAW],
  ['https://github.com/ours/status.page.git/', RAW],
  [RAW, RAW],
  ['https://git.example.com/ours/status/raw/main', 'https://git.example.com/ours/status/raw/main/history/summary.json'],
])('%s is fetched at %s', (url, address) => expect(readers.upptime.address(url)).toBe(address))

test('sites are components, with a word that is none of ours kept', async () => {
  const { incidents, components } = readingIn(await read('upptime', json))
  expect(incidents).toEqual([])
  expect(components.map(({ id, status, rawStatus, regions }) => [id, status, rawStatus, regions])).toEqual([
    ['src/shop', 'operational', null, []],
    ['src/west-europe-api', 'major_outage', null, ['azure/westeurope']],
    ['src/docs', 'degraded_performance', null, []],
    ['src/blog', 'unknown', 'asleep', []],
  ])
})

test('one malformed site does not lose the others', async () => {
  const sites = [null, { name: 'x' }, { slug: 'x', status: 'up' }, ...JSON.parse(json)]
  expect(readingIn(await read('upptime', JSON.stringify(sites))).components).toHaveLength(4)
})

test('JSON of another kind is no reading', async () => {
  reasonIn(await read('upptime', '{}'))
  reasonIn(await read('upptime', '404: Not Found'))
  expect(reasonIn(await read('upptime', await fixture('gatus.json')))).toContain('slug')
})

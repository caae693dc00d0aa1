import { expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const json = await fixture('rootly.json')
const page = (indicator: string, incidents: unknown): string =>
  JSON.stringify({ page: { name: 'Ocean' }, status: { indicator }, incidents })

const address = 'https://status.example.com/api/v1/status.json'
test.each([
  'https://status.example.com',
  'https://status.example.com/',
  address,
  'https://status.example.com/api/v1/incidents.json?page=1',
])('%s is fetched at its status', url => expect(readers.rootly.address(url)).toBe(address))

test('the page is a component, and what is open are incidents, by name or title', async () => {
  const { incidents, components, note } = readingIn(await read('rootly', json))
  expect(components).toMatchObject([{ id: 'src/page', name: 'Ocean', status: 'partial_outage' }])
  expect(incidents.map(({ id, title, status }) => [id, title, status])).toEqual([
    ['src/r1', 'Calls fail in West Europe', 'identified'],
    ['src/r3', 'Slow calls in West Europe and UK South', 'investigating'],
  ])
  expect(note).toBeUndefined()
})

test.each([
  ['none', 'operational', null],
  ['minor', 'degraded_performance', null],
  ['maintenance', 'under_maintenance', null],
  ['haunted', 'unknown', 'haunted'],
])('the indicator %s makes the page %s', async (indicator, status, rawStatus) => {
  const { components } = readingIn(await read('rootly', page(indicator, [])))
  expect(components).toMatchObject([{ status, rawStatus }])
})

test.each(['major', 'haunted'])(
  'incidents in fields of their own leave what the indicator %s says, and are told',
  async indicator => {
    const { incidents, components, note } = readingIn(
      await read('rootly', page(indicator, [{ uuid: 1, what: 'Fire' }])),
    )
    expect(incidents).toEqual([])
    expect(components.map(({ status }) => status)).not.toContain('operational')
    expect(note).toBe('none of the 1 incidents can be read: each needs an id, a name or title and a created_at')
  },
)

test('incidents that cannot be read are never well', async () => {
  reasonIn(await read('rootly', page('none', [{ uuid: 1 }])))
  reasonIn(await read('rootly', page('none', 'nothing')))
})

test('another document is no status', async () => {
  expect(reasonIn(await read('rootly', '{"page": {"name": "Ocean"}}'))).toContain('`status.indicator`')
  reasonIn(await read('rootly', '<!doctype html>'))
})

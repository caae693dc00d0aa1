import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const json = await fixture('azure-devops.json')
const reading = async (body: string) => readingIn(await read('azure-devops', body))
const HEALTH = 'https://status.dev.azure.com/_apis/status/health'

test.each([
  ['https://status.dev.azure.com', `${HEALTH}?api-version=7.1-preview.1`],
  ['https://status.dev.azure.com/', `${HEALTH}?api-version=7.1-preview.1`],
  [`${HEALTH}?geographies=EU`, `${HEALTH}?geographies=EU`],
])('%s is fetched at %s', (url, address) => expect(readers['azure-devops'].address(url)).toBe(address))

describe('an answer with services that are not healthy', async () => {
  const { incidents, components, undated } = await reading(json)

  test('has each service in each geography, and keeps a word that nobody knows', () => {
    expect(components).toHaveLength(9)
    expect(components.filter(({ status }) => status !== 'operational')).toMatchObject([
      { id: 'src/boards.us', name: 'Boards, US', status: 'degraded_performance', rawStatus: null, regions: [] },
      { id: 'src/boards.eu', name: 'Boards, EU', status: 'major_outage', rawStatus: null, regions: [] },
      { id: 'src/pipelines.uk', name: 'Pipelines, UK', status: 'unknown', rawStatus: 'asleep', regions: [] },
    ])
  })

  test('has an incident for each, of one title and without times of its own', () => {
    expect(incidents.map(({ id, impact, services }) => [id, impact, services])).toEqual([
      ['src/boards.us', 'minor', ['Boards, US']],
      ['src/boards.eu', 'critical', ['Boards, EU']],
      ['src/repos.uk', 'none', ['Repos, UK']],
      ['src/pipelines.uk', 'minor', ['Pipelines, UK']],
    ])
    expect(new Set(incidents.map(({ title }) => title))).toEqual(
      new Set(['Work items load slowly & some boards are empty']),
    )
    expect(undated).toEqual(incidents.map(({ id }) => id))
  })
})

test('an incident without a sentence is called after its service', async () => {
  const body = JSON.stringify({ services: [{ id: 'Test Plans', geographies: [{ id: 'EU', health: 'unhealthy' }] }] })
  expect((await reading(body)).incidents).toMatchObject([{ id: 'src/test-plans.eu', title: 'Test Plans, EU' }])
})

test('JSON of another kind, and a health of nothing, are no reading', async () => {
  reasonIn(await read('azure-devops', '[]'))
  reasonIn(await read('azure-devops', '{"status": {"health": "healthy"}}'))
  expect(reasonIn(await read('azure-devops', '{"services": []}'))).toBe('the health lists no service: it tells nothing')
})

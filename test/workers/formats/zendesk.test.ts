import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const incidentsJson = await fixture('zendesk-incidents.json')
const also = await fixture('zendesk-services.json')
const reading = async (body: string) => readingIn(await read('zendesk', body, { also }))
const SSP = 'https://status.zendesk.com/api/ssp'

test.each([
  ['https://status.zendesk.com', ''],
  ['https://status.zendesk.com/', ''],
  ['https://status.zendesk.com?subdomain=acme', '?subdomain=acme'],
  ['https://status.zendesk.com/?lang=en&subdomain=acme#top', '?subdomain=acme'],
  [`${SSP}/incidents.json?subdomain=acme`, '?subdomain=acme'],
])('%s is fetched at both documents, of the pod that it names', (url, query) => {
  expect(readers.zendesk.address(url)).toBe(`${SSP}/incidents.json${query}`)
  expect(readers.zendesk.also?.(url)).toBe(`${SSP}/services.json${query}`)
})

test('no incident means that all services are well, without those that are history', async () => {
  const { incidents, components } = await reading('{"data": []}')
  expect(incidents).toEqual([])
  expect(components.map(({ name, status }) => [name, status])).toEqual([
    ['Support', 'operational'],
    ['Chat', 'operational'],
    ['Talk (West Europe)', 'operational'],
    ['Guide (UK South)', 'operational'],
  ])
})

describe('an answer with incidents', async () => {
  const { incidents, components } = await reading(incidentsJson)
  const [calls, odd, search] = incidents

  test('has an open one, of the services where it is not over yet', () => {
    expect(calls).toMatchObject({
      id: 'src/701',
      status: 'investigating',
      rawStatus: null,
      impact: 'major',
      services: ['Talk (West Europe)'],
      startedAt: '2026-11-24T10:00:00.000Z',
      resolvedAt: null,
      updates: [],
    })
    expect(components.map(({ status }) => status)).toEqual([
      'operational',
      'operational',
      'major_outage',
      'operational',
    ])
  })

  test('has none that concerns inner tools alone', () => expect(incidents).toHaveLength(3))

  test('keeps a word that is none of ours, and is as bad as its flags where it says no impact', () =>
    expect(odd).toMatchObject({
      title: 'Odd & slow',
      status: 'investigating',
      rawStatus: 'simmering',
      impact: 'minor',
    }))

  test('has one that is over, of all its services', () =>
    expect(search).toMatchObject({ status: 'resolved', services: ['Support'], resolvedAt: '2026-11-24T08:40:00.000Z' }))
})

test.each([
  ['resolved', null, 'resolved'],
  ['completed', null, 'resolved'],
  ['monitoring', null, 'monitoring'],
  ['monitoring', '2026-11-24T11:00:00Z', 'resolved'],
])('an incident that is %s and resolved at %s is %s', async (status, resolvedAt, stage) => {
  const attributes = { name: 'Slow', status, startedAt: '2026-11-24T10:00:00Z', resolvedAt }
  expect((await reading(JSON.stringify({ data: [{ id: '1', attributes }] }))).incidents).toMatchObject([
    { status: stage, rawStatus: null, impact: 'minor' },
  ])
})

test('a maintenance whose end is ahead is not over', async () => {
  const attributes = {
    name: 'Work',
    impact: 'maintenance',
    startedAt: '2026-11-24T11:00:00Z',
    resolvedAt: '2026-11-24T13:00:00Z',
  }
  expect((await reading(JSON.stringify({ data: [{ id: '1', attributes }] }))).incidents).toMatchObject([
    { kind: 'maintenance', status: 'in_progress', scheduledUntil: '2026-11-24T13:00:00.000Z', resolvedAt: null },
  ])
})

test('JSON of another kind is no reading, nor is one document without the other', async () => {
  expect(reasonIn(await read('zendesk', '{"error": "x"}', { also }))).toContain("not Zendesk's list of incidents")
  expect(reasonIn(await read('zendesk', '{"data": []}', { also: '{}' }))).toContain("not Zendesk's list of services")
  expect(reasonIn(await read('zendesk', '{"data": []}', { also: '<html>' }))).toContain('services: the answer is a web')
  expect(reasonIn(await read('zendesk', '{"data": []}'))).toContain('the services were not fetched')
})

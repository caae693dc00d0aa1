import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const json = await fixture('cstate.json')
const reading = async (body: string) => readingIn(await read('cstate', body))

test.each([
  ['https://status.example.com', 'https://status.example.com/index.json'],
  ['https://status.example.com/index.json', 'https://status.example.com/index.json'],
])('%s is fetched at %s', (url, address) => expect(readers.cstate.address(url)).toBe(address))

describe('a page', async () => {
  const { incidents, components } = await reading(json)
  const [down, slow, work, ahead, done] = incidents

  test('has its systems as components, where they or their categories say', () =>
    expect(components.map(({ name, status, regions }) => [name, status, regions.join()])).toEqual([
      ['API', 'major_outage', 'azure/westeurope'],
      ['Web (UK South)', 'degraded_performance', 'azure/uksouth'],
      ['Mail', 'operational', ''],
      ['Docs', 'unknown', ''],
    ]))

  test('keeps words that nobody knows', () => {
    expect(components[3]?.rawStatus).toBe('haunted')
    expect(done).toMatchObject({ impact: 'minor', rawStatus: 'sinister' })
  })

  test('has an issue once, whichever systems it stands below', () => {
    expect(incidents).toHaveLength(5)
    expect(slow).toMatchObject({
      title: 'Slow pages',
      services: ['API (West Europe)', 'Web (UK South)'],
      regions: ['azure/uksouth'],
      url: 'https://status.example.com/issues/slow/',
    })
  })

  test('has dates as Go prints them', () => {
    expect(down).toMatchObject({ impact: 'critical', startedAt: '2026-11-24T10:00:00.000Z' })
    expect(done).toMatchObject({ status: 'resolved', resolvedAt: '2026-11-24T09:00:00.000Z' })
  })

  test('has announcements, which make a system no worse than under maintenance', () => {
    expect(work).toMatchObject({ kind: 'maintenance', status: 'in_progress', impact: 'maintenance' })
    expect(ahead).toMatchObject({ status: 'scheduled', scheduledFor: '2026-11-30T01:00:00.000Z' })
  })
})

test('a title with a quotation mark breaks the document, and what to read instead is told', async () =>
  expect(reasonIn(await read('cstate', json.replace('Slow pages', 'Slow "pages"')))).toContain(
    '/index.xml as rss-status',
  ))

test('another document is no page', async () => {
  expect(reasonIn(await read('cstate', '{"systems": []}'))).toContain('`cStateVersion`')
  expect(reasonIn(await read('cstate', '<html>'))).toContain('a web page or XML')
  reasonIn(await read('cstate', '[]'))
})

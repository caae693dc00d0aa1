import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const json = await fixture('instatus.json')
const reading = async (body: string) => readingIn(await read('instatus', body))

test.each([
  ['https://status.example.com/', 'https://status.example.com/v3/summary.json'],
  ['https://status.example.com/summary.json', 'https://status.example.com/summary.json'],
])('%s is fetched at %s', (url, address) => expect(readers.instatus.address(url)).toBe(address))

test('a quiet page leaves its lists out and is well as a whole; what is not listed is over', async () => {
  const quiet = await reading('{"page": {"name": "Ocean", "url": "https://status.example.com", "status": "UP"}}')
  expect(quiet).toMatchObject({ incidents: [], components: [{ id: 'src/page', name: 'Ocean', status: 'operational' }] })
  expect(readers.instatus.complete).toBe(true)
})

test.each([
  ['HASISSUES', 'degraded_performance', null],
  ['UNDERMAINTENANCE', 'under_maintenance', null],
  ['On <i>holiday</i>', 'unknown', 'On holiday'],
])('a page that says %s is %s', async (word, status, rawStatus) => {
  const { components } = await reading(JSON.stringify({ page: { status: word } }))
  expect(components).toMatchObject([{ name: 'Source', status, rawStatus }])
})

describe('a summary', async () => {
  const { incidents } = await reading(json)
  const [uploads, mail, signIn, switches, disks] = incidents

  test('has an incident in the regions of its name', () =>
    expect(uploads).toMatchObject({
      id: 'src/cl1abc',
      title: 'Slow uploads in West Europe & UK South',
      status: 'identified',
      rawStatus: null,
      impact: 'major',
      scope: 'regional',
      regions: ['azure/uksouth', 'azure/westeurope'],
      startedAt: '2026-11-24T09:30:00.000Z',
      updatedAt: '2026-11-24T10:15:00.000Z',
      resolvedAt: null,
      url: 'https://status.example.com/cl1abc',
    }))

  test('may have words that nobody knows, which change nothing but are kept', () =>
    expect(mail).toMatchObject({ status: 'investigating', rawStatus: 'SHRUGGING', impact: 'minor', url: null }))

  test('may still list what is over', () =>
    expect(signIn).toMatchObject({ status: 'resolved', impact: 'critical', resolvedAt: '2026-11-23T09:00:00.000Z' }))

  test('has maintenances with an end made of their length in minutes', () => {
    expect(switches).toMatchObject({
      kind: 'maintenance',
      status: 'scheduled',
      impact: 'maintenance',
      scheduledFor: '2026-11-25T01:00:00.000Z',
      scheduledUntil: '2026-11-25T02:30:00.000Z',
    })
    expect(disks).toMatchObject({ status: 'in_progress', scheduledUntil: '2026-11-24T13:00:00.000Z' })
  })

  test('whose maintenance has no length has no end', async () => {
    const { incidents: open } = await reading(json.replace('"90"', '"9999999999999"'))
    expect(open[3]).toMatchObject({ id: 'src/cm1abc', scheduledUntil: null })
  })
})

test('malformed entries leave the others standing; only malformed ones are no reading', async () => {
  const page = JSON.parse(json)
  page.activeIncidents.unshift(null, 7, { id: 'x' })
  expect((await reading(JSON.stringify(page))).incidents).toHaveLength(5)
  reasonIn(await read('instatus', '{"page": {"status": "UP"}, "activeIncidents": [{"id": "x"}]}'))
  reasonIn(await read('instatus', '{"page": {}}'))
  reasonIn(await read('instatus', '[]'))
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const page = await fixture('uptime-kuma-page.json')
const heartbeats = await fixture('uptime-kuma-heartbeats.json')
const url = 'https://kuma.example.com/status/main'
const reading = async (body: string, also = heartbeats) => readingIn(await read('uptime-kuma', body, { also, url }))

test.each([
  ['https://kuma.example.com/status/Main?theme=dark', 'main'],
  ['https://kuma.example.com/api/status-page/main', 'main'],
  ['https://kuma.example.com/api/status-page/heartbeat/main', 'main'],
  ['https://kuma.example.com/status', 'default'],
  ['https://kuma.example.com', 'default'],
])('%s is fetched as the page and the heartbeats of %s', (address, slug) => {
  const { 'uptime-kuma': kuma } = readers
  expect(kuma.address(address)).toBe(`https://kuma.example.com/api/status-page/${slug}`)
  expect(kuma.also?.(address)).toBe(`https://kuma.example.com/api/status-page/heartbeat/${slug}`)
})

test('a quiet page has nothing to tell', async () =>
  expect(await reading('{"publicGroupList": [], "incident": null}', '{"heartbeatList": {}}')).toEqual({
    incidents: [],
    components: [],
    articles: [],
  }))

describe('a page', async () => {
  const { incidents, components } = await reading(page)
  const [mail, hours, disks, restart] = incidents

  test('has its monitors by name, as their last beat says, in the region of their group', () =>
    expect(
      components.map(({ id, name, status, rawStatus, regions }) => [id, name, status, rawStatus, regions]),
    ).toEqual([
      ['src/3', 'Web', 'operational', null, []],
      ['src/4', 'Mail', 'major_outage', null, []],
      ['src/5', 'Ticket & Chat', 'under_maintenance', null, []],
      ['src/6', 'API', 'unknown', 'pending', ['azure/westeurope']],
      ['src/7', 'Queue', 'unknown', null, ['azure/westeurope']],
      ['src/8', 'Lake', 'unknown', '17', ['azure/westeurope']],
    ]))

  test('has its pinned incidents, as bad as they are styled, with dates in UTC', () => {
    expect(mail).toMatchObject({
      id: 'src/incident-1',
      kind: 'incident',
      status: 'identified',
      impact: 'major',
      startedAt: '2026-11-24T10:00:00.000Z',
      updatedAt: '2026-11-24T11:00:00.000Z',
      url,
      updates: [{ text: 'The relay refuses mail.\nCause identified.' }],
    })
    expect(hours).toMatchObject({ status: 'investigating', impact: 'none', updates: [] })
  })

  test('has its maintenances, by their own clocks', () => {
    expect(disks).toMatchObject({
      id: 'src/maintenance-1',
      kind: 'maintenance',
      status: 'in_progress',
      impact: 'maintenance',
      scheduledFor: '2026-11-24T11:30:00.000Z',
      scheduledUntil: '2026-11-24T13:30:00.000Z',
    })
    expect(restart).toMatchObject({ status: 'scheduled', startedAt: '2026-11-29T02:00:00.000Z' })
  })

  test('leaves out a maintenance without a time', () => expect(incidents).toHaveLength(4))
})

test('the one incident of version 1 is read as well, and what is no longer pinned is over', async () => {
  const { incident, ...rest } = { ...JSON.parse(page), incident: JSON.parse(page).incidents[0] }
  const { incidents } = await reading(JSON.stringify({ ...rest, incidents: undefined, incident }))
  expect(incidents[0]).toMatchObject({ id: 'src/incident-1', title: 'Mail is down' })
  expect(readers['uptime-kuma'].complete).toBe(true)
})

test('documents of another kind are no reading, nor is one without the other', async () => {
  reasonIn(await read('uptime-kuma', page))
  reasonIn(await read('uptime-kuma', '<!doctype html>', { also: heartbeats }))
  reasonIn(await read('uptime-kuma', '{"msg": "Not Found"}', { also: heartbeats }))
  reasonIn(await read('uptime-kuma', page, { also: '<!doctype html>' }))
  reasonIn(await read('uptime-kuma', page, { also: '{"heartbeatList": [1]}' }))
})

test('any JSON at all may come as heartbeats', () =>
  fc.assert(
    fc.asyncProperty(fc.json(), fc.dictionary(fc.string(), fc.jsonValue()), async (any, list) => {
      for (const also of [any, JSON.stringify({ heartbeatList: list })]) {
        const result = await read('uptime-kuma', page, { also })
        if (result.ok) readingIn(result)
        else reasonIn(result)
      }
    }),
    { numRuns: 50 },
  ))

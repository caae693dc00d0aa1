import { expect, test } from 'vitest'
import type { JsonMap } from '../../../../workers/config/inbound-config.ts'
import { incidentsIn, post, readPost } from './read-post.ts'

const aws = { provider: 'aws' }

test('each alert of a group of Alertmanager is an incident by its fingerprint', async () => {
  const [checkout, queue] = await incidentsIn('alertmanager', 'alertmanager', aws)
  expect(checkout).toMatchObject({
    id: 'own/b1946ac92492d234',
    isPrivate: true,
    title: 'Checkout is down',
    status: 'investigating',
    impact: 'critical',
    regions: ['aws/eu-west-1'],
    serviceIds: ['aws/ec2'],
    startedAt: '2026-11-24T11:50:00.000Z',
    resolvedAt: null,
    url: 'https://prometheus.example.com/graph?g0.expr=up',
  })
  expect(checkout?.updates[0]?.text).toBe('No order for five minutes.')
  expect(queue).toMatchObject({
    id: 'own/591785b794601e21',
    title: 'QueueLong',
    impact: 'minor',
    scope: 'unspecified',
    url: 'https://alerts.example.com/',
  })
})

test('an alert that is resolved ends at its end', async () => {
  expect(await incidentsIn('alertmanager', 'alertmanager-resolved', aws)).toEqual([
    expect.objectContaining({
      id: 'own/b1946ac92492d234',
      status: 'resolved',
      resolvedAt: '2026-11-24T12:05:00.000Z',
      updatedAt: '2026-11-24T12:05:00.000Z',
    }),
  ])
})

test('Grafana says the same, and links to its panel', async () => {
  expect(await incidentsIn('grafana', 'grafana', aws)).toEqual([
    expect.objectContaining({
      id: 'own/b1946ac92492d234',
      regions: ['aws/eu-west-1'],
      url: 'https://grafana.example.com/d/abc?viewPanel=1',
    }),
  ])
})

const map: JsonMap = {
  each: 'monitors',
  id: 'check.key',
  title: 'check.name',
  status: 'state',
  severity: 'level',
  text: 'note',
  regions: 'where',
  services: 'parts',
  startedAt: 'since',
  url: 'link',
}

test('any JSON is read by the paths of its map', async () => {
  expect(await incidentsIn('json', 'json', { ...aws, map })).toEqual([
    expect.objectContaining({
      id: 'own/42',
      isPrivate: true,
      title: 'Login fails',
      status: 'investigating',
      rawStatus: null,
      impact: 'major',
      regions: ['aws/eu-west-1'],
      services: ['Login', 'Sessions'],
      startedAt: '2026-11-24T11:40:00.000Z',
      url: 'https://checks.example.com/42',
    }),
  ])
})

test('what a post does not date is of the time at which it came; a word that nobody knows stays as it is', () => {
  const told = readPost(
    'json',
    { id: 1, title: 'Slow', state: 'sluggish' },
    { map: { id: 'id', title: 'title', status: 'state' } },
  )
  if (!told.ok) throw new Error(told.error)
  expect(told.value.undated).toEqual(['own/1'])
  expect(told.value.incidents[0]).toMatchObject({
    rawStatus: 'sluggish',
    status: 'investigating',
    startedAt: '2026-11-24T12:00:00.000Z',
  })
})

test.each([
  ['azure-service-health', 'alertmanager', 'no alert of Azure'],
  ['aws-health', 'grafana', "no event of AWS Health: forward events whose source is 'aws.health'"],
  ['google-service-health', 'aws-health', 'no event of Personalized Service Health'],
  ['alertmanager', 'aws-health', 'no list of alerts'],
] as const)('%s does not take a post of %s', async (format, name, why) => {
  const told = readPost(format, JSON.parse(await post(name)))
  expect(told.ok ? '' : told.error).toContain(why)
})

test('a map that finds nothing says where it looked', () => {
  const told = readPost('json', { monitors: [{ name: 'x' }] }, { map })
  expect(told).toEqual({
    ok: false,
    error: "none of the 1 entries can be read: each needs a text at 'check.key' and at 'check.name'",
  })
})

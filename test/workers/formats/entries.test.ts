import { describe, expect, test } from 'vitest'
import type { WireFormat } from '../../../shared/domain/source.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

/** Formats, their fixtures, and the way to each list that holds records. */
const lists: [WireFormat, string, string[]][] = [
  ['aws-events', 'aws-events.json', ['']],
  ['google-incidents', 'google-incidents.json', ['']],
  ['statuspage', 'statuspage.json', ['incidents', 'scheduled_maintenances', 'components']],
  ['instatus', 'instatus.json', ['activeIncidents', 'activeMaintenances']],
  [
    'statusio',
    'statusio.json',
    ['result.incidents', 'result.maintenance.active', 'result.maintenance.upcoming', 'result.status'],
  ],
  ['betterstack', 'betterstack.json', ['included']],
  ['cachet', 'cachet2.json', ['data']],
  ['cachet', 'cachet3.json', ['data']],
  [
    'uptime-kuma',
    'uptime-kuma-page.json',
    ['incidents', 'maintenanceList', 'publicGroupList', 'publicGroupList.0.monitorList'],
  ],
  ['gatus', 'gatus.json', ['']],
  ['upptime', 'upptime.json', ['']],
  ['slack', 'slack.json', ['active_incidents']],
  ['heroku', 'heroku.json', ['incidents', 'scheduled', 'status']],
  ['oracle-components', 'oracle-components.json', ['regionHealthReports']],
  ['azure-devops', 'azure-devops.json', ['services']],
  ['salesforce-trust', 'salesforce-instances.json', ['', '0.Incidents', '0.Maintenances']],
  ['salesforce-trust', 'salesforce-active.json', ['']],
  ['zendesk', 'zendesk-incidents.json', ['data']],
  ['pagerduty', 'pagerduty-services.json', ['services']],
  ['firehydrant', 'firehydrant.json', ['incidents', 'components']],
  ['feed', 'json-feed.json', ['items']],
  [
    'statuspal',
    'statuspal.json',
    ['services', 'services.0.children', 'incidents', 'maintenances', 'upcoming_maintenances'],
  ],
  ['cstate', 'cstate.json', ['systems', 'systems.0.unresolvedIssues']],
  ['m365', 'm365-posts.json', ['']],
]
const seconds = new Map<WireFormat, string>([
  ['uptime-kuma', 'uptime-kuma-heartbeats.json'],
  ['zendesk', 'zendesk-services.json'],
  ['pagerduty', 'pagerduty-posts.json'],
])
const cases = lists.flatMap(([kind, file, paths]) => paths.map(path => [kind, file, path] as const))

/** The fixture with what stands at the path replaced; '' is the whole. */
function replaced(json: string, path: string, by: unknown): string {
  if (path === '') return JSON.stringify(by)
  const document = JSON.parse(json)
  const keys = path.split('.')
  let node = document
  for (const key of keys.slice(0, -1)) node = node[key]
  node[keys.at(-1) ?? ''] = by
  return JSON.stringify(document)
}

describe.each(cases)('%s (%s): a list at %j', async (kind, file, path) => {
  const json = await fixture(file)
  const second = seconds.get(kind)
  const also = second === undefined ? undefined : await fixture(second)
  const reading = (by: unknown) => read(kind, replaced(json, path, by), also === undefined ? {} : { also })

  test.each([[[1, 1, 1]], [[{}, {}]], [[null]]])('of %j, of which nothing can be read, is no reading', async by => {
    expect(reasonIn(await reading(by))).toMatch(/none of|no region can be read|no item|items has a date/)
  })

  test('that is none is no reading', async () => {
    reasonIn(await reading('nothing'))
    reasonIn(await reading({ 0: {} }))
  })
})

test('reports of Better Stack that have lost their attributes are no reading', async () => {
  const page = JSON.parse(await fixture('betterstack.json'))
  for (const entry of page.included) if (entry.type === 'status_report') delete entry.attributes
  expect(reasonIn(await read('betterstack', JSON.stringify(page)))).toContain('none of the 4 reports can be read')
})

test('a maintenance of Uptime Kuma with a time that cannot be read is none that is switched on by hand', async () => {
  const page = JSON.parse(await fixture('uptime-kuma-page.json'))
  const also = await fixture('uptime-kuma-heartbeats.json')
  const withSlots = (timeslotList: unknown) => {
    page.maintenanceList = [{ id: 1, title: 'Disks', timeslotList }]
    return read('uptime-kuma', JSON.stringify(page), { also })
  }
  expect(readingIn(await withSlots([])).incidents).toHaveLength(2)
  expect(reasonIn(await withSlots([1]))).toContain('none of the 1 maintenances can be read')
})

test('the one pinned incident of Uptime Kuma 1 that cannot be read is no reading', async () => {
  const page = JSON.parse(await fixture('uptime-kuma-page.json'))
  const also = await fixture('uptime-kuma-heartbeats.json')
  const reading = (incident: unknown) => read('uptime-kuma', JSON.stringify({ ...page, incident }), { also })
  expect(reasonIn(await reading(5))).toContain('none of the 1 pinned incidents can be read')
  readingIn(await reading(null))
})

test('lists that are null or missing are empty', async () => {
  const quiet = '{"page": {}, "incidents": null}'
  expect(readingIn(await read('statuspage', quiet))).toEqual({ incidents: [], components: [], articles: [] })
})

test('a readable entry leaves a list standing, whatever is beside it', async () => {
  const incident = { id: 'a', name: 'Slow', created_at: '2026-11-24T10:00:00Z' }
  const page = JSON.stringify({ page: {}, incidents: [1, incident, {}] })
  expect(readingIn(await read('statuspage', page)).incidents).toHaveLength(1)
})

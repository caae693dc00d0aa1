import { describe, expect, test } from 'vitest'
import { stackPage } from '../../../server/outward/stack-page.ts'
import { stackSummary } from '../../../server/outward/stack-summary.ts'
import { pageDocuments } from '../../../server/outward/statuspage.ts'
import type { SubjectFacts } from '../../../server/outward/subject.ts'
import type { Stack } from '../../../shared/domain/stack.ts'
import { emptyView } from '../../../shared/domain/view.ts'
import { provider, status } from '../../client/builders.ts'
import { component, incident, minutesAgo, NOON, region, source } from '../../support/builders.ts'

const west = region('azure/westeurope', { name: 'West Europe' })
const shop: Stack = {
  id: 'shop',
  name: 'Shop',
  uses: [
    { kind: 'region', region: west.id },
    { kind: 'vendor', vendor: 'github', sites: [], parts: ['Actions'] },
    { kind: 'source', source: 'our-gatus' },
  ],
}

/** What is known of the shop: two sources were read just now, GitHub's so many minutes ago. */
function known({ github = 0, workers = 0 } = {}): SubjectFacts {
  const view = emptyView()
  const sources = [
    source('azure-status'),
    source('our-gatus', { provider: 'us', name: 'Our checks' }),
    source('github-status', { provider: 'github', name: 'GitHub', failures: github, lastOkAt: minutesAgo(github) }),
  ]
  for (const one of sources) view.sources.set(one.id, one)
  view.statuses.set(west.id, status(west.id))
  return {
    view,
    catalogue: { providers: new Map([['azure', provider('azure', 'Azure')]]), regions: new Map([[west.id, west]]) },
    workersAt: minutesAgo(workers),
    now: NOON,
    stackFacts: { stacks: new Map(), services: new Map(), dependencies: () => [], siteOf: () => null },
    names: { services: new Map(), vendors: new Map() },
  }
}

const address = { base: 'https://status.example.com', page: 'https://status.example.com/statuspage/stack/shop' }
const actions = incident('github-status/a', { provider: 'github', regions: [], services: ['Actions'], impact: 'major' })

describe('a stack', () => {
  test('is operational where all of it is read and well', () => {
    expect(stackSummary(shop, known())).toMatchObject({ status: 'operational', lastKnown: null, silent: [] })
  })

  test('is in what certainly concerns it', () => {
    const facts = known()
    facts.view.incidents.set(actions.id, actions)
    expect(stackSummary(shop, facts)).toMatchObject({ status: 'partial_outage' })
  })

  test('is unknown, never well, where it names a part that its page does not list', () => {
    const facts = known()
    const list = (name: string) => {
      const part = component(`github-status/${name}`, { provider: 'github', name })
      facts.view.components.set(part.id, part)
    }
    list('Git Operations')
    expect(stackSummary(shop, facts)).toMatchObject({ status: 'unknown', unwatched: [{ parts: ['Actions'] }] })
    list('Actions')
    expect(stackSummary(shop, facts)).toMatchObject({ status: 'operational', unwatched: [] })
  })

  test('is unknown, never well, where one of its sources is silent, and says what was last known', () => {
    const facts = known({ github: 40 })
    expect(stackSummary(shop, facts)).toMatchObject({
      status: 'unknown',
      lastKnown: { status: 'operational', at: minutesAgo(40) },
      silent: [{ id: 'github-status' }],
    })
    facts.view.incidents.set(actions.id, actions)
    expect(stackSummary(shop, facts)).toMatchObject({ status: 'unknown', lastKnown: { status: 'partial_outage' } })
  })

  test('is unknown without a heartbeat of the workers', () => {
    expect(stackSummary(shop, known({ workers: 5 }))).toMatchObject({
      status: 'unknown',
      lastKnown: { status: 'operational', at: minutesAgo(5) },
    })
  })

  test('is unknown where no source reports on a use', () => {
    const uses = [...shop.uses, { kind: 'vendor' as const, vendor: 'stripe', sites: [], parts: [] }]
    expect(stackSummary({ ...shop, uses }, known())).toMatchObject({
      status: 'unknown',
      lastKnown: null,
      unwatched: [{ vendor: 'stripe' }],
    })
  })
})

test('a status page of a stack shows each use, and until when the state of a silent one was known', () => {
  const facts = known({ github: 40 })
  facts.view.incidents.set(actions.id, actions)
  const { components, incidents, status } = pageDocuments(stackPage(shop, facts), facts, address)['summary.json']
  expect(components.map(({ id, name, status, description }) => [id, name, status, description])).toEqual([
    ['azure.westeurope', 'Azure West Europe', 'operational', null],
    [
      'github.Actions.',
      'GitHub: Actions',
      'partial_outage',
      `Last known state: not up to date since ${minutesAgo(40)}.`,
    ],
    ['source.our-gatus', 'Our checks', 'operational', null],
  ])
  expect(incidents).toMatchObject([{ id: 'github-status.a', components: [{ id: 'github.Actions.' }] }])
  expect(status.indicator).toBe('minor')
})

import { describe, expect, it, test } from 'vitest'
import { type CollectionName, collectionNames } from '../../../shared/domain/collections.ts'
import type { Event, EventDraft } from '../../../shared/domain/events.ts'
import { defaultSettings } from '../../../shared/domain/notice.ts'
import type { StackFacts } from '../../../shared/domain/reason.ts'
import { type CollectionLists, narrow } from '../../../shared/domain/snapshot.ts'
import { parseUse, type Stack } from '../../../shared/domain/stack.ts'
import { stackChannels } from '../../../shared/domain/stack-channels.ts'
import { snapshot, status } from '../../client/builders.ts'
import { article, component, incident, minutesAgo, probe, region, source } from '../../support/builders.ts'

const regions = new Map(['aws/us-east-1', 'aws/eu-west-1', 'azure/westeurope'].map(id => [id, region(id)]))
const stackOf = (id: string, ...uses: string[]): Stack => ({
  id,
  name: id,
  uses: uses.map(text => {
    const use = parseUse(text, regions)
    if (!use.ok) throw new Error(use.error)
    return use.value
  }),
})
const stacks = [
  stackOf('shop', 'aws/lambda@us-east-1', 'github[Actions]'),
  stackOf('site', 'azure/westeurope', 'source/our-gatus'),
  stackOf('data', 'datadog@us1', 'probe/checkout'),
  stackOf('whole', 'aws'),
  stackOf('group', 'stack/shop'),
  stackOf('idle'),
]
const facts: StackFacts = {
  stacks: new Map(stacks.map(stack => [stack.id, stack])),
  services: new Map([['aws/lambda', { id: 'aws/lambda', scope: 'regional', under: null, isBroad: false }]]),
  siteOf: () => null,
  dependencies: (vendor, site) =>
    vendor === 'datadog' && site === 'us1' ? [{ region: 'aws/us-east-1', isCertain: true }] : [],
}
const known = [
  incident('aws-status/a', { provider: 'aws', regions: ['aws/us-east-1'], serviceIds: ['aws/lambda'] }),
  incident('gcp/b', { provider: 'google', regions: [] }),
]
const channels = stackChannels(stacks, facts, id => known.find(one => one.id === id))
const channelFacts = { countryOf: () => 'NL', stacksOf: channels.of }

const lambda = { provider: 'aws', regions: ['aws/us-east-1'], services: ['AWS Lambda'], serviceIds: ['aws/lambda'] }

/** The stacks that hear of an event. */
const hearing = (draft: Pick<EventDraft, 'type' | 'data'>, provider = 'aws') => {
  // a type and its data, put together by each test
  const event = { id: '1-0', at: minutesAgo(0), channels: ['all', `provider/${provider}`], ...draft } as Event
  const told = channels.address(event)
  expect(told.channels.slice(0, 2)).toEqual(event.channels)
  return told.channels.slice(2)
}
const stack = (...ids: string[]) => ids.map(id => `stack/${id}`)

describe('a stack hears of', () => {
  it('an incident that concerns it, with any strength', () => {
    const data = incident('aws-status/a', { ...lambda, everRegions: [] })
    for (const type of ['incident.opened', 'incident.updated', 'incident.resolved'] as const)
      expect(hearing({ type, data })).toEqual(stack('shop', 'data', 'whole', 'group'))
    const elsewhere = incident('aws-status/b', { ...lambda, regions: ['aws/eu-west-1'] })
    expect(hearing({ type: 'incident.opened', data: elsewhere })).toEqual(stack('whole'))
    expect(hearing({ type: 'incident.opened', data: incident('gcp/c', { provider: 'google', regions: [] }) })).toEqual(
      [],
    )
  })

  it('an article that concerns it', () => {
    const data = article('blog/a', { providers: ['github'], regions: [] })
    expect(hearing({ type: 'article.published', data })).toEqual(stack('shop', 'group'))
  })

  it('the status of a region that it uses, alone or through a vendor', () => {
    expect(hearing({ type: 'region.status', data: status('aws/us-east-1') })).toEqual(
      stack('shop', 'data', 'group', 'whole'),
    )
    expect(hearing({ type: 'region.status', data: status('aws/eu-west-1') })).toEqual(stack('whole'))
    expect(hearing({ type: 'region.status', data: status('azure/westeurope') })).toEqual(stack('site'))
  })

  it('the parts and the health of its sources', () => {
    const part = component('github-status/actions', { provider: 'github', name: 'Actions' })
    const updated = { upserted: [part], removed: [] }
    expect(hearing({ type: 'components.updated', data: updated }, 'github')).toEqual(stack('shop', 'group'))
    const removed = { upserted: [], removed: ['our-gatus/web'] }
    expect(hearing({ type: 'components.updated', data: removed }, 'us')).toEqual(stack('site'))
    expect(hearing({ type: 'source.health', data: source('our-gatus', { provider: 'us' }) })).toEqual(stack('site'))
    expect(hearing({ type: 'source.health', data: source('az', { provider: 'azure' }) })).toEqual(stack('site'))
  })

  it('its probes, and those of its regions', () => {
    const data = probe('checkout', { provider: 'us', region: 'azure/westeurope' })
    expect(hearing({ type: 'probe.changed', data })).toEqual(stack('data', 'site'))
  })

  it('the end of any source', () => {
    const everybody = stack(...stacks.map(({ id }) => id))
    expect(hearing({ type: 'source.removed', data: { id: 'x' } })).toEqual(everybody)
  })

  it('no settings, which name all stacks', () => {
    expect(hearing({ type: 'office.changed', data: { ...defaultSettings, stacks } })).toEqual([])
  })

  it('what the office does about an incident that concerns it, and about no other', () => {
    const handled = (id: string) =>
      hearing({ type: 'handling.changed', data: { id, acknowledgement: null, channels: [], entries: [] } })
    expect(handled('aws-status/a')).toEqual(stack('shop', 'data', 'whole', 'group'))
    expect([handled('gcp/b'), handled('aws-status/gone')]).toEqual([[], []])
  })

  it('no notice of the office', () => {
    const data = { id: '0'.repeat(26), text: 'Drill', level: 'info' as const, from: minutesAgo(1), until: null }
    expect(hearing({ type: 'notice.posted', data })).toEqual([])
  })
})

test('a snapshot of a stack holds the records whose events it hears', () => {
  const told = snapshot({
    statuses: [status('aws/us-east-1'), status('aws/eu-west-1')],
    incidents: [incident('aws-status/a', lambda), incident('gcp/b', { provider: 'google', regions: [] })],
    components: [component('github-status/actions', { provider: 'github', name: 'Actions' })],
    articles: [article('blog/a', { providers: ['github'] }), article('blog/b', { providers: ['hetzner'] })],
    sources: [source('github-status', { provider: 'github' }), source('oracle', { provider: 'oracle' })],
    probes: [probe('checkout')],
    handlings: known.map(({ id }) => ({ id, acknowledgement: null, channels: [], entries: [] })),
  })
  const narrowed = narrow(told, ['stack/shop'], channelFacts)
  expect(narrowed.statuses.map(({ region }) => region)).toEqual(['aws/us-east-1'])
  expect(
    [narrowed.incidents, narrowed.components, narrowed.articles, narrowed.sources].flat().map(({ id }) => id),
  ).toEqual(['aws-status/a', 'github-status/actions', 'blog/a', 'github-status'])
  expect(narrowed.probes).toEqual([])
  expect(narrowed.handlings.map(({ id }) => id)).toEqual(['aws-status/a'])
  const [all, its]: CollectionLists[] = [told, narrowed]
  const agree = <Name extends CollectionName>(name: Name) => {
    for (const record of all?.[name] ?? [])
      expect(its?.[name].includes(record)).toBe(channels.of[name](record).includes('shop'))
  }
  for (const name of collectionNames) agree(name)
})

test('a stack that is not in the settings hears nothing', () => {
  expect(
    narrow(snapshot({ incidents: [incident('aws-status/a', lambda)] }), ['stack/gone'], channelFacts).incidents,
  ).toEqual([])
})

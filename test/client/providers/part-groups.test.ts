import { describe, expect, test } from 'vitest'
import { askForComponents } from '../../../client/live/listed-parts.svelte.ts'
import { partGroups } from '../../../client/providers/part-groups.ts'
import type { Component } from '../../../shared/domain/status.ts'
import { component } from '../../support/builders.ts'
import { minutesAgo, NOW, source, standpointOn } from '../builders.ts'

const part = (id: string, group: string | null, name: string, status: Component['status'] = 'operational') =>
  component(`github-status/${id}`, { provider: 'github', name, status, ...(group !== null && { group }) })

const asked = [
  part('1', 'Europe', 'API'),
  part('2', 'Europe', 'Web', 'degraded_performance'),
  part('3', 'Asia', 'API'),
  part('4', null, 'Billing'),
  part('5', 'Americas', 'API', 'major_outage'),
]
const heard = [source('github-status')]

function groupsOf({
  uses = [] as string[],
  live = [] as Component[],
  sources = heard,
  parts = asked,
}: {
  uses?: string[]
  live?: Component[]
  sources?: typeof heard
  parts?: Component[]
}) {
  const byId = <T extends { id: string }>(all: T[]) => new Map(all.map(one => [one.id, one]))
  const input = { provider: 'github', asked: parts, live: byId(live), sources: byId(sources) }
  return partGroups({ ...input, uses: standpointOn(uses).uses }, NOW)
}
const drawn = (given: Parameters<typeof groupsOf>[0]) =>
  groupsOf(given).map(
    ({ name, status, parts }) =>
      `${name ?? '*'} ${status}: ${parts.map(one => `${one.isOwn ? '+' : ''}${one.name} ${one.status}`).join(', ')}`,
  )

describe('a vendor’s parts by the groups of its page', () => {
  test('the worst group and its worst part first, then what has no group, then by name', () =>
    expect(drawn({})).toEqual([
      'Americas major_outage: API major_outage',
      'Europe degraded_performance: Web degraded_performance, API operational',
      '* operational: Billing operational',
      'Asia operational: API operational',
    ]))

  test('what the page heard since is newer than what it asked for', () => {
    const live = [part('3', 'Asia', 'API', 'partial_outage'), part('5', 'Americas', 'API'), part('6', 'Asia', 'New')]
    expect(drawn({ live }).slice(0, 2)).toEqual([
      'Asia partial_outage: API partial_outage, New operational',
      'Europe degraded_performance: Web degraded_performance, API operational',
    ])
    const foreign = [component('stripe/1', { provider: 'stripe', name: 'Stripe' })]
    expect(drawn({ live: foreign })).toEqual(drawn({}))
  })

  test('parts that the stack names are marked, by name or by group', () => {
    expect(drawn({ uses: ['github[Asia / API]'] })[2]).toBe('Asia operational: +API operational')
    expect(groupsOf({ uses: ['github[API]'] }).map(({ hasOwn }) => hasOwn)).toEqual([true, true, true, false])
    expect(groupsOf({ uses: ['github[Europe]'] }).flatMap(({ parts }) => parts.filter(one => one.isOwn))).toHaveLength(
      2,
    )
  })

  test('a vendor with a page for each of its sites has the names of these pages too', () => {
    const sources = [source('github-status', { name: 'GitHub' }), source('github-eu', { name: 'GitHub EU' })]
    const parts = [part('1', null, 'API'), { ...part('1', 'Core', 'API'), id: 'github-eu/1' }]
    expect(groupsOf({ sources, parts }).map(({ name }) => name)).toEqual(['GitHub', 'GitHub EU / Core'])
  })

  test('a stack of all of the vendor marks none', () =>
    expect(groupsOf({ uses: ['github'] }).some(({ hasOwn }) => hasOwn)).toBe(false))

  test('the parts of a silent source are unknown, and so is a group without known trouble', () => {
    const sources = [source('github-status', { lastOkAt: minutesAgo(60), failures: 5 })]
    expect(
      new Set(groupsOf({ sources }).flatMap(({ status, parts }) => [status, ...parts.map(one => one.status)])),
    ).toEqual(new Set(['unknown']))
    const parts = [part('1', 'Europe', 'API'), part('2', 'Europe', 'Web', 'unknown')]
    expect(groupsOf({ parts })[0]?.status).toBe('unknown')
  })
})

describe('what the server is asked for', () => {
  const answering = (body: unknown, status = 200) => {
    const paths: string[] = []
    const ask = async (path: string) => {
      paths.push(path)
      return new Response(JSON.stringify(body), { status })
    }
    return { ask, paths }
  }

  test('are the components of one provider, without those that are none', async () => {
    const { ask, paths } = answering({ components: [asked[0], { id: 'x' }] })
    expect(await askForComponents(ask, 'github')).toEqual([asked[0]])
    expect(paths).toEqual(['/api/components?provider=github'])
  })

  test('gives null where it does not answer so', async () =>
    expect(await askForComponents(answering({}, 503).ask, 'github')).toBeNull())
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type SubjectInput, subjectOf, tabOf } from '../../../client/app/tab.ts'
import { glyphShapes } from '../../../client/ui/glyph-shapes.ts'
import { en as english } from '../../../client/words/en/page.ts'
import type { StackView } from '../../../shared/domain/stack-status.ts'
import { Status } from '../../../shared/domain/status.ts'
import { incident, minutesAgo, NOW, small, source, standpointOn, status, statusesOf } from '../builders.ts'

const given: SubjectInput = {
  page: { name: 'dashboard' },
  catalogue: small,
  headline: { text: 'AWS us-east-1 is in major outage.', status: 'major_outage', detail: null },
  state: null,
  statuses: statusesOf(
    status('azure/westeurope', { status: 'degraded_performance' }),
    status('aws/eu-west-1'),
    status('aws/us-east-1', { status: 'major_outage' }),
  ),
  incidents: new Map(),
  providerStatus: provider => (provider === 'aws' ? 'major_outage' : 'operational'),
}
const tab = (title: string | null, more: Partial<SubjectInput>, stale: string | null = null) =>
  tabOf({ title, subject: subjectOf({ ...given, ...more }, english), stale })

const sources = new Map(['azure-status', 'aws-status', 'github-status'].map(id => [id, source(id)]))
const seen = { ...given, sources, components: new Map(), probes: new Map() }
const on = (...uses: string[]) => standpointOn(uses).statusOf(seen, NOW)

test('the dashboard speaks of a vendor where a stack uses one, and is never green while its source is silent', () => {
  const outage = incident('github-status/1', { impact: 'major', scope: 'unspecified' })
  const state = (more: Partial<StackView>) => standpointOn(['github']).statusOf({ ...seen, ...more }, NOW)
  expect(tab(null, { state: state({}) }).icon).toBe('/favicon/operational.svg')
  expect(tab(null, { state: state({ incidents: new Map([[outage.id, outage]]) }) }).icon).toBe(
    '/favicon/partial_outage.svg',
  )
  const silent = source('github-status', { lastOkAt: minutesAgo(300), failures: 9 })
  expect(tab(null, { state: state({ sources: new Map([[silent.id, silent]]) }) }).icon).toBe('/favicon/unknown.svg')
})

test('the dashboard speaks of the reader’s own regions', () => {
  expect(tab(null, { state: on('azure/westeurope') }).icon).toBe('/favicon/degraded_performance.svg')
  expect(tab(null, { state: on('aws/eu-west-1') }).icon).toBe('/favicon/operational.svg')
  const neverRead = { ...seen, statuses: statusesOf(status('aws/eu-west-1')) }
  const state = standpointOn(['aws/eu-west-1', 'aws/us-east-1']).statusOf(neverRead, NOW)
  expect(tab(null, { state }).icon).toBe('/favicon/unknown.svg')
})

test('without own regions it is about all, and says it in a sentence', () => {
  expect(tab(null, {})).toEqual({
    title: 'AWS us-east-1 is in major outage. · Nephoscope',
    icon: '/favicon/major_outage.svg',
  })
})

test('a region, a provider and an incident speak of themselves, whatever the world is like', () => {
  const region = (id: string) => tab('Place', { page: { name: 'region', region: id } })
  expect(region('aws/eu-west-1')).toEqual({ title: 'Place · Nephoscope', icon: '/favicon/operational.svg' })
  expect(region('azure/westeurope')).toEqual({
    title: 'Degraded performance · Place · Nephoscope',
    icon: '/favicon/degraded_performance.svg',
  })
  expect(tab('AWS', { page: { name: 'provider', provider: 'aws' } }).title).toBe('Major outage · AWS · Nephoscope')
  expect(tab('GitHub', { page: { name: 'provider', provider: 'github' } }).title).toBe('GitHub · Nephoscope')

  const one = incident('aws-status/1', { impact: 'major' })
  const of = (more: Partial<typeof one>) =>
    tab('Errors', { page: { name: 'incident', incident: one.id }, incidents: new Map([[one.id, { ...one, ...more }]]) })
  expect(of({}).title).toBe('Partial outage · Errors · Nephoscope')
  expect(of({ status: 'resolved' })).toEqual({
    title: 'Resolved · Errors · Nephoscope',
    icon: '/favicon/operational.svg',
  })
})

test('a page about no one thing claims no state', () => {
  for (const name of ['news', 'incidents', 'regions', 'near', 'sources'] as const)
    expect(tab('News', { page: { name }, state: on('aws/us-east-1') })).toEqual({
      title: 'News · Nephoscope',
      icon: '/favicon.svg',
    })
  expect(tab('No such page', { page: null }).icon).toBe('/favicon.svg')
  expect(tab('Place', { page: { name: 'region', region: 'aws/nowhere' } }).icon).toBe('/favicon.svg')
})

test('a stale page is dated in its title, and unknown, not well', () => {
  const stale = 'no answer since 14:02'
  expect(tab('News', { page: { name: 'news' } }, stale)).toEqual({
    title: 'No answer since 14:02 · News · Nephoscope',
    icon: '/favicon/unknown.svg',
  })
  const headline = { text: 'Stale since 14:02. Last known: All quiet.', status: 'unknown', detail: null } as const
  expect(tab(null, { headline }, stale).title).toBe('Stale since 14:02. Last known: All quiet. · Nephoscope')
})

test.each(Status.options)('the icon for %s has its shape', one => {
  const icon = readFileSync(new URL(`../../../client/public/favicon/${one}.svg`, import.meta.url), 'utf8')
  expect(icon).toContain(glyphShapes[one].path)
})

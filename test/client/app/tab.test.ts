import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type SubjectInput, subjectOf, tabOf } from '../../../client/app/tab.ts'
import { glyphShapes } from '../../../client/ui/glyph-shapes.ts'
import { en as english } from '../../../client/words/en/page.ts'
import { Status } from '../../../shared/domain/status.ts'
import { incident, small, status, statusesOf } from '../builders.ts'

const given: SubjectInput = {
  page: { name: 'dashboard' },
  catalogue: small,
  headline: { text: 'AWS us-east-1 is in major outage.', status: 'major_outage' },
  mine: new Set(),
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

test('the dashboard speaks of the reader’s own regions', () => {
  expect(tab(null, { mine: new Set(['azure/westeurope']) }).icon).toBe('/favicon/degraded_performance.svg')
  expect(tab(null, { mine: new Set(['aws/eu-west-1']) }).icon).toBe('/favicon/operational.svg')
  expect(tab(null, { mine: new Set(['aws/eu-west-1', 'aws/never-read']) }).icon).toBe('/favicon/unknown.svg')
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
    expect(tab('News', { page: { name }, mine: new Set(['aws/us-east-1']) })).toEqual({
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
  const headline = { text: 'Stale since 14:02. Last known: All quiet.', status: 'unknown' } as const
  expect(tab(null, { headline }, stale).title).toBe('Stale since 14:02. Last known: All quiet. · Nephoscope')
})

test.each(Status.options)('the icon for %s has its shape', one => {
  const icon = readFileSync(new URL(`../../../client/public/favicon/${one}.svg`, import.meta.url), 'utf8')
  expect(icon).toContain(glyphShapes[one].path)
})

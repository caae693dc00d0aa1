import { parseDocument } from 'htmlparser2'
import { expect, test } from 'vitest'
import { firstView } from '../../../server/outward/first-view.ts'
import { pageHead, plainHead } from '../../../server/outward/page-head.ts'
import type { SubjectFacts } from '../../../server/outward/subject.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import type { Page } from '../../../shared/domain/pages.ts'
import { emptyView } from '../../../shared/domain/view.ts'
import { incident, minutesAgo, NOON, region, stackFacts } from '../../support/builders.ts'

const west = region('azure/westeurope', { name: 'West Europe' })
const azure = { id: 'azure', name: 'Azure', home: 'https://a.example', statusPage: 'https://s.example', figures: [] }

function facts(incidents: Incident[], workersAt = minutesAgo(0)): SubjectFacts {
  const view = emptyView()
  for (const one of incidents) view.incidents.set(one.id, one)
  const catalogue = { providers: new Map([['azure', azure]]), regions: new Map([[west.id, west]]) }

  return {
    view,
    catalogue,
    workersAt,
    now: NOON,
    stackFacts: stackFacts(),
    names: { services: new Map(), vendors: new Map() },
  }
}

function say(page: Page, known: SubjectFacts): string {
  const head = pageHead(page, { ...known, incident: [...known.view.incidents.values()][0] }) ?? plainHead
  return firstView(page, head, known)
}
const open = incident('azure-status/1', { impact: 'minor', startedAt: minutesAgo(30) })

test('the dashboard lists what is going on, the worst first, with place, state and time', () => {
  const worse = incident('azure-status/2', { title: 'Nothing answers', impact: 'critical' })
  const over = incident('azure-status/3', { title: 'It was', status: 'resolved', resolvedAt: minutesAgo(1) })
  const view = say({ name: 'dashboard' }, facts([open, worse, over]))
  expect(view.match(/<li>.*?<\/li>/g)).toEqual([
    '<li>Azure westeurope: Nothing answers <small>major outage since 2026-11-24 11:50 UTC</small></li>',
    '<li>Azure westeurope: Connectivity issues <small>degraded performance since 2026-11-24 11:30 UTC</small></li>',
  ])
  expect(view).toContain('As of 2026-11-24 12:00 UTC.')
})

test('nothing is said to go on where no worker lives', () => {
  expect(say({ name: 'dashboard' }, facts([open], minutesAgo(30)))).not.toContain('<li>')
})

test('another page begins with its own title', () => {
  expect(say({ name: 'incident', incident: open.id }, facts([open]))).toMatch(
    /^<div><h1>Azure West Europe: Connectivity issues<\/h1>/,
  )
})

test('words from outside stay words', () => {
  const hostile = '</h1><script>alert(1)</script><!--/page-->'
  const view = say({ name: 'dashboard' }, facts([{ ...open, title: hostile }]))
  expect(view).not.toContain('<script')
  expect(parseDocument(view).children.map(child => ('name' in child ? child.name : child.type))).toEqual([
    'div',
    'ul',
    'p',
  ])
})

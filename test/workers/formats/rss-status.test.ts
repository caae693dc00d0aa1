import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { saidStatus } from '../../../workers/formats/status-words.ts'
import { NOON } from '../../support/builders.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const rss = await fixture('status-history.rss.xml')
const atom = await fixture('status-history.atom.xml')
const incidents = async (body: string, now = NOON) => readingIn(await read('rss-status', body, { now })).incidents

test.each([
  ['A', 'Nov 24, 11:00 UTC\nMonitoring - Mended.\nNov 24, 10:00 UTC\nInvestigating - Broken.', 'monitoring'],
  ['A', 'Update - Soon more.\nIdentified - A switch.', 'identified'],
  ['A', 'Status: Resolved\nWe are investigating.', 'resolved'],
  ['[Resolved] A', '', 'resolved'],
  ['Scheduled: A', '', 'scheduled'],
  ['A', 'IN PROGRESS – We turn knobs.', 'in_progress'],
  ['A was resolved', '', 'resolved'],
])('%s / %s says %s', (title, text, status) => expect(saidStatus(title, text)).toEqual({ status, raw: null }))

test('a label with another word is kept as it is, and prose that promises says nothing', () => {
  expect(saidStatus('A', 'Status: Degraded\nB')).toEqual({ status: null, raw: 'Degraded' })
  expect(saidStatus('A', 'We work on it until this is resolved.')).toBeNull()
})

describe('a history in RSS', async () => {
  const [outage, signIn, cables, fresh, old] = await incidents(rss)

  test('has an open incident, by the newest word of its item', () =>
    expect(outage).toMatchObject({
      kind: 'incident',
      status: 'monitoring',
      impact: 'major',
      regions: ['azure/westeurope'],
      startedAt: '2026-11-24T10:00:00.000Z',
      updatedAt: '2026-11-24T11:00:00.000Z',
      resolvedAt: null,
      url: 'https://status.example.com/incidents/i1',
      updates: [
        { at: '2026-11-24T11:00:00.000Z', status: 'monitoring', text: 'A switch was replaced.' },
        { at: '2026-11-24T10:00:00.000Z', status: 'identified', text: 'A switch failed.' },
      ],
    }))

  test('has one that is over, although a later update says nothing of it', () =>
    expect(signIn).toMatchObject({
      status: 'resolved',
      impact: 'minor',
      startedAt: '2026-11-20T10:00:00.000Z',
      resolvedAt: '2026-11-20T10:40:00.000Z',
      updates: [
        { status: 'resolved', text: 'A report will follow.' },
        { status: 'resolved' },
        { status: 'investigating' },
      ],
    }))

  test('has a maintenance', () =>
    expect(cables).toMatchObject({
      kind: 'maintenance',
      status: 'scheduled',
      impact: 'maintenance',
      regions: ['azure/uksouth'],
    }))

  test('counts what does not say how far it is as open for a day, and then as over', () => {
    expect(fresh).toMatchObject({ status: 'investigating', resolvedAt: null })
    expect(old).toMatchObject({ status: 'resolved', resolvedAt: '2026-11-17T09:00:00.000Z' })
  })
})

test('a history in Atom has states by their labels and keeps their own words', async () => {
  const [dim, flicker, dimmers] = await incidents(atom)
  expect(dim).toMatchObject({
    status: 'resolved',
    startedAt: '2026-11-24T08:00:00.000Z',
    resolvedAt: '2026-11-24T11:30:00.000Z',
  })
  expect(flicker).toMatchObject({
    status: 'investigating',
    rawStatus: 'Degraded',
    url: 'https://status.lamp.example.com/incidents/8',
  })
  expect(dimmers).toMatchObject({ kind: 'maintenance', status: 'in_progress' })
})

test('an item that changes stays one incident, and one that leaves says nothing', async () => {
  expect(readers['rss-status'].complete).toBe(false)
  const [before] = await incidents(rss)
  const [after] = await incidents(
    rss.replace('Monitoring&lt;', 'Resolved&lt;').replace('24 Nov 2026 11:00', '24 Nov 2026 11:30'),
  )
  expect(after).toMatchObject({ id: before?.id, status: 'resolved' })
})

test('a feed without items is quiet; what is no feed, or has no dates, is no reading', async () => {
  expect(await incidents('<rss version="2.0"><channel><title>x</title></channel></rss>')).toEqual([])
  reasonIn(await read('rss-status', '<!doctype html><html></html>'))
  reasonIn(await read('rss-status', rss.slice(0, 700)))
  reasonIn(await read('rss-status', rss.replaceAll('2026', 'soon')))
})

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

  test('counts what does not say how far it is as open: faded after a day, over after a fortnight', async () => {
    expect(fresh).toMatchObject({ status: 'investigating', resolvedAt: null })
    expect(old).toMatchObject({ status: 'investigating', resolvedAt: null, fadesAfterMs: 86_400_000 })
    const later = await incidents(rss, NOON + 8 * 86_400_000)
    expect(later.find(({ id }) => id === old?.id)).toMatchObject({
      status: 'resolved',
      resolvedAt: '2026-11-17T09:00:00.000Z',
    })
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

describe('an incident with several items', () => {
  const feed = (...items: string[]) =>
    `<rss version="2.0"><channel><title>Lamps</title><link>https://status.example.com/</link>${items.join('')}</channel></rss>`
  const item = (title: string, at: string, more = '') =>
    `<item><title>${title}</title>${at && `<pubDate>Tue, 24 Nov 2026 ${at}:00 GMT</pubDate>`}${more}</item>`
  const one = async (...items: string[]) => {
    const found = await incidents(feed(...items))
    expect(found).toHaveLength(1)
    return found[0]
  }
  const ended = {
    status: 'resolved',
    impact: 'major',
    startedAt: '2026-11-24T10:00:00.000Z',
    resolvedAt: '2026-11-24T10:30:00.000Z',
    updates: [{ status: 'resolved' }, { status: 'investigating' }],
  }
  const text = '<description>x</description>'

  test.each([
    ['guid', '<guid>#aaa</guid>', '<guid>#aaa</guid>'],
    ['link', '<guid>1</guid><link>/incidents/a</link>', '<guid>2</guid><link>/incidents/a</link>'],
    ['title', '<guid>1</guid>', '<guid>2</guid>'],
  ])('is one by its %s, whichever is listed first', async (_, before, after) => {
    const down = item('Lamp API went down', '10:00', before + text)
    const up = item('Lamp API recovered', '10:30', after + text)
    expect(await one(down, up)).toMatchObject(ended)
    expect(await one(up, down)).toMatchObject(ended)
    expect((await one(up, down))?.id).toBe((await one(down, up))?.id)
  })

  test('keeps its name when its title says that it is over', async () => {
    const open = item('[Investigating] Slow lamps', '10:00')
    const over = item('[Resolved] Slow lamps', '10:30')
    expect(await one(over, open)).toMatchObject({ status: 'resolved', title: '[Investigating] Slow lamps' })
  })

  test.each([
    ['links that differ', '<link>/incidents/a</link>', '<link>/incidents/b</link>'],
    [
      'one guid for all, and links that differ',
      '<guid>x</guid><link>/incidents/a</link>',
      '<guid>x</guid><link>/incidents/b</link>',
    ],
  ])('is several by %s', async (_, before, after) =>
    expect(await incidents(feed(item('Slow lamps', '10:00', before), item('Slow lamps', '10:30', after)))).toHaveLength(
      2,
    ),
  )

  test('is several where one title returns after its end', async () =>
    expect(
      await incidents(
        feed(item('Slow lamps', '10:00'), item('Slow lamps resolved', '10:30'), item('Slow lamps', '11:00')),
      ),
    ).toHaveLength(2))

  test('shares the link of the page with others', async () =>
    expect(
      await incidents(
        feed(item('Slow lamps', '10:00', '<link>/</link>'), item('Dark lamps', '10:30', '<link>/</link>')),
      ),
    ).toHaveLength(2))
})

describe('a maintenance', () => {
  const plan = (words: string) =>
    `<rss version="2.0"><channel><title>Status</title><item><title>PDX (Portland) on 2026-04-07</title><guid>https://status.example.com/incidents/a</guid><pubDate>Tue, 07 Apr 2026 22:00:00 +0000</pubDate><description>${words}</description></item></channel></rss>`
  const scheduled = plan(
    '&lt;p&gt;THIS IS A SCHEDULED EVENT Apr 7, 13:00 - 22:00 UTC&lt;/p&gt;&lt;p&gt;Mar 16, 07:20 UTC&lt;br&gt;Scheduled - We will work there.&lt;/p&gt;',
  )
  const window = { scheduledFor: '2026-04-07T13:00:00.000Z', scheduledUntil: '2026-04-07T22:00:00.000Z' }

  test.each([
    ['2026-04-01T00:00:00Z', { status: 'scheduled', updatedAt: '2026-03-16T07:20:00.000Z', resolvedAt: null }],
    ['2026-04-07T14:00:00Z', { status: 'in_progress', updatedAt: window.scheduledFor, resolvedAt: null }],
    [
      '2026-11-30T00:00:00Z',
      { status: 'completed', updatedAt: window.scheduledUntil, resolvedAt: window.scheduledUntil },
    ],
  ])('is at %s what its window says', async (now, state) =>
    expect((await incidents(scheduled, Date.parse(now)))[0]).toMatchObject({
      kind: 'maintenance',
      startedAt: window.scheduledFor,
      ...window,
      ...state,
    }),
  )

  test('without a window ends when nobody touched it for two months', async () => {
    const vague = plan('Status: scheduled')
    expect((await incidents(vague, Date.parse('2026-04-20T00:00:00Z')))[0]?.status).toBe('scheduled')
    expect((await incidents(vague, Date.parse('2026-08-20T00:00:00Z')))[0]?.status).toBe('completed')
  })

  test('may be called off', async () =>
    expect((await incidents(plan('Status: Cancelled'), NOON))[0]).toMatchObject({ status: 'completed' }))
})

test('an open item fades, for nobody may ever close it', async () =>
  expect((await incidents(rss))[0]).toMatchObject({ status: 'monitoring', fadesAfterMs: 3 * 86_400_000 }))

describe('items that stand elsewhere or have no date', () => {
  const lamp = '<item><title>Slow lamps</title><guid>1</guid><description>Investigating - Dark.</description>'
  const date = '<pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate></item>'

  test.each([
    ['behind the channel', `<rss version="2.0"><channel><title>x</title></channel>${lamp}${date}</rss>`],
    ['without a channel', `<rss version="2.0">${lamp}${date}</rss>`],
    ['before the channel', `<rss version="2.0">${lamp}${date}<channel><title>x</title></channel></rss>`],
    ['beside an empty channel', `<rss version="2.0"><channel/>${lamp}${date}</rss>`],
    ['of RDF without a channel', `<rdf:RDF xmlns:rdf="x">${lamp}${date}</rdf:RDF>`],
  ])('are read %s', async (_, body) => expect(await incidents(body)).toMatchObject([{ title: 'Slow lamps' }]))

  test('have the time of the first reading where no item has a date', async () => {
    const reading = readingIn(
      await read('rss-status', `<rss version="2.0"><channel><title>x</title>${lamp}</item></channel></rss>`, {
        now: NOON,
      }),
    )
    expect(reading.incidents).toMatchObject([{ startedAt: new Date(NOON).toISOString() }])
    expect(reading.undated).toEqual(reading.incidents.map(({ id }) => id))
  })
})

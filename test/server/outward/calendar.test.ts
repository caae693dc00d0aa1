import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { calendarOf } from '../../../server/outward/calendar.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import { entry, incident, minutesAgo, NOON } from '../../support/builders.ts'

const planned = (id: string, more: Partial<Incident> = {}): Incident =>
  incident(id, {
    kind: 'maintenance',
    title: 'Disks are replaced',
    status: 'scheduled',
    impact: 'maintenance',
    scheduledFor: minutesAgo(-120),
    scheduledUntil: minutesAgo(-240),
    startedAt: minutesAgo(-120),
    entries: [entry(3, 5, { status: 'scheduled', text: 'Moved by an hour.' })],
    ...more,
  })

const text = (incidents: Incident[], name = 'Maintenance: Azure', now = NOON) =>
  calendarOf({
    name,
    incidents,
    nameOf: provider => provider.toUpperCase(),
    base: 'https://status.example.com',
    self: 'https://status.example.com/calendar/provider/azure.ics?key=k',
    now,
  })
const calendar = (...given: Parameters<typeof text>) => new ICAL.Component(ICAL.parse(text(...given)))
const events = (incidents: Incident[], now?: number) =>
  calendar(incidents, undefined, now)
    .getAllSubcomponents('vevent')
    .map(component => new ICAL.Event(component))
const status = (event: ICAL.Event | undefined) => event?.component.getFirstPropertyValue('status')
const utc = (time: ICAL.Time | undefined) => `${time?.toString()} ${time?.zone?.tzid} ${time?.isDate}`

test('a maintenance is an event in UTC, with where, the last words and the address', () => {
  const [event] = events([planned('azure-status/m')])
  expect([event?.uid, event?.sequence, event?.summary]).toEqual([
    'azure-status.m@nephoscope',
    2,
    'AZURE westeurope: Disks are replaced',
  ])
  expect(event?.description).toBe(
    'Status: scheduled.\nMoved by an hour.\nhttps://status.example.com/incident/azure-status/m',
  )
  expect([utc(event?.startDate), utc(event?.endDate)]).toEqual([
    '2026-11-24T14:00:00Z UTC false',
    '2026-11-24T16:00:00Z UTC false',
  ])
  const property = (name: string) => event?.component.getFirstPropertyValue(name)?.toString()
  expect(['dtstamp', 'last-modified', 'status', 'transp', 'url'].map(property)).toEqual([
    '2026-11-24T11:55:00Z',
    '2026-11-24T11:55:00Z',
    'CONFIRMED',
    'TRANSPARENT',
    'https://status.example.com/incident/azure-status/m',
  ])
})

test('a calendar says its name, its address, and when to ask again', () => {
  const all = calendar([], 'Maintenance: Lambda in N. Virginia, Ohio; all (AWS)')
  const property = (name: string) => all.getFirstPropertyValue(name)?.toString()
  // the parser knows no NAME and leaves its escapes, which are those of every text
  expect(['version', 'method', 'name', 'source', 'refresh-interval', 'x-published-ttl'].map(property)).toEqual([
    '2.0',
    'PUBLISH',
    'Maintenance: Lambda in N. Virginia\\, Ohio\\; all (AWS)',
    'https://status.example.com/calendar/provider/azure.ics?key=k',
    'PT15M',
    'PT15M',
  ])
})

test('the same event has a higher sequence after an update, and nothing else changes it', () => {
  const moved = planned('azure-status/m', {
    scheduledFor: minutesAgo(-180),
    updatedAt: minutesAgo(1),
    entries: [entry(4, 1, { status: 'scheduled' }), entry(3, 5)],
  })
  const [before, after] = [planned('azure-status/m'), moved].map(one => events([one])[0])
  expect([before?.uid, before?.sequence]).toEqual([after?.uid, Number(after?.sequence) - 1])
  expect(utc(after?.startDate)).toBe('2026-11-24T15:00:00Z UTC false')
  expect(text([planned('azure-status/m')])).toBe(text([planned('azure-status/m')], undefined, NOON + 60_000))
})

describe('a maintenance that is over', () => {
  const over = (more: Partial<Incident>) =>
    events([planned('azure-status/m', { status: 'completed', resolvedAt: minutesAgo(10), ...more })])

  test('before it began is cancelled', () => expect(status(over({})[0])).toBe('CANCELLED'))

  test('after it began is not, also where it ended early', () => {
    expect(status(over({ scheduledFor: minutesAgo(60) })[0])).toBe('CONFIRMED')
    expect(status(over({ entries: [entry(4, 20, { status: 'in_progress' })] })[0])).toBe('CONFIRMED')
  })

  test('stays for thirty days', () => {
    const at = { scheduledFor: minutesAgo(60), scheduledUntil: minutesAgo(30), startedAt: minutesAgo(60) }
    const ended = planned('azure-status/m', { ...at, status: 'completed', resolvedAt: minutesAgo(30) })
    expect(events([ended], NOON + 29 * 86_400_000)).toHaveLength(1)
    expect(events([ended], NOON + 31 * 86_400_000)).toHaveLength(0)
  })
})

test('without an end, or with one before its start, it is an hour long, and never a whole day', () => {
  const ends = [null, minutesAgo(-60)].map(
    scheduledUntil => events([planned('azure-status/m', { scheduledUntil })])[0]?.endDate,
  )
  expect(ends.map(utc)).toEqual(['2026-11-24T15:00:00Z UTC false', '2026-11-24T15:00:00Z UTC false'])
})

test('incidents are none, of many regions some are named, and there are at most 500 events', () => {
  const regions = ['azure/a', 'azure/b', 'azure/c', 'azure/d', 'azure/e']
  const [event] = events([incident('azure-status/i'), planned('azure-status/m', { regions })])
  expect(event?.summary).toBe('AZURE a, b, c and 2 more: Disks are replaced')
  expect(events([planned('azure-status/n', { regions: [] })])[0]?.summary).toBe('AZURE: Disks are replaced')
  const many = Array.from({ length: 700 }, (_, n) =>
    planned(`azure-status/${n}`, { scheduledFor: minutesAgo(-n), scheduledUntil: null }),
  )
  expect(events(many)).toHaveLength(500)
  expect(events(many).at(-1)?.uid).toBe('azure-status.499@nephoscope')
})

test('hostile text stays text, and lines are no longer than 75 bytes', () => {
  const title = `\u0007END:VEVENT\r\nBEGIN:VALARM; a, "b" \\n ${'日本語'.repeat(40)}\ud800`
  const words = 'One, two; three\r\nATTACH:file:///etc/passwd\r\n\u2028end'
  const all = text([planned('azure-status/m', { title, entries: [entry(1, 1, { text: words })] })], 'x\r\nATTACH:y')
  for (const line of all.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  const [event, ...more] = new ICAL.Component(ICAL.parse(all)).getAllSubcomponents()
  expect(more).toEqual([])
  expect([event?.getAllSubcomponents(), event?.getAllProperties('attach')]).toEqual([[], []])
  if (event === undefined) throw new Error('no event')
  const read = new ICAL.Event(event)
  expect(read.summary).toContain('BEGIN:VALARM; a, "b" \\n 日本語')
  expect(read.description).toContain('One, two; three\nATTACH:file:///etc/passwd')
})

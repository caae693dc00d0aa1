import { expect, test } from 'vitest'
import { maintenanceCalendar } from '../../../client/incidents/maintenance-calendar.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import { incident, when } from '../builders.ts'

const maintenance = (name: string, from: string, until: string | null, more: Partial<Incident> = {}) =>
  incident(`aws-status/${name}`, {
    kind: 'maintenance',
    impact: 'maintenance',
    status: 'scheduled',
    scheduledFor: from,
    scheduledUntil: until,
    ...more,
  })
const told = (incidents: Incident[], zone = 'UTC') =>
  maintenanceCalendar(incidents, { ...when, zone })
    .weeks.flat()
    .flatMap(({ day, entries }) =>
      entries.map(entry => [day, entry.isContinued ? 'goes on' : entry.window, entry.isContinued ? '' : entry.length]),
    )

test('it has four rows of seven days and begins today, by the chosen zone', () => {
  const { weeks } = maintenanceCalendar([], when)
  expect(weeks.map(week => week.length)).toEqual([7, 7, 7, 7])
  expect(weeks.flat().map(({ day }) => day)).toEqual([...new Set(weeks.flat().map(({ day }) => day))])
  expect([weeks[0]?.[0], weeks[3]?.[6]?.day]).toEqual([
    { day: '2026-11-24', name: expect.stringMatching(/Tue.*24 Nov/), isToday: true, entries: [] },
    '2026-12-21',
  ])
  const late = { ...when, now: Date.parse('2026-11-24T23:30:00Z'), zone: 'Asia/Tokyo' }
  expect(maintenanceCalendar([], late).weeks[0]?.[0]?.day).toBe('2026-11-25')
})

test('up to three maintenances are a list, the next one first; more of them are a calendar', () => {
  const some = [4, 2, 3].map(hour => maintenance(`m${hour}`, `2026-11-26T0${hour}:00:00Z`, null))
  expect(maintenanceCalendar(some, when).list?.map(({ id }) => id)).toEqual([
    'aws-status/m2',
    'aws-status/m3',
    'aws-status/m4',
  ])
  expect(maintenanceCalendar([], when).list).toEqual([])
  expect(maintenanceCalendar([...some, maintenance('m1', '2026-11-27T01:00:00Z', null)], when).list).toBeNull()
})

test('no day is lost or doubled where clocks change', () => {
  const autumn = { ...when, now: Date.parse('2026-10-20T22:30:00Z'), zone: 'Europe/Vienna' }
  const days = maintenanceCalendar([], autumn)
    .weeks.flat()
    .map(({ day }) => day)
  expect(days.slice(0, 7)).toEqual([21, 22, 23, 24, 25, 26, 27].map(day => `2026-10-${day}`))
})

test('a maintenance stands on its day with its window and length in the chosen zone', () => {
  const night = maintenance('night', '2026-11-26T22:00:00Z', '2026-11-26T23:30:00Z')
  expect(told([night])).toEqual([['2026-11-26', '22:00 to 23:30', '1 h 30 min']])
  expect(told([night], 'Asia/Tokyo')).toEqual([['2026-11-27', '07:00 to 08:30', '1 h 30 min']])
  expect(told([maintenance('open', '2026-11-26T22:00:00Z', null)])).toEqual([['2026-11-26', '22:00', null]])
})

test('one that goes over midnight names both days and goes on on the second; midnight itself ends the first', () => {
  const long = maintenance('long', '2026-11-26T22:00:00Z', '2026-11-27T02:00:00Z')
  expect(told([long])).toEqual([
    ['2026-11-26', expect.stringMatching(/26 Nov 22:00 to .*27 Nov 02:00/), '4 h'],
    ['2026-11-27', 'goes on', ''],
  ])
  expect(told([maintenance('until', '2026-11-26T22:00:00Z', '2026-11-27T00:00:00Z')])).toHaveLength(1)
})

test('what goes on stands under today, what is over or no maintenance nowhere, and what is far ahead apart', () => {
  const going = maintenance('going', '2026-11-22T08:00:00Z', '2026-11-24T20:00:00Z', { status: 'in_progress' })
  const over = maintenance('over', '2026-11-24T08:00:00Z', '2026-11-24T09:00:00Z', { status: 'completed' })
  const far = maintenance('far', '2026-12-22T00:00:00Z', null)
  const farther = maintenance('farther', '2027-01-02T00:00:00Z', null)
  const all = [farther, far, going, over, incident('aws-status/trouble')]
  expect(told(all).map(([day]) => day)).toEqual(['2026-11-24'])
  expect(maintenanceCalendar(all, when).later.map(({ incident: { id } }) => id)).toEqual([far.id, farther.id])
})

import { expect, test } from 'vitest'
import { screenRows } from '../../../client/walls/screen-rows.ts'
import { wall } from '../../../client/words/en/wall.ts'
import { walls } from '../../../client/words/en/walls.ts'
import type { Screen } from '../../../shared/domain/screen.ts'
import { reportOf } from '../../support/wall-servers.ts'
import { minutesAgo, when } from '../builders.ts'

const screen = (id: string, more: Partial<Screen> = {}): Screen => ({
  id: id.repeat(32),
  name: '',
  place: '',
  pinned: null,
  muted: false,
  revision: 0,
  admittedAt: null,
  seenAt: new Date(when.now - 3_000).toISOString(),
  connected: true,
  report: reportOf(id.repeat(32)),
  ...more,
})
const rows = (...screens: Screen[]) => screenRows(screens, new Map(), when, { ...walls, wall })

test('a screen is called what a person says, else what its address says, else by its id', () => {
  const named = rows(
    screen('a', { name: 'Lobby', report: reportOf('a'.repeat(32), { name: 'hall' }) }),
    screen('b', { report: reportOf('b'.repeat(32), { name: 'hall' }) }),
    screen('c'),
  )
  expect(named.map(({ name }) => name)).toEqual(['hall', 'Lobby', 'Screen cccc'])
})

test('of a name that several screens have, each says how many', () => {
  const taken = rows(
    screen('a', { name: 'Lobby' }),
    screen('b', { report: reportOf('b'.repeat(32), { name: 'lobby' }) }),
    screen('c', { report: reportOf('c'.repeat(32), { name: 'hall' }) }),
  )
  expect(taken.map(({ name, namesakes }) => [name, namesakes])).toEqual([
    ['hall', 1],
    ['lobby', 2],
    ['Lobby', 2],
  ])
})

test('a screen whose server died is not there, whatever was said of its socket', () => {
  const [silent] = rows(screen('a', { seenAt: minutesAgo(2) }))
  expect(silent).toMatchObject({ isOnline: false, presence: expect.stringContaining('last seen') })
  expect(rows(screen('a'))[0]).toMatchObject({ isOnline: true, presence: 'connected' })
  expect(
    rows(screen('a', { seenAt: null, connected: false, admittedAt: minutesAgo(1), report: null }))[0],
  ).toMatchObject({ isOnline: false, presence: 'admitted, not yet connected', facts: [] })
})

test('those that are there come first', () => {
  const order = rows(screen('a', { name: 'A', connected: false }), screen('b', { name: 'B' })).map(({ name }) => name)
  expect(order).toEqual(['B', 'A'])
})

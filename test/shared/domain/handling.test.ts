import { describe, expect, test } from 'vitest'
import {
  acknowledgementOf,
  addStep,
  type Handling,
  MAX_OFFICE_ENTRIES,
  trimHandlings,
  whyLifted,
} from '../../../shared/domain/handling.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import { incident, minutesAgo, NOON } from '../../support/builders.ts'

const open = (changes: Partial<Incident> = {}) =>
  incident('s/one', { impact: 'minor', regions: ['aws/us-east-1'], status: 'investigating', ...changes })
const acknowledged = (until: string | null = null) =>
  addStep(undefined, open(), { what: 'acknowledged', by: 'Ana', text: 'on it', until }, NOON)

describe('an acknowledgement', () => {
  test('holds while the incident is as it was, or better', () => {
    expect(acknowledgementOf(acknowledged(), open(), NOON)?.by).toBe('Ana')
    expect(acknowledgementOf(acknowledged(), open({ impact: 'none', regions: [] }), NOON)?.by).toBe('Ana')
  })

  test.each<[ReturnType<typeof whyLifted>, Partial<Incident>, number]>([
    ['worse', { impact: 'major' }, NOON],
    ['spread', { regions: ['aws/us-east-1', 'aws/us-west-2'] }, NOON],
    ['over', {}, NOON + 3_600_000],
  ])('no longer holds when it is %s', (why, changes, now) => {
    const handling = acknowledged(minutesAgo(-60))
    expect(handling.acknowledgement && whyLifted(handling.acknowledgement, open(changes), now)).toBe(why)
    expect(acknowledgementOf(handling, open(changes), now)).toBeNull()
  })

  test('ends with its incident', () => {
    expect(acknowledgementOf(acknowledged(), open({ status: 'resolved' }), NOON)).toBeNull()
  })

  test('stays when somebody leaves a note, and goes when it is lifted', () => {
    const noted = addStep(acknowledged(), open(), { what: 'note', by: 'Ben', text: 'call Eve', until: null }, NOON)
    expect(noted.acknowledgement?.by).toBe('Ana')
    const lifted = addStep(noted, open(), { what: 'lifted', by: 'Ben', text: '', until: null }, NOON)
    expect(lifted.acknowledgement).toBeNull()
    expect(lifted.entries.map(({ what, by }) => `${what} ${by}`)).toEqual([
      'lifted Ben',
      'note Ben',
      'acknowledged Ana',
    ])
  })

  test('keeps only its newest entries', () => {
    let handling = acknowledged()
    for (let n = 0; n < MAX_OFFICE_ENTRIES + 5; n++)
      handling = addStep(handling, open(), { what: 'note', by: 'Ben', text: `note ${n}`, until: null }, NOON)
    expect(handling.entries).toHaveLength(MAX_OFFICE_ENTRIES)
    expect(handling.entries[0]?.text).toBe(`note ${MAX_OFFICE_ENTRIES + 4}`)
  })
})

test('beyond the limit those that nobody has acknowledged go first, of these the oldest', () => {
  const handling = (id: string, what: 'acknowledged' | 'note', minutes: number): [string, Handling] => [
    id,
    {
      ...addStep(undefined, { ...open(), id }, { what, by: 'Ana', text: '', until: null }, NOON - minutes * 60_000),
      channels: [],
    },
  ]
  const handlings = new Map([
    handling('s/held', 'acknowledged', 90),
    handling('s/old', 'note', 60),
    handling('s/new', 'note', 5),
  ])
  trimHandlings(handlings, 2)
  expect([...handlings.keys()]).toEqual(['s/held', 's/new'])
})

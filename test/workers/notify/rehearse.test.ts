import { expect, test } from 'vitest'
import type { Event } from '../../../shared/domain/events.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import { defaultSettings } from '../../../shared/domain/notice.ts'
import { rehearse } from '../../../workers/notify/rehearse.ts'
import { incident, minutesAgo, NOON } from '../../support/builders.ts'
import { ruleOf } from './rule.ts'

const event = (n: number, type: 'incident.opened' | 'incident.updated', data: Incident): Event => ({
  id: `${n}-0`,
  type,
  at: minutesAgo(120 - n),
  channels: [],
  data,
})

const world = {
  providers: new Map(),
  regions: new Map(),
  services: new Map(),
  vendors: new Map(),
  dependencies: () => [],
  siteOf: () => null,
  homesOf: () => [],
}
const rule = ruleOf({ stack: null, channels: ['status'], what: ['opened', 'worse', 'better', 'resolved'] })
const rehearsed = (events: readonly Event[], rules = [rule]) => {
  const given = { events, settings: defaultSettings, rules, world, countryOf: () => undefined, publicUrl: null }
  return rehearse({ ...given, until: NOON }).map(({ message }) => `${message.at.slice(11, 16)} ${message.occasion}`)
}

test('tells what past events would have sent, repeats among it, and nothing of what was open before', () => {
  const one = incident('a/1', { provider: 'a', regions: [] })
  const events = [
    event(1, 'incident.updated', incident('old/1', { provider: 'old', regions: [] })),
    event(2, 'incident.opened', one),
    event(40, 'incident.updated', { ...one, impact: 'critical' }),
    event(50, 'incident.updated', { ...one, status: 'resolved' }),
  ]
  expect(rehearsed(events, [{ ...rule, repeatMs: 30 * 60_000 }])).toEqual([
    '10:02 opened',
    '10:32 again',
    '10:40 worse',
    '10:50 resolved',
  ])
})

test('what one reading brought is one message', () => {
  const [one, two] = ['a/1', 'a/2'].map(id => incident(id, { provider: 'a', regions: [] }))
  if (one === undefined || two === undefined) throw new Error('two incidents')
  const events = [
    event(2, 'incident.opened', { ...one, impact: 'critical' }),
    event(2, 'incident.opened', two),
    event(9, 'incident.updated', { ...one, status: 'resolved' }),
    event(9, 'incident.updated', { ...two, status: 'resolved' }),
  ]
  expect(rehearsed(events)).toEqual(['10:02 opened', '10:09 resolved'])
})

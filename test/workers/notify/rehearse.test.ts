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

test('tells what past events would have sent, repeats among it, and nothing of what was open before', () => {
  const rule = ruleOf({ stack: null, channels: ['status'], repeatMs: 30 * 60_000 })
  const world = {
    providers: new Map(),
    regions: new Map(),
    services: new Map(),
    vendors: new Map(),
    dependencies: () => [],
    siteOf: () => null,
    homesOf: () => [],
  }
  const one = incident('a/1', { provider: 'a', regions: [] })
  const events = [
    event(1, 'incident.updated', incident('old/1', { provider: 'old', regions: [] })),
    event(2, 'incident.opened', one),
    event(40, 'incident.updated', { ...one, impact: 'critical' }),
    event(50, 'incident.updated', { ...one, status: 'resolved' }),
  ]
  const given = { events, settings: defaultSettings, rules: [rule], world, countryOf: () => undefined, publicUrl: null }
  const told = rehearse({ ...given, until: NOON }).map(
    ({ message }) => `${message.at.slice(11, 16)} ${message.occasion}`,
  )
  expect(told).toEqual(['10:02 opened', '10:32 again', '10:40 worse', '10:50 resolved'])
})

import { expect, test } from 'vitest'
import {
  ANNOUNCED_MS,
  acknowledgeAlerts,
  advanceTakeovers,
  initialTakeovers,
  readUnacknowledged,
  reasonsOfUnhandled,
  saveUnacknowledged,
  type Takeovers,
  unacknowledgedIds,
  updateTakeovers,
} from '../../../client/wall/takeovers.ts'
import { addStep } from '../../../shared/domain/handling.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import { incident, minutesAgo, NOW, standpointOn } from '../builders.ts'

const { reasonsOf } = standpointOn(['azure/westeurope', 'aws/eu-west-1'])
const here = (id: string, more: Partial<Incident> = {}) =>
  incident(id, { regions: [id.startsWith('aws') ? 'aws/eu-west-1' : 'azure/westeurope'], impact: 'minor', ...more })
const hear = (state: Takeovers, ...incidents: Incident[]) =>
  updateTakeovers(state, new Map(incidents.map(one => [one.id, one])), reasonsOf)
const ids = (state: Takeovers) => ({
  shown: state.shown?.incident.id ?? null,
  waiting: state.waiting.map(({ incident }) => incident.id),
  pinned: state.pinned.map(({ incident }) => incident.id),
})
const start = hear(initialTakeovers([]))

test('the first picture announces nothing, however bad it is', () => {
  const state = advanceTakeovers(hear(initialTakeovers([]), here('azure-status/a', { impact: 'critical' })), NOW)
  expect(ids(state)).toEqual({ shown: null, waiting: [], pinned: [] })
})

test('a new incident in my regions takes the screen for ten seconds and is then pinned', () => {
  const state = advanceTakeovers(hear(start, here('azure-status/a')), NOW)
  expect(state.shown).toMatchObject({ kind: 'opened', until: NOW + ANNOUNCED_MS })
  expect(advanceTakeovers(state, NOW + ANNOUNCED_MS - 1)).toBe(state)
  expect(ids(advanceTakeovers(state, NOW + ANNOUNCED_MS))).toEqual({
    shown: null,
    waiting: [],
    pinned: ['azure-status/a'],
  })
})

test.each<[string, Incident]>([
  ['an incident elsewhere', here('azure-status/a', { regions: ['azure/japaneast'] })],
  ['planned work', here('azure-status/a', { kind: 'maintenance', status: 'in_progress', impact: 'maintenance' })],
  ['what is over already', here('azure-status/a', { status: 'resolved', resolvedAt: minutesAgo(1) })],
])('%s does not interrupt', (_, one) => {
  expect(ids(advanceTakeovers(hear(start, one), NOW))).toEqual({ shown: null, waiting: [], pinned: [] })
})

test('several at once are announced one after the other, the most urgent first', () => {
  const minor = here('azure-status/a')
  const major = here('aws-status/b', { impact: 'major' })
  const critical = here('azure-status/c', { impact: 'critical' })
  let state = hear(start, minor, major, critical)
  const order: (string | null)[] = []
  for (let at = NOW; at <= NOW + 3 * ANNOUNCED_MS; at += ANNOUNCED_MS) {
    state = advanceTakeovers(state, at)
    order.push(ids(state).shown)
  }
  expect(order).toEqual(['azure-status/c', 'aws-status/b', 'azure-status/a', null])
  expect(ids(state).pinned).toEqual(['azure-status/c', 'aws-status/b', 'azure-status/a'])
})

test('an incident that grows to major or critical is announced again, one that stays minor is not', () => {
  const known = hear(initialTakeovers([]), here('azure-status/a'), here('aws-status/b', { impact: 'none' }))
  const state = hear(known, here('azure-status/a', { impact: 'major' }), here('aws-status/b', { impact: 'none' }))
  expect(state.waiting).toMatchObject([{ kind: 'worsened', incident: { id: 'azure-status/a' } }])
  const wider = here('azure-status/a', { regions: ['azure/westeurope', 'aws/eu-west-1'] })
  expect(hear(hear(initialTakeovers([]), here('azure-status/a')), wider).waiting).toEqual([])
})

test('after a gap only what this screen had not seen is announced', () => {
  const seen = here('azure-status/a', { impact: 'critical' })
  const state = hear(hear(initialTakeovers([]), seen), { ...seen }, here('aws-status/b'))
  expect(ids(state).waiting).toEqual(['aws-status/b'])
})

test('what is over, or gone, is dropped wherever it stands', () => {
  const [a, b, c] = [
    here('azure-status/a', { impact: 'critical' }),
    here('aws-status/b', { impact: 'major' }),
    here('azure-status/c'),
  ]
  let state = advanceTakeovers(advanceTakeovers(hear(start, a, b, c), NOW), NOW + ANNOUNCED_MS)
  expect(ids(state)).toEqual({ shown: b.id, waiting: [c.id], pinned: [a.id] })
  state = hear(state, { ...a, status: 'resolved', resolvedAt: minutesAgo(0) }, { ...c, status: 'resolved' })
  expect(ids(state)).toEqual({ shown: null, waiting: [], pinned: [] })
})

test('what is pinned says how the incident stands now', () => {
  const state = advanceTakeovers(advanceTakeovers(hear(start, here('azure-status/a')), NOW), NOW + ANNOUNCED_MS)
  const renamed = hear(state, here('azure-status/a', { title: 'Storage, too' }))
  expect(renamed.pinned.map(({ incident }) => incident.title)).toEqual(['Storage, too'])
})

test('to acknowledge ends the announcement, else takes away all that is pinned', () => {
  const both = hear(start, here('azure-status/a', { impact: 'major' }), here('aws-status/b'))
  const first = acknowledgeAlerts(advanceTakeovers(both, NOW))
  expect(ids(first)).toEqual({ shown: null, waiting: ['aws-status/b'], pinned: [] })
  const pinned = advanceTakeovers(advanceTakeovers(first, NOW), NOW + ANNOUNCED_MS)
  expect(ids(acknowledgeAlerts(pinned))).toEqual({ shown: null, waiting: [], pinned: [] })
})

test('what nobody had acknowledged is pinned again after a reload, as far as it stands', () => {
  const [a, b] = [here('azure-status/a'), here('aws-status/b', { impact: 'major' })]
  const before = advanceTakeovers(hear(start, a, b), NOW)
  const after = hear(initialTakeovers(unacknowledgedIds(before)), a, { ...b, status: 'resolved' })
  expect(ids(after)).toEqual({ shown: null, waiting: [], pinned: [a.id] })
})

test('it is kept on the device, and what else stands there is no incident', () => {
  const store = new Map<string, string>()
  const storage = {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, text: string) => void store.set(key, text),
  }
  saveUnacknowledged(storage, ['azure-status/a'])
  expect(readUnacknowledged(storage)).toEqual(['azure-status/a'])
  for (const text of ['{', '[1]', '["<b>"]', 'null']) {
    store.set('nephoscope.wall', text)
    expect(readUnacknowledged(storage)).toEqual([])
  }
  expect(readUnacknowledged(null)).toEqual([])
})

test('what somebody takes care of interrupts nobody, and interrupts again when it gets worse', () => {
  const one = here('azure-status/a')
  const step = { what: 'acknowledged', by: 'Ana', text: '', until: null } as const
  const handlings = new Map([[one.id, { ...addStep(undefined, one, step, NOW), channels: [] }]])
  const unhandled = reasonsOfUnhandled(reasonsOf, handlings, () => NOW)
  const hearUnhandled = (state: Takeovers, incident: Incident) =>
    updateTakeovers(state, new Map([[incident.id, incident]]), unhandled)
  const pinned = advanceTakeovers(advanceTakeovers(hear(start, one), NOW), NOW + ANNOUNCED_MS)
  const acknowledged = hearUnhandled(pinned, one)
  expect(ids(acknowledged)).toEqual({ shown: null, waiting: [], pinned: [] })
  expect(ids(hearUnhandled(acknowledged, here('azure-status/a', { impact: 'critical' }))).waiting).toEqual([one.id])
})

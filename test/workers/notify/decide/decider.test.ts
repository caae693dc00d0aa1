import { expect, test } from 'vitest'
import type { Incident } from '../../../../shared/domain/incident.ts'
import { toInstant } from '../../../../shared/domain/primitives.ts'
import type { StackFacts } from '../../../../shared/domain/reason.ts'
import type { Stack } from '../../../../shared/domain/stack.ts'
import { emptyView, type View } from '../../../../shared/domain/view.ts'
import type { Rule } from '../../../../workers/config/notify-config.ts'
import type { Conversation } from '../../../../workers/notify/decide/conversation.ts'
import { createDecider, type DeciderDeps } from '../../../../workers/notify/decide/decider.ts'
import { ruleBook } from '../../../../workers/notify/decide/rules.ts'
import { type ComposeDeps, composeDigest, composeMessage } from '../../../../workers/notify/words/compose.ts'
import { Message } from '../../../../workers/notify/words/message.ts'
import { entry, incident, minutesAgo, NOON, probe, region, source } from '../../../support/builders.ts'
import { ruleOf } from '../rule.ts'

const MINUTE = 60_000
const shop: Stack = {
  id: 'shop',
  name: 'Shop',
  uses: [
    { kind: 'region', region: 'aws/us-east-1' },
    { kind: 'region', region: 'aws/us-west-2' },
    { kind: 'vendor', vendor: 'datadog', sites: [], parts: [] },
    { kind: 'vendor', vendor: 'stripe', sites: [], parts: [] },
  ],
}

/** A view, rules, and what they tell of it. */
function house({ rules = [ruleOf()], view = emptyView() }: { rules?: Rule[]; view?: View } = {}) {
  const stacks = new Map([[shop.id, shop]])
  const facts: StackFacts = { stacks, services: new Map(), dependencies: () => [], siteOf: () => null }
  const book = ruleBook(rules, facts, () => undefined)
  const names = {
    providers: new Map([['aws', { name: 'AWS' }]]),
    regions: new Map(['aws/us-east-1', 'aws/us-west-2'].map(id => [id, region(id)])),
    services: new Map(),
    vendors: new Map([
      ['datadog', { name: 'Datadog' }],
      ['stripe', { name: 'Stripe' }],
    ]),
    stacks,
    sources: view.sources,
  }
  const open = (more: Partial<DeciderDeps>) =>
    createDecider({
      view,
      book,
      facts,
      homesOf: vendor => (vendor === 'datadog' ? ['aws/us-east-1'] : []),
      conversations: new Map(),
      memories: new Map(),
      missed: null,
      ...more,
    })
  let decider = open({})
  const composed = (now: number): ComposeDeps => ({
    view,
    book,
    names,
    publicUrl: 'https://clouds.example.com',
    acknowledgeUrlOf: id => `https://clouds.example.com/incident/${id}#acknowledge=k`,
    now,
  })
  const taken = (minute: number): Message[] => {
    const { told, digests } = decider.take()
    const deps = composed(NOON + minute * MINUTE)
    const messages = [...told.map(one => composeMessage(one, deps)), ...digests.map(one => composeDigest(one, deps))]
    return messages.map(message => Message.parse(message))
  }
  return {
    view,
    /** What is told when a notifier begins to look. */
    begin: (minute = 0) => {
      decider.lookAtAll(NOON + minute * MINUTE)
      return taken(minute)
    },
    /** What another notifier tells, which finds what this one has stored. */
    beginAnew: (minute: number, missed: DeciderDeps['missed']) => {
      decider = open({
        conversations: new Map<string, Conversation>(decider.conversations),
        memories: decider.memories,
        missed,
      })
      decider.lookAtAll(NOON + minute * MINUTE)
      return taken(minute)
    },
    /** What is told of a change. */
    tell: (minute: number, changed: Incident) => {
      view.incidents.set(changed.id, changed)
      decider.look(changed.id, false, NOON + minute * MINUTE)
      return taken(minute)
    },
    tick: (minute: number) => {
      decider.tick(NOON + minute * MINUTE)
      return taken(minute)
    },
    handled: (minute: number, id: string) => {
      decider.look(id, false, NOON + minute * MINUTE)
      return taken(minute)
    },
  }
}

const aws = (n: number, more: Partial<Incident> = {}) =>
  incident(`aws/${n}`, { provider: 'aws', impact: 'major', regions: ['aws/us-east-1'], title: `Errors ${n}`, ...more })
const brief = (messages: readonly Message[]) =>
  messages.map(({ occasion, n, isOver }) => `${occasion} ${n}${isOver ? '!' : ''}`)

test('at first nothing old is told, then what is new, and what is worse', () => {
  const view = emptyView()
  view.incidents.set('aws/1', aws(1))
  const { begin, tell } = house({ view })
  expect(begin()).toEqual([])
  expect(tell(1, aws(1))).toEqual([])
  expect(brief(tell(2, aws(1, { impact: 'critical' })))).toEqual(['worse 1'])
  expect(brief(tell(30, aws(2)))).toEqual(['opened 1'])
})

test('a message says what, where, since when, why, and where to read on', () => {
  const { begin, tell } = house()
  begin()
  const words = entry(1, 6, { text: 'We are looking into it.' })
  const [message] = tell(0, aws(1, { startedAt: minutesAgo(8), entries: [words], impact: 'critical' }))
  expect(message).toMatchObject({
    occasion: 'opened',
    status: 'major_outage',
    place: 'AWS us-east-1',
    title: 'Errors 1',
    since: { theirs: minutesAgo(8), ours: minutesAgo(5) },
    words: 'We are looking into it.',
    why: 'Shop uses AWS us-east-1.',
    url: 'https://clouds.example.com/incident/aws/1',
    acknowledgeUrl: 'https://clouds.example.com/incident/aws/1#acknowledge=k',
    acknowledged: null,
    also: [],
  })
})

test('where a source gives no dates, only our clock says since when', () => {
  const { begin, tell } = house()
  begin()
  const words = entry(1, 6, { saidAt: null })
  const [message] = tell(0, aws(1, { startedAt: minutesAgo(5), saidAt: null, entries: [words] }))
  expect(message?.since).toEqual({ theirs: null, ours: minutesAgo(5) })
})

test('incidents that hang together are one conversation, which is over when all of them are', () => {
  const { begin, tell, tick } = house()
  begin()
  const [first] = tell(0, aws(1))
  // the same provider, a vendor that runs there: both are gathered
  expect(tell(1, aws(2, { regions: ['aws/us-west-2'] }))).toEqual([])
  expect(tell(1, incident('dd/1', { provider: 'datadog', regions: [], impact: 'minor', title: 'Delays' }))).toEqual([])
  const [second, ...more] = tick(3)
  expect(more).toEqual([])
  expect(second).toMatchObject({ occasion: 'worse', n: 2, conversation: first?.conversation, title: 'Errors 1' })
  expect(second?.also.map(({ place, title }) => `${place}: ${title}`)).toEqual([
    'AWS us-west-2: Errors 2',
    'Datadog: Delays',
  ])
  // a vendor that does not run there has one of its own
  const [other] = tell(4, incident('st/1', { provider: 'stripe', regions: [], impact: 'minor' }))
  expect(other).toMatchObject({ occasion: 'opened', n: 1 })
  expect(other?.conversation).not.toBe(first?.conversation)

  expect(tell(20, aws(1, { status: 'resolved' }))).toEqual([])
  expect(tell(21, aws(2, { status: 'resolved' }))).toEqual([])
  const end = tell(22, incident('dd/1', { provider: 'datadog', regions: [], impact: 'minor', status: 'resolved' }))
  expect(brief(end)).toEqual(['resolved 3!'])
  expect(end[0]).toMatchObject({ status: 'operational', acknowledgeUrl: null })
})

test('what begins much later is told by itself', () => {
  const { begin, tell } = house()
  begin()
  const [first] = tell(0, aws(1))
  const [later] = tell(90, aws(2, { regions: ['aws/us-west-2'] }))
  expect(later?.conversation).not.toBe(first?.conversation)
})

test('a source that opens the same again each time goes on in its conversation, and is told once', () => {
  const { begin, tell } = house()
  begin()
  const flap = (n: number, status: Incident['status']) => aws(n, { title: 'API is down', status })
  expect(brief(tell(0, flap(1, 'investigating')))).toEqual(['opened 1'])
  expect(brief(tell(2, flap(1, 'resolved')))).toEqual(['resolved 2!'])
  expect(brief(tell(5, flap(2, 'investigating')))).toEqual(['opened 3'])
  const [often] = tell(6, flap(2, 'resolved'))
  expect(often).toMatchObject({ n: 4, isOver: false })
  expect(often?.why).toContain('It changes often')
  for (let n = 3; n < 9; n++) {
    expect(tell(n * 3, flap(n, 'investigating'))).toEqual([])
    expect(tell(n * 3 + 1, flap(n, 'resolved'))).toEqual([])
  }
})

test('another notifier goes on: it tells what was missed, what is over as one, and nothing twice', () => {
  const { view, begin, tell, beginAnew } = house()
  begin()
  const [first] = tell(0, aws(1))
  expect(beginAnew(1, { opened: new Set(), changed: new Set(['aws/1']) })).toEqual([])
  view.incidents.set('aws/1', aws(1, { status: 'resolved' }))
  view.incidents.set('st/1', incident('st/1', { provider: 'stripe', regions: [], impact: 'minor', status: 'resolved' }))
  view.incidents.set('st/0', incident('st/0', { provider: 'stripe', regions: [], impact: 'minor', status: 'resolved' }))
  view.incidents.set('st/2', incident('st/2', { provider: 'stripe', regions: [], impact: 'major', title: 'Cards' }))
  const told = beginAnew(60, { opened: new Set(['st/1', 'st/2']), changed: new Set(['aws/1', 'st/0', 'st/1', 'st/2']) })
  expect(told.find(({ conversation }) => conversation === first?.conversation)).toMatchObject({
    occasion: 'resolved',
    n: 2,
  })
  const others = told.filter(({ conversation }) => conversation !== first?.conversation)
  expect(others.map(({ title, occasion }) => `${occasion} ${title}`)).toContain('opened Cards')
  expect(beginAnew(61, { opened: new Set(['st/1']), changed: new Set(['st/1']) })).toEqual([])
})

test('only what is as bad and as certain as the rule asks', () => {
  const { begin, tell } = house({ rules: [ruleOf({ from: 'major_outage' })] })
  begin()
  expect(tell(0, aws(1))).toEqual([])
  expect(brief(tell(1, aws(1, { impact: 'critical' })))).toEqual(['opened 1'])
  expect(tell(2, aws(9, { regions: ['aws/eu-west-1'], impact: 'critical' }))).toEqual([])
})

test('a rule of channels follows them', () => {
  const { begin, tell } = house({ rules: [ruleOf({ id: 'east', stack: null, channels: ['region/aws/us-east-1'] })] })
  begin()
  expect(tell(0, aws(1))[0]).toMatchObject({ rule: 'east', why: 'The rule east follows region/aws/us-east-1.' })
  expect(tell(1, aws(2, { regions: ['aws/us-west-2'] }))).toEqual([])
})

test('tells that somebody acknowledged it, stops repeating, and tells again when that is over', () => {
  const { view, begin, tell, tick, handled } = house({ rules: [ruleOf({ repeatMs: 10 * MINUTE })] })
  begin()
  tell(0, aws(1))
  expect(brief(tick(10))).toEqual(['again 2'])
  const acknowledgement = {
    by: 'Ann',
    at: minutesAgo(-11),
    note: 'on it',
    until: minutesAgo(-40),
    status: 'partial_outage' as const,
    regions: ['aws/us-east-1'],
  }
  view.handlings.set('aws/1', { id: 'aws/1', acknowledgement, channels: [], entries: [] })
  const [message] = handled(11, 'aws/1')
  expect(message).toMatchObject({ occasion: 'acknowledged', acknowledged: { by: 'Ann', note: 'on it' } })
  expect(tick(30)).toEqual([])
  expect(brief(tick(41))).toEqual(['lifted 4'])
  expect(brief(tick(52))).toEqual(['again 5'])
})

test('tells of a maintenance within the day before it, once, and when it is over', () => {
  const { begin, tell, tick } = house({ rules: [ruleOf({ what: ['maintenance', 'resolved'] })] })
  begin()
  const planned = (more: Partial<Incident>) =>
    aws(1, {
      kind: 'maintenance',
      status: 'scheduled',
      impact: 'maintenance',
      scheduledFor: toInstant(NOON + 25 * 60 * MINUTE),
      ...more,
    })
  expect(tell(0, planned({}))).toEqual([])
  expect(tick(59)).toEqual([])
  const [ahead] = tick(61)
  expect(ahead).toMatchObject({
    occasion: 'maintenance',
    isMaintenance: true,
    status: 'under_maintenance',
    acknowledgeUrl: null,
  })
  expect(ahead?.window?.from).toBe(toInstant(NOON + 25 * 60 * MINUTE))
  expect(tick(62)).toEqual([])
  expect(tell(1500, planned({ status: 'in_progress' }))).toEqual([])
  expect(brief(tell(1600, planned({ status: 'completed' })))).toEqual(['resolved 2!'])
})

test('tells that a region is unreachable although it is called operational, and that a source is silent', () => {
  const view = emptyView()
  const { begin, tick } = house({ view, rules: [ruleOf({ what: ['unreachable', 'silent', 'resolved'] })] })
  begin()
  const failing = { provider: 'stripe', failures: 9, lastOkAt: minutesAgo(60), name: 'Stripe Status' }
  view.sources.set('st', source('st', failing))
  view.probes.set('p', probe('p', { region: 'aws/us-east-1', provider: 'aws', reachable: false, error: 'timeout' }))
  const status = { since: null, incidents: [], services: [], serviceCount: 0, whole: null, lastKnown: null }
  view.statuses.set('aws/us-east-1', { region: 'aws/us-east-1', status: 'operational', freshness: 'live', ...status })
  const told = tick(1)
  expect(told.map(({ occasion, place, status, title }) => [occasion, place, status, title])).toEqual([
    [
      'unreachable',
      'AWS us-east-1',
      'major_outage',
      'p cannot be reached from office, though the provider says operational',
    ],
    ['silent', 'Stripe', 'unknown', 'Stripe Status: the source is silent, so nothing is known'],
  ])
  expect(tick(2)).toEqual([])
  view.sources.set('st', source('st', { ...failing, failures: 0, lastOkAt: toInstant(NOON + 3 * MINUTE) }))
  view.probes.set('p', probe('p', { region: 'aws/us-east-1', provider: 'aws' }))
  const resolved = tick(3)
  expect(brief(resolved)).toEqual(['resolved 2!', 'resolved 2!'])
  expect(resolved.map(({ title }) => title).sort()).toEqual([
    'Stripe Status: the source is read again',
    'p can be reached again from office',
  ])
  for (const { since, until } of resolved) expect([since.ours, until]).toEqual([null, expect.any(String)])
})

test('a private word is told where its reader is known', () => {
  const word = aws(1, { isPrivate: true })
  for (const [rule, expected] of [
    [ruleOf({ strength: 'possible' }), ['opened 1']],
    [ruleOf({ strength: 'possible', isPublicOnly: true }), []],
  ] as const) {
    const { begin, tell } = house({ rules: [rule] })
    begin()
    expect(brief(tell(0, word))).toEqual(expected)
  }
})

test('a digest says once a day what is open, and what was', () => {
  const rule = ruleOf({ what: [], digest: { every: 'daily', weekday: 0, minute: 13 * 60 }, timeZone: 'UTC' })
  const { begin, tell, tick } = house({ rules: [rule] })
  begin()
  expect(tell(0, aws(1))).toEqual([])
  tell(1, aws(2, { status: 'resolved', resolvedAt: minutesAgo(2) }))
  expect(tick(59)).toEqual([])
  const [digest] = tick(61)
  expect(digest).toMatchObject({
    occasion: 'digest',
    place: 'Shop',
    title: '1 open, 1 ended',
    status: 'partial_outage',
  })
  expect(digest?.also.map(({ title, status }) => [title, status])).toEqual([
    ['Errors 1', 'partial_outage'],
    ['Errors 2', 'operational'],
  ])
  expect(tick(62)).toEqual([])
})

test('what a removed source had told is forgotten without a word', () => {
  const { view, begin, tell, tick } = house()
  begin()
  tell(0, aws(1))
  view.incidents.clear()
  expect(tick(1)).toEqual([])
})

import { expect, test } from 'vitest'
import type { Rule } from '../../../../workers/config/notify-config.ts'
import {
  type Conversation,
  decide,
  decideAgain,
  decideHandled,
  newConversation,
  type Present,
} from '../../../../workers/notify/decide/conversation.ts'
import { NOON } from '../../../support/builders.ts'
import { ruleOf } from '../rule.ts'

const MINUTE = 60_000
const east = { place: 'aws/us-east-1', what: null }
const west = { place: 'aws/us-west-2', what: null }
const minor: Present = { severity: 2, grounds: [east], isOver: false }
const major: Present = { severity: 4, grounds: [east], isOver: false }
const wide: Present = { severity: 2, grounds: [east, west], isOver: false }
const left: Present = { severity: 0, grounds: [], isOver: false }
const over: Present = { severity: 0, grounds: [], isOver: true }

const everything = ruleOf({ what: ['opened', 'worse', 'better', 'resolved'] })
const atNight = ruleOf({
  what: ['opened', 'worse', 'better', 'resolved'],
  quiet: { hours: { from: 22 * 60, until: 7 * 60 }, except: 'major_outage' },
})
const begun = (more: Partial<Conversation> = {}): Conversation => ({
  ...newConversation(
    { id: 'shop:1', rule: 'shop', topic: 'trouble', members: ['aws/1'], providers: ['aws'], regions: [], isOld: false },
    NOON,
  ),
  ...more,
})

/** What is told when it goes through these states, each at its minute after noon; '!' where it is told as over. */
function story(rule: Rule, states: readonly [minute: number, present: Present][], from = begun()): string[] {
  let conversation = from
  return states.map(([minute, present]) => {
    const decision = decide(conversation, present, rule, NOON + minute * MINUTE)
    conversation = decision.conversation
    const { telling } = decision
    if (telling === null) return '-'
    return telling.occasion + (telling.isOver ? '!' : '') + (telling.changesOften ? ' often' : '')
  })
}

test.each<[string, Rule, [number, Present][], string[]]>([
  [
    'its whole life',
    everything,
    [
      [0, minor],
      [5, major],
      [9, minor],
      [20, over],
      [21, over],
    ],
    ['opened', 'worse', 'better', 'resolved!', '-'],
  ],
  [
    'only what the rule asks for',
    ruleOf({ what: ['resolved'] }),
    [
      [0, minor],
      [5, major],
      [20, over],
    ],
    ['-', '-', 'resolved!'],
  ],
  [
    'what has spread, once it is gathered',
    everything,
    [
      [0, minor],
      [1, wide],
      [1.5, wide],
      [2, wide],
      [3, wide],
    ],
    ['opened', '-', '-', 'worse', '-'],
  ],
  [
    'at once what is worse and has spread',
    everything,
    [
      [0, minor],
      [1, { ...wide, severity: 3 }],
    ],
    ['opened', 'worse'],
  ],
  [
    'that it has left the stack, and its end',
    everything,
    [
      [0, minor],
      [5, left],
      [9, over],
    ],
    ['opened', 'better', 'resolved!'],
  ],
  [
    'what was over before it was told, once',
    everything,
    [
      [0, over],
      [1, over],
    ],
    ['resolved!', '-'],
  ],
  [
    'what opens again as the same',
    everything,
    [
      [0, minor],
      [5, over],
      [15, major],
    ],
    ['opened', 'resolved!', 'opened'],
  ],
  [
    'what flaps once, then what is worse than ever, then how it is when it has been quiet',
    everything,
    [
      [0, minor],
      [2, over],
      [4, minor],
      [6, over],
      [8, minor],
      [10, over],
      [12, major],
      [14, over],
      [20, over],
      [45, over],
    ],
    ['opened', 'resolved!', 'opened', 'better often', '-', '-', 'worse often', '-', '-', 'resolved!'],
  ],
  [
    'nothing in quiet hours, then how it is',
    atNight,
    [
      [600, minor],
      [640, wide],
      [1139, wide],
      [1140, wide],
    ],
    ['-', '-', '-', 'opened'],
  ],
  [
    'what opened and ended in quiet hours as one',
    atNight,
    [
      [600, minor],
      [660, over],
      [1140, over],
    ],
    ['-', '-', 'resolved!'],
  ],
  [
    'what is as bad as the exception, and its end',
    atNight,
    [
      [600, major],
      [660, over],
    ],
    ['opened', 'resolved!'],
  ],
])('tells %s', (_, rule, states, expected) => {
  expect(story(rule, states)).toEqual(expected)
})

test('what was open before its rule is told when it gets worse, and its end only then', () => {
  const old = begun({ isOld: true, told: { severity: 2, grounds: [east], isOver: false } })
  expect(
    story(
      everything,
      [
        [1, minor],
        [5, left],
        [9, over],
      ],
      old,
    ),
  ).toEqual(['-', '-', '-'])
  expect(
    story(
      everything,
      [
        [1, major],
        [9, over],
      ],
      old,
    ),
  ).toEqual(['worse', 'resolved!'])
})

test('the number of a message counts what was told', () => {
  const first = decide(begun(), minor, everything, NOON).conversation
  expect(first.n).toBe(1)
  expect(decide(first, minor, everything, NOON + MINUTE).conversation.n).toBe(1)
  expect(decide(first, major, everything, NOON + MINUTE).conversation.n).toBe(2)
})

test('is told again until somebody acknowledges it, and not in quiet hours', () => {
  const rule = ruleOf({ repeatMs: 30 * MINUTE })
  const { conversation } = decide(begun(), minor, rule, NOON)
  const again = (minute: number, held = false, by = rule) =>
    decideAgain(conversation, minor, by, held, NOON + minute * MINUTE).telling?.occasion
  expect(again(29)).toBeUndefined()
  expect(again(30)).toBe('again')
  expect(again(30, true)).toBeUndefined()
  expect(again(700, false, { ...atNight, repeatMs: MINUTE })).toBeUndefined()
  expect(decideAgain(conversation, over, rule, false, NOON + 60 * MINUTE).telling).toBeNull()
})

test('tells that somebody acknowledged it, and that this was lifted, unless it just told why', () => {
  const told = decide(begun(), minor, everything, NOON).conversation
  const held = decideHandled(told, minor, everything, 'at one', NOON)
  expect(held.telling?.occasion).toBe('acknowledged')
  expect(decideHandled(held.conversation, minor, everything, 'at one', NOON).telling).toBeNull()
  expect(decideHandled(held.conversation, minor, everything, null, NOON).telling?.occasion).toBe('lifted')
  const worse = decide(held.conversation, major, everything, NOON + MINUTE).conversation
  expect(decideHandled(worse, major, everything, null, NOON + MINUTE).telling).toBeNull()
  expect(decideHandled(begun(), minor, everything, 'at one', NOON).telling).toBeNull()
})

test('a repeat does not take the place of what is gathered', () => {
  const rule = ruleOf({ repeatMs: 30 * MINUTE })
  const opened = decide(begun(), minor, rule, NOON).conversation
  const gathering = decide(opened, wide, rule, NOON + 29.5 * MINUTE).conversation
  expect(decideAgain(gathering, wide, rule, false, NOON + 30 * MINUTE).telling).toBeNull()
  expect(decide(gathering, wide, rule, NOON + 30.5 * MINUTE).telling?.occasion).toBe('worse')
})

test('whoever hears of it only when it is worse hears nothing of an acknowledgement that this lifts', () => {
  const rule = ruleOf({ from: 'major_outage' })
  const acknowledged = decideHandled(begun(), minor, rule, 'at one', NOON).conversation
  const opened = decide(acknowledged, major, rule, NOON + MINUTE).conversation
  expect(opened.lastOccasion).toBe('opened')
  expect(decideHandled(opened, major, rule, null, NOON + MINUTE).telling).toBeNull()
})

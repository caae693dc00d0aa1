import { z } from 'zod'
import { RegionId, Slug } from '../../../shared/domain/primitives.ts'
import { severity } from '../../../shared/domain/status.ts'
import { isNight, minuteIn } from '../../../shared/domain/time-zone.ts'
import { type Ground, hasSpread } from '../../../shared/domain/trouble.ts'
import type { Rule } from '../../config/notify-config.ts'
import type { Occasion } from '../words/message.ts'

/** What has spread is told this long after it began to, in ms: providers add their regions one by one. */
export const GATHER_MS = 60_000
/** One that is over goes on if it opens again within this time, in ms. */
export const REOPEN_MS = 30 * 60_000
/** So many turns between better and worse within an hour are told as one. */
const FLAPPING_TURNS = 3
const FLAPPING_MS = 60 * 60_000
/** What flapped is told again once it has not changed for this long, in ms. */
const CALM_MS = 30 * 60_000
export const MAX_MEMBERS = 50

const Ms = z.number()
const GroundSchema = z.object({ place: RegionId.nullable(), what: z.string().nullable() })

/** What one rule tells of what hangs together, and what of it has been told. Times are in ms. */
export const Conversation = z.object({
  id: z.string().max(200),
  rule: Slug,
  topic: z.enum(['trouble', 'maintenance', 'probe', 'source']),
  /** Ids of incidents, or that of the probe or source; the first one opened it. */
  members: z.array(z.string()).max(MAX_MEMBERS),
  /** Of all members: what another incident must share to join. */
  providers: z.array(z.string()),
  regions: z.array(z.string()),
  openedAt: Ms,
  joinedAt: Ms,
  overAt: Ms.nullable(),
  /** Number of the last message; 0 while nothing was told. */
  n: z.int().nonnegative(),
  toldAt: Ms.nullable(),
  lastOccasion: z.string().nullable(),
  told: z.object({ severity: z.number(), grounds: z.array(GroundSchema), isOver: z.boolean() }),
  /** How it was when it was last looked at, and since when. */
  seen: z.object({ severity: z.number(), isOver: z.boolean(), since: Ms }),
  /** When what has spread will be told. */
  gatherUntil: Ms.nullable(),
  /** Whether quiet hours hold something back. */
  isHeld: z.boolean(),
  direction: z.enum(['up', 'down']).nullable(),
  turns: z.array(Ms),
  isFlapping: z.boolean(),
  worst: z.number(),
  /** It was open before its rule was: nothing is told of it until it gets worse. */
  isOld: z.boolean(),
  /** The acknowledgement that was told last: when it was given. */
  acknowledgedAt: z.string().nullable(),
})
export type Conversation = z.infer<typeof Conversation>

/** How all members of a conversation are now, together. */
export type Present = { severity: number; grounds: readonly Ground[]; isOver: boolean }

/** What to tell. `changesOften`: this is the last message for a while, as it flaps. */
export type Telling = { occasion: Occasion; isOver: boolean; changesOften: boolean }

export type NewConversation = Pick<
  Conversation,
  'id' | 'rule' | 'topic' | 'members' | 'providers' | 'regions' | 'isOld'
>

export const newConversation = (begin: NewConversation, now: number): Conversation => ({
  ...begin,
  openedAt: now,
  joinedAt: now,
  overAt: null,
  n: 0,
  toldAt: null,
  lastOccasion: null,
  told: { severity: 0, grounds: [], isOver: false },
  seen: { severity: 0, isOver: false, since: now },
  gatherUntil: null,
  isHeld: false,
  direction: null,
  turns: [],
  isFlapping: false,
  worst: 0,
  acknowledgedAt: null,
})

type Decision = { conversation: Conversation; telling: Telling | null }

/**
 * What to tell of a conversation, by what was told and how it is now; nothing where both are the same, the rule does
 * not ask for it, or it waits. Pure: called at every change and once a second.
 */
export function decide(before: Conversation, present: Present, rule: Rule, now: number): Decision {
  const looked = lookAt(before, present, now)
  const silently = (): Decision => ({
    conversation: {
      ...looked,
      told: toldOf(present),
      worst: Math.max(looked.worst, present.severity),
      ...nothingWaits,
    },
    telling: null,
  })
  const change = changeOf(looked, present)
  if (change === null) return { conversation: { ...calmed(looked, now), ...nothingWaits }, telling: null }
  const wanted = wantedAs(change.occasion, looked, rule)
  if (wanted === null) return silently()
  if (looked.isFlapping && present.severity <= looked.worst && now - looked.seen.since < CALM_MS)
    return { conversation: looked, telling: null }
  if (isQuiet(rule, Math.max(present.severity, looked.n > 0 ? looked.told.severity : 0), now))
    return { conversation: { ...looked, isHeld: true }, telling: null }
  if (change.isSpread) {
    const gatherUntil = looked.gatherUntil ?? now + GATHER_MS
    if (now < gatherUntil) return { conversation: { ...looked, gatherUntil }, telling: null }
  }
  return tell(calmed(looked, now), present, wanted, now)
}

/** Tells again what is open and nobody has acknowledged. Pure. */
export function decideAgain(
  conversation: Conversation,
  present: Present,
  rule: Rule,
  isAcknowledged: boolean,
  now: number,
): Decision {
  const { n, told, toldAt, gatherUntil, isFlapping, topic } = conversation
  const isOpen = n > 0 && !told.isOver && !present.isOver && present.severity > 0 && topic !== 'maintenance'
  const isDue = rule.repeatMs !== null && toldAt !== null && now - toldAt >= rule.repeatMs
  // what is gathered is told within the minute, as what it is
  const waits = gatherUntil !== null || isFlapping || isAcknowledged || isQuiet(rule, present.severity, now)
  if (!isOpen || !isDue || waits) return { conversation, telling: null }
  return decided(conversation, present, { occasion: 'again', isOver: false, changesOften: false }, now)
}

/** Tells what our own house did: somebody has acknowledged it, or that has ended. Pure. */
export function decideHandled(
  before: Conversation,
  present: Present,
  rule: Rule,
  acknowledgedAt: string | null,
  now: number,
): Decision {
  if (before.acknowledgedAt === acknowledgedAt) return { conversation: before, telling: null }
  const conversation = { ...before, acknowledgedAt }
  const occasion = acknowledgedAt === null ? 'lifted' : 'acknowledged'
  // that it got worse is said already; whoever hears of it just now did not know that it was acknowledged
  const sinceTold = now - (before.toldAt ?? 0)
  const isSaid = before.lastOccasion === 'worse' ? sinceTold < 2 * GATHER_MS : before.n === 1 && sinceTold === 0
  const isKnown = before.n === 0 || (occasion === 'lifted' && isSaid)
  if (isKnown || present.isOver || isQuiet(rule, before.told.severity, now)) return { conversation, telling: null }
  return decided(conversation, present, { occasion, isOver: false, changesOften: false }, now)
}

/** Whether a conversation is over for good, and is forgotten. */
export const isForgotten = ({ overAt, told, isHeld, isFlapping }: Conversation, now: number): boolean =>
  overAt !== null && told.isOver && !isHeld && !isFlapping && now - overAt >= REOPEN_MS

/** Whether a rule's quiet hours hold back what is this bad. */
export function isQuiet({ quiet, timeZone }: Pick<Rule, 'quiet' | 'timeZone'>, level: number, now: number): boolean {
  if (quiet === null || !isNight(quiet.hours, minuteIn(timeZone, now))) return false
  return quiet.except === null || level < severity[quiet.except]
}

const nothingWaits = { gatherUntil: null, isHeld: false }
const toldOf = ({ severity, grounds, isOver }: Present): Conversation['told'] => ({
  severity,
  grounds: [...grounds],
  isOver,
})

function lookAt(before: Conversation, { severity, isOver }: Present, now: number): Conversation {
  const isSame = before.seen.severity === severity && before.seen.isOver === isOver
  const seen = isSame ? before.seen : { severity, isOver, since: now }
  return { ...before, seen, overAt: isOver ? (before.overAt ?? now) : null }
}

const calmed = (conversation: Conversation, now: number): Conversation =>
  conversation.isFlapping && now - conversation.seen.since >= CALM_MS
    ? { ...conversation, isFlapping: false, turns: [], direction: null }
    : conversation

type Change = { occasion: 'begin' | 'worse' | 'better' | 'resolved'; isSpread: boolean }

function changeOf({ told, n, isOld, topic }: Conversation, present: Present): Change | null {
  const plain = (occasion: Change['occasion']): Change => ({ occasion, isSpread: false })
  if (present.isOver) return told.isOver ? null : plain('resolved')
  if (told.isOver || (n === 0 && !isOld && told.severity === 0)) return present.severity > 0 ? plain('begin') : null
  if (present.severity > told.severity) return plain('worse')
  if (topic === 'trouble' && hasSpread(told.grounds, present.grounds)) return { occasion: 'worse', isSpread: true }
  return present.severity < told.severity ? plain('better') : null
}

const beginnings = { trouble: 'opened', maintenance: 'maintenance', probe: 'unreachable', source: 'silent' } as const

/** As what the rule hears of a change; null where it does not ask for it. */
function wantedAs(change: Change['occasion'], { topic, n, isOld }: Conversation, { what }: Rule): Occasion | null {
  const begin = beginnings[topic]
  const occasion = change === 'begin' ? begin : change
  if (isOld && n === 0 && change === 'better') return null
  if (change !== 'resolved') return what.includes(occasion) ? occasion : null
  // what is over before it was told is told once; of what is older than its rule nothing is
  if (n === 0) return isOld ? null : what.includes('resolved') ? 'resolved' : what.includes(begin) ? begin : null
  return what.includes('resolved') ? 'resolved' : null
}

function tell(conversation: Conversation, present: Present, occasion: Occasion, now: number): Decision {
  const direction = occasion === 'resolved' || occasion === 'better' ? 'down' : 'up'
  const isTurn = conversation.direction !== null && conversation.direction !== direction
  const recent = conversation.turns.filter(at => now - at < FLAPPING_MS)
  const turns = isTurn ? [...recent, now] : recent
  const changesOften = turns.length >= FLAPPING_TURNS
  const telling: Telling = {
    occasion: changesOften && occasion === 'resolved' ? 'better' : occasion,
    isOver: present.isOver && !changesOften,
    changesOften,
  }
  return decided({ ...conversation, direction, turns, isFlapping: changesOften }, present, telling, now)
}

const decided = (before: Conversation, present: Present, telling: Telling, now: number): Decision => ({
  conversation: {
    ...before,
    n: before.n + 1,
    toldAt: now,
    lastOccasion: telling.occasion,
    told: { ...toldOf(present), isOver: telling.isOver },
    worst: Math.max(before.worst, present.severity),
    ...nothingWaits,
  },
  telling,
})

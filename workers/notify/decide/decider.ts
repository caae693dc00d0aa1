import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Incident } from '../../../shared/domain/incident.ts'
import type { RecordId } from '../../../shared/domain/primitives.ts'
import type { StackFacts } from '../../../shared/domain/reason.ts'
import { isSilent, isStatusSource } from '../../../shared/domain/source.ts'
import { usesOf } from '../../../shared/domain/stack.ts'
import type { View } from '../../../shared/domain/view.ts'
import type { Rule } from '../../config/notify-config.ts'
import { isAhead, isNews, isUnreachable } from './beginning.ts'
import {
  type Conversation,
  decide,
  decideAgain,
  decideHandled,
  isForgotten,
  newConversation,
  type Telling,
} from './conversation.ts'
import { dueDigest } from './digest.ts'
import { conversationFor, type JoinFacts, withMember } from './joining.ts'
import { openConversations } from './open-conversations.ts'
import { acknowledgedAt, presentOf } from './present.ts'
import type { RuleBook } from './rules.ts'

/** What is known of a rule since it was first seen. */
export const RuleMemory = z.object({
  /** A digest of what it is about: when that changes, what is open already is not news. */
  basis: z.string(),
  /** When its last digest was due, in ms. */
  digestAt: z.number(),
})
export type RuleMemory = z.infer<typeof RuleMemory>

/** Something to tell: composed to a message by who knows names. */
export type Told = { rule: Rule; conversation: Conversation; telling: Telling }
export type DueDigest = { rule: Rule; from: number; until: number }

/** The incidents that opened, and those that changed. */
export type Missed = { opened: ReadonlySet<RecordId>; changed: ReadonlySet<RecordId> }

export type DeciderDeps = {
  view: View
  book: RuleBook
  facts: StackFacts
  homesOf: JoinFacts['homesOf']
  conversations: ReadonlyMap<string, Conversation>
  memories: ReadonlyMap<string, RuleMemory>
  /** What changed since the last decision was stored; null where there was none. The rest is no news. */
  missed: Missed | null
}

/** What changed since the last `take`. */
export type Decisions = {
  conversations: ReadonlyMap<string, Conversation | null>
  memories: ReadonlyMap<string, RuleMemory | null>
  told: readonly Told[]
  digests: readonly DueDigest[]
}

export type Decider = ReturnType<typeof createDecider>

/**
 * Decides what every rule tells, by comparing how things are with what was told. So it makes no difference whether an
 * event was seen, missed or seen twice. It knows no store: `take` gives what is to be stored and sent.
 */
export function createDecider({
  view,
  book,
  facts,
  homesOf,
  conversations: stored,
  memories: known,
  missed,
}: DeciderDeps) {
  const conversations = openConversations(stored)
  const memories = new Map(known)
  const changedMemories = new Map<string, RuleMemory | null>()
  let isFirstLook = false
  let told: Told[] = []
  let digests: DueDigest[] = []
  for (const conversation of stored.values()) if (!book.rules.has(conversation.rule)) conversations.forget(conversation)
  for (const id of known.keys()) if (!book.rules.has(id)) changedMemories.set(id, null)

  function settle(conversation: Conversation, rule: Rule, now: number): void {
    const present = presentOf(conversation, rule, { view, book }, now)
    if (present === null) {
      conversations.forget(conversation)
      return
    }
    const steps = [
      (one: Conversation) => decide(one, present, rule, now),
      (one: Conversation) => decideHandled(one, present, rule, acknowledgedAt(one, view, now), now),
      (one: Conversation) => decideAgain(one, present, rule, one.acknowledgedAt !== null, now),
    ]
    let after = conversation
    for (const step of steps) {
      const decision = step(after)
      after = decision.conversation
      if (decision.telling !== null) told.push({ rule, conversation: after, telling: decision.telling })
    }
    if (isForgotten(after, now)) conversations.forget(after)
    else if (!isSame(conversation, after)) conversations.store(after)
  }

  /** @param isOld whether it was open before the rule was */
  function begin(
    rule: Rule,
    topic: Conversation['topic'],
    member: Incident | string,
    isOld: boolean,
    now: number,
  ): void {
    const id = typeof member === 'string' ? member : member.id
    const about = { rule: rule.id, topic, members: [id], providers: [], regions: [], isOld }
    const started = newConversation({ id: `${rule.id}:${digestOf([topic, id, now])}`, ...about }, now)
    const conversation = typeof member === 'string' ? started : withMember(started, member, now)
    const present = isOld ? presentOf(conversation, rule, { view, book }, now) : null
    conversations.store(
      present === null
        ? conversation
        : { ...conversation, told: { ...present, grounds: [...present.grounds] }, worst: present.severity },
    )
  }

  function lookFor(rule: Rule, incident: Incident, isOld: boolean, now: number): void {
    const mine = conversations.of(incident.id, rule)
    if (mine.length === 0) {
      const topic = incident.kind === 'maintenance' ? 'maintenance' : 'trouble'
      const wasMissed = !isOld && missed?.opened.has(incident.id) === true
      if (!(topic === 'maintenance' ? isAhead(rule, incident, book, now) : isNews(rule, incident, book, wasMissed)))
        return
      const joined = isOld ? undefined : conversationFor(incident, topic, conversations.ofRule(rule), joinFacts, now)
      if (joined === undefined) begin(rule, topic, incident, isOld && topic === 'trouble', now)
      else conversations.store(withMember(joined, incident, now))
    }
    for (const one of conversations.of(incident.id, rule)) settle(one, rule, now)
  }

  const joinFacts: JoinFacts = { homesOf, incidentOf: id => view.incidents.get(id) }

  /**
   * Decides on a change of one incident, or of what our house does about it.
   * @param isOld whether it was open before its source was watched
   */
  function look(id: RecordId, isOld: boolean, now: number): void {
    const incident = view.incidents.get(id)
    const rules = new Set(incident === undefined ? [] : book.ofIncident(incident))
    for (const { rule } of conversations.ofMember(id)) {
      const its = book.rules.get(rule)
      if (its !== undefined) rules.add(its)
    }
    for (const rule of rules)
      if (incident !== undefined) lookFor(rule, incident, isOld, now)
      else for (const one of conversations.of(id, rule)) settle(one, rule, now)
  }

  /**
   * Decides on everything: when a notifier begins, and when rules or stacks change. What was open before its rule, or
   * before somebody looked for the first time, is no news.
   */
  function lookAtAll(now: number): void {
    const newRules = new Set<string>()
    for (const rule of book.rules.values()) {
      const basis = basisOf(rule, facts)
      const memory = memories.get(rule.id)
      if (memory?.basis === basis) continue
      newRules.add(rule.id)
      remember(rule.id, { basis, digestAt: memory?.digestAt ?? now })
    }
    for (const incident of view.incidents.values())
      for (const rule of book.ofIncident(incident)) {
        const isOld = newRules.has(rule.id) || missed?.changed.has(incident.id) !== true
        lookFor(rule, incident, isOld, now)
      }
    isFirstLook = missed === null
    tick(now)
    isFirstLook = false
  }

  function remember(rule: string, memory: RuleMemory): void {
    memories.set(rule, memory)
    changedMemories.set(rule, memory)
  }

  /** Decides on what only the time changes. */
  function tick(now: number): void {
    for (const conversation of [...conversations.all.values()]) {
      const rule = book.rules.get(conversation.rule)
      if (rule !== undefined) settle(conversation, rule, now)
    }
    for (const incident of view.incidents.values())
      if (incident.status === 'scheduled')
        for (const rule of book.ofIncident(incident)) lookFor(rule, incident, false, now)
    for (const probe of view.probes.values())
      if (isUnreachable(view, probe.id)) beginOwn(book.ofProbe(probe), 'unreachable', 'probe', probe.id, now)
    for (const source of view.sources.values())
      if (isStatusSource(source) && source.failures > 0 && isSilent(source, now))
        beginOwn(book.ofSource(source), 'silent', 'source', source.id, now)
    for (const rule of book.rules.values()) {
      const memory = memories.get(rule.id)
      if (rule.digest === null || memory === undefined) continue
      const due = dueDigest(rule.digest, rule.timeZone, memory.digestAt, now)
      if (due === null) continue
      digests.push({ rule, from: due.from, until: due.at })
      remember(rule.id, { ...memory, digestAt: due.at })
    }
  }

  function beginOwn(
    rules: readonly Rule[],
    what: Rule['what'][number],
    topic: 'probe' | 'source',
    id: string,
    now: number,
  ): void {
    for (const rule of rules) {
      if (!rule.what.includes(what)) continue
      const mine = () => conversations.of(id, rule).filter(one => one.topic === topic)
      if (mine().length > 0) continue
      begin(rule, topic, id, isFirstLook, now)
      for (const one of mine()) settle(one, rule, now)
    }
  }

  return {
    look,
    lookAtAll,
    tick,
    /** What is to be stored and sent since the last time. */
    take(): Decisions {
      const changes = { conversations: conversations.takeChanges(), memories: new Map(changedMemories), told, digests }
      changedMemories.clear()
      told = []
      digests = []
      return changes
    },
    conversations: conversations.all,
    memories: memories as ReadonlyMap<string, RuleMemory>,
  }
}

/** Beside `seen`, which every look renews with the same values. */
const isSame = (before: Conversation, after: Conversation): boolean =>
  before === after || JSON.stringify(before) === JSON.stringify(after)

const digestOf = (parts: unknown): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16)

function basisOf({ stack, channels, from, strength }: Rule, facts: StackFacts): string {
  const own = stack === null ? undefined : facts.stacks.get(stack)
  return digestOf([stack, channels, from, strength, own === undefined ? [] : usesOf(own, facts.stacks)])
}

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { acknowledgementOf } from '../../shared/domain/handling.ts'
import { type Incident, isEnded, statusOfIncident } from '../../shared/domain/incident.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import type { StackFacts } from '../../shared/domain/reason.ts'
import { isSilent, isStatusSource } from '../../shared/domain/source.ts'
import { usesOf } from '../../shared/domain/stack.ts'
import { severity } from '../../shared/domain/status.ts'
import type { Trouble } from '../../shared/domain/trouble.ts'
import type { View } from '../../shared/domain/view.ts'
import type { Rule } from '../config/notify-config.ts'
import {
  type Conversation,
  decide,
  decideAgain,
  decideHandled,
  isForgotten,
  newConversation,
  type Present,
  type Telling,
} from './conversation.ts'
import { dueDigest } from './digest.ts'
import { conversationFor, type JoinFacts, withMember } from './joining.ts'
import type { RuleBook } from './rules.ts'

/** A maintenance is told this long before it begins, in ms. */
const AHEAD_MS = 24 * 3_600_000

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

export type DeskDeps = {
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
export type DeskChanges = {
  conversations: ReadonlyMap<string, Conversation | null>
  memories: ReadonlyMap<string, RuleMemory | null>
  told: readonly Told[]
  digests: readonly DueDigest[]
}

export type Desk = ReturnType<typeof createDesk>

/**
 * Decides what every rule tells, by comparing how things are with what was told. So it makes no difference whether an
 * event was seen, missed or seen twice. It knows no store: `take` gives what is to be stored and sent.
 */
export function createDesk({ view, book, facts, homesOf, conversations: stored, memories: known, missed }: DeskDeps) {
  const conversations = new Map([...stored].filter(([, { rule }]) => book.rules.has(rule)))
  const memories = new Map(known)
  const byMember = new Map<string, Set<string>>()
  const byRule = new Map<string, Set<string>>()
  const changed = new Map<string, Conversation | null>()
  const changedMemories = new Map<string, RuleMemory | null>()
  let told: Told[] = []
  let digests: DueDigest[] = []
  for (const id of stored.keys()) if (!conversations.has(id)) changed.set(id, null)
  for (const id of known.keys()) if (!book.rules.has(id)) changedMemories.set(id, null)
  for (const conversation of conversations.values()) index(conversation)

  function index({ id, rule, members }: Conversation): void {
    for (const member of members) add(byMember, member, id)
    add(byRule, rule, id)
  }

  function store(conversation: Conversation): void {
    const before = conversations.get(conversation.id)
    if (before === conversation) return
    conversations.set(conversation.id, conversation)
    if (before?.members !== conversation.members) index(conversation)
    changed.set(conversation.id, conversation)
  }

  function forget({ id, rule, members }: Conversation): void {
    conversations.delete(id)
    for (const member of members) byMember.get(member)?.delete(id)
    byRule.get(rule)?.delete(id)
    changed.set(id, null)
  }

  /** The conversations of a rule, or of a member. */
  const listed = (ids: ReadonlySet<string> | undefined): Conversation[] =>
    [...(ids ?? [])].flatMap(id => conversations.get(id) ?? [])

  function presentOf(conversation: Conversation, rule: Rule, now: number): Present | null {
    const { topic, members } = conversation
    if (topic === 'probe' || topic === 'source') return ownPresent(conversation, view, now)
    const incidents = members.flatMap(id => view.incidents.get(id) ?? [])
    if (incidents.length === 0) return null // its source was removed
    if (topic === 'maintenance') {
      const isOver = incidents.every(isEnded)
      return { severity: isOver ? 0 : severity.under_maintenance, grounds: [], isOver }
    }
    const troubles = incidents.map((incident): Trouble => book.trouble(rule, incident))
    return {
      severity: Math.max(...troubles.map(trouble => trouble.severity)),
      grounds: troubles.flatMap(({ grounds }) => grounds),
      isOver: incidents.every(isEnded),
    }
  }

  /** The acknowledgement of any member that holds now. */
  const acknowledgedAt = ({ members }: Conversation, now: number): string | null => {
    for (const id of members) {
      const incident = view.incidents.get(id)
      const held = incident && acknowledgementOf(view.handlings.get(id), incident, now)
      if (held) return held.at
    }
    return null
  }

  function settle(conversation: Conversation, rule: Rule, now: number): void {
    const present = presentOf(conversation, rule, now)
    if (present === null) {
      forget(conversation)
      return
    }
    const steps = [
      (one: Conversation) => decide(one, present, rule, now),
      (one: Conversation) => decideHandled(one, present, rule, acknowledgedAt(one, now), now),
      (one: Conversation) => decideAgain(one, present, rule, one.acknowledgedAt !== null, now),
    ]
    let after = conversation
    for (const step of steps) {
      const decision = step(after)
      after = decision.conversation
      if (decision.telling !== null) told.push({ rule, conversation: after, telling: decision.telling })
    }
    if (isForgotten(after, now)) forget(after)
    else if (!isSame(conversation, after)) store(after)
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
    const started = newConversation(
      {
        id: `${rule.id}:${digestOf([topic, id, now])}`,
        rule: rule.id,
        topic,
        members: [id],
        providers: [],
        regions: [],
        isOld,
      },
      now,
    )
    const conversation = typeof member === 'string' ? started : withMember(started, member, now)
    const present = isOld ? presentOf(conversation, rule, now) : null
    store(
      present === null
        ? conversation
        : { ...conversation, told: { ...present, grounds: [...present.grounds] }, worst: present.severity },
    )
  }

  function lookFor(rule: Rule, incident: Incident, isOld: boolean, now: number): void {
    const mine = listed(byMember.get(incident.id)).filter(one => one.rule === rule.id)
    if (mine.length === 0) {
      const topic = incident.kind === 'maintenance' ? 'maintenance' : 'trouble'
      if (!(topic === 'maintenance' ? isAhead(rule, incident, now) : isNews(rule, incident, isOld))) return
      const joined = isOld ? undefined : conversationFor(incident, topic, listed(byRule.get(rule.id)), joinFacts, now)
      if (joined === undefined) begin(rule, topic, incident, isOld && topic === 'trouble', now)
      else store(withMember(joined, incident, now))
    }
    for (const one of listed(byMember.get(incident.id))) if (one.rule === rule.id) settle(one, rule, now)
  }

  const joinFacts: JoinFacts = { homesOf, incidentOf: id => view.incidents.get(id) }

  const isAhead = (rule: Rule, incident: Incident, now: number): boolean => {
    const from = incident.scheduledFor === null ? Number.NaN : Date.parse(incident.scheduledFor)
    const isWanted = rule.what.includes('maintenance') && incident.status === 'scheduled'
    return isWanted && from > now && from - now <= AHEAD_MS && book.concerned(rule, incident)
  }

  /** Whether an incident without a conversation begins one: it hits the rule now, or did while nobody looked. */
  const isNews = (rule: Rule, incident: Incident, isOld: boolean): boolean => {
    if (book.trouble(rule, incident).severity > 0) return true
    const isMissed = !isOld && isEnded(incident) && missed?.opened.has(incident.id) === true
    return isMissed && severity[statusOfIncident(incident)] >= severity[rule.from] && book.concerned(rule, incident)
  }

  /**
   * Decides on a change of one incident, or of what our house does about it.
   * @param isOld whether it was open before its source was watched
   */
  function look(id: RecordId, isOld: boolean, now: number): void {
    const incident = view.incidents.get(id)
    const rules = new Set(incident === undefined ? [] : book.ofIncident(incident))
    for (const { rule } of listed(byMember.get(id))) {
      const its = book.rules.get(rule)
      if (its !== undefined) rules.add(its)
    }
    for (const rule of rules)
      if (incident !== undefined) lookFor(rule, incident, isOld, now)
      else for (const one of listed(byMember.get(id))) if (one.rule === rule.id) settle(one, rule, now)
  }

  /**
   * Decides on everything: when a notifier begins, and when rules or stacks change. What was open before its rule, or
   * before somebody looked for the first time, is no news.
   */
  function lookAtAll(now: number): void {
    for (const rule of book.rules.values()) {
      const basis = basisOf(rule, facts)
      const memory = memories.get(rule.id)
      const isNew = memory?.basis !== basis
      if (isNew) remember(rule.id, { basis, digestAt: memory?.digestAt ?? now })
      newRules.set(rule.id, isNew)
    }
    for (const incident of view.incidents.values())
      for (const rule of book.ofIncident(incident)) {
        const isOld = newRules.get(rule.id) === true || missed?.changed.has(incident.id) !== true
        lookFor(rule, incident, isOld, now)
      }
    isFirstLook = missed === null
    tick(now)
    isFirstLook = false
  }
  let isFirstLook = false
  const newRules = new Map<string, boolean>()

  function remember(rule: string, memory: RuleMemory): void {
    memories.set(rule, memory)
    changedMemories.set(rule, memory)
  }

  /** Decides on what only the time changes. */
  function tick(now: number): void {
    for (const conversation of [...conversations.values()]) {
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
      const due =
        rule.digest === null || memory === undefined
          ? null
          : dueDigest(rule.digest, rule.timeZone, memory.digestAt, now)
      if (due === null || memory === undefined) continue
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
      const mine = listed(byMember.get(id)).filter(one => one.rule === rule.id && one.topic === topic)
      if (mine.length > 0) continue
      begin(rule, topic, id, isFirstLook, now)
      for (const one of listed(byMember.get(id)))
        if (one.rule === rule.id && one.topic === topic) settle(one, rule, now)
    }
  }

  return {
    look,
    lookAtAll,
    tick,
    /** What is to be stored and sent since the last time. */
    take(): DeskChanges {
      const changes = { conversations: new Map(changed), memories: new Map(changedMemories), told, digests }
      changed.clear()
      changedMemories.clear()
      told = []
      digests = []
      return changes
    },
    conversations: conversations as ReadonlyMap<string, Conversation>,
    memories: memories as ReadonlyMap<string, RuleMemory>,
  }
}

const add = (index: Map<string, Set<string>>, key: string, id: string): void => {
  index.set(key, (index.get(key) ?? new Set()).add(id))
}

/** Beside `seen`, which every look renews with the same values. */
const isSame = (before: Conversation, after: Conversation): boolean =>
  before === after || JSON.stringify(before) === JSON.stringify(after)

/** A probe that finds its region unreachable while its provider calls it operational. */
export function isUnreachable(view: Pick<View, 'probes' | 'statuses'>, id: string): boolean {
  const probe = view.probes.get(id)
  return probe !== undefined && !probe.reachable && view.statuses.get(probe.region)?.status === 'operational'
}

/** What a probe or a source says; null where it is gone. One that is unreachable stays so until it is reachable again. */
function ownPresent({ topic, members: [id = ''], told }: Conversation, view: View, now: number): Present | null {
  if (topic === 'probe') {
    const probe = view.probes.get(id)
    if (probe === undefined) return null
    const isOver = probe.reachable
    return { severity: isOver ? 0 : Math.max(told.severity, severity.major_outage), grounds: [], isOver }
  }
  const source = view.sources.get(id)
  if (source === undefined) return null
  const isOver = !isSilent(source, now)
  return { severity: isOver ? 0 : severity.under_maintenance, grounds: [], isOver }
}

const digestOf = (parts: unknown): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16)

function basisOf({ stack, channels, from, strength }: Rule, facts: StackFacts): string {
  const own = stack === null ? undefined : facts.stacks.get(stack)
  return digestOf([stack, channels, from, strength, own === undefined ? [] : usesOf(own, facts.stacks)])
}

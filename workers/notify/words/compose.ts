import { acknowledgementOf } from '../../../shared/domain/handling.ts'
import { type Incident, isActive, isEnded, statusOfIncident } from '../../../shared/domain/incident.ts'
import { timeOfEntry } from '../../../shared/domain/ledger.ts'
import { descending, firstOf } from '../../../shared/domain/order.ts'
import { pathOf } from '../../../shared/domain/pages.ts'
import { type RecordId, toInstant } from '../../../shared/domain/primitives.ts'
import { isSilent } from '../../../shared/domain/source.ts'
import { type Status, severity, worst } from '../../../shared/domain/status.ts'
import type { View } from '../../../shared/domain/view.ts'
import type { Rule } from '../../config/notify-config.ts'
import type { DueDigest, Told } from '../decide/decider.ts'
import { digestOf } from '../decide/digest.ts'
import type { RuleBook } from '../decide/rules.ts'
import type { Mention, Message } from './message.ts'
import { type Names, placeOf, providerName, whyOf } from './names.ts'

export type ComposeDeps = {
  view: View
  book: RuleBook
  names: Names
  /** The server's address; null where the sources' own pages are linked instead. */
  publicUrl: string | null
  acknowledgeUrlOf: (incident: RecordId) => string | null
  now: number
}

/** More would make a message long, and heavy to keep. */
const MAX_MENTIONS = 20

/** A decision → the message that targets render. Pure. */
export function composeMessage({ rule, conversation, telling }: Told, deps: ComposeDeps): Message {
  const { id, n, topic, members } = conversation
  const common = {
    ...frameOf(rule, deps),
    id: `${id}#${n}@${deps.now.toString(36)}`,
    conversation: id,
    n,
    occasion: telling.occasion,
    isOver: telling.isOver,
    isMaintenance: topic === 'maintenance',
  }
  const told = {
    ...common,
    ...(topic === 'trouble' || topic === 'maintenance' ? {} : ownFacts(topic, members[0] ?? '', deps)),
  }
  const [lead, ...others] = leadFirst(members.flatMap(one => deps.view.incidents.get(one) ?? []))
  const facts = lead === undefined ? told : { ...told, ...incidentFacts(lead, others, rule, deps) }
  const often = 'It changes often: it is told again once it has been the same for 30 minutes, or is worse than before.'
  const why = telling.changesOften ? [facts.why, often].filter(Boolean).join(' ') : facts.why
  return { ...facts, why: why?.slice(0, 500) ?? null, status: telling.isOver ? 'operational' : facts.status }
}

/** What every message of a rule says, before it is about anything. */
const frameOf = (
  rule: Rule,
  { view, now, publicUrl }: ComposeDeps,
): Omit<Message, 'id' | 'conversation' | 'n' | 'occasion' | 'isOver' | 'isMaintenance'> => ({
  rule: rule.id,
  at: toInstant(now),
  status: 'unknown',
  incident: null,
  place: '',
  title: '',
  since: { theirs: null, ours: null },
  until: null,
  window: null,
  words: null,
  why: null,
  also: [],
  alsoOmitted: 0,
  url: publicUrl,
  acknowledgeUrl: null,
  acknowledged: null,
  timeZone: rule.timeZone,
  isSimulated: view.settings.simulated,
})

/** The worst that is open comes first; of equals the one that began first. */
const leadFirst = (incidents: readonly Incident[]): Incident[] =>
  [...incidents].sort(
    firstOf<Incident>(
      descending(incident => Number(!isEnded(incident))),
      descending(incident => severity[statusOfIncident(incident)]),
      (a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt),
    ),
  )

function incidentFacts(lead: Incident, others: readonly Incident[], rule: Rule, deps: ComposeDeps) {
  const { view, book, names, now } = deps
  const { id, entries, startedAt, saidAt, scheduledFor, scheduledUntil } = lead
  const newest = entries.find(({ text }) => text.trim() !== '')
  const first = entries.find(({ n }) => n === 1)
  const held = [lead, ...others].flatMap(one => acknowledgementOf(view.handlings.get(one.id), one, now) ?? [])[0]
  return {
    incident: id,
    status: statusNow([lead, ...others], rule, book),
    place: placeOf(lead, names).slice(0, 200),
    title: lead.title,
    since: { theirs: saidAt === null && scheduledFor === null ? null : startedAt, ours: first?.seenAt ?? null },
    until: isEnded(lead) ? (lead.resolvedAt ?? (newest === undefined ? null : timeOfEntry(newest))) : null,
    window: lead.kind === 'maintenance' ? { from: scheduledFor, until: scheduledUntil } : null,
    words: newest === undefined ? null : newest.text.slice(0, 2000),
    why: whyOf(rule, book.reasons(rule, lead), names),
    also: others.slice(0, MAX_MENTIONS).map(one => mentionOf(one, deps)),
    alsoOmitted: Math.max(0, others.length - MAX_MENTIONS),
    url: urlOf(lead, deps),
    acknowledgeUrl: isEnded(lead) || lead.kind === 'maintenance' ? null : deps.acknowledgeUrlOf(id),
    acknowledged: held === undefined ? null : { by: held.by, at: held.at, until: held.until, note: held.note },
  }
}

/** The worst of those that hit the rule now; what has left it is no longer in trouble there. */
function statusNow(incidents: readonly Incident[], rule: Rule, book: RuleBook): Status {
  if (incidents.every(({ kind }) => kind === 'maintenance'))
    return incidents.every(isEnded) ? 'operational' : 'under_maintenance'
  return worst(incidents.filter(one => book.trouble(rule, one).severity > 0).map(statusOfIncident))
}

function mentionOf(incident: Incident, deps: ComposeDeps): Mention {
  const url = urlOf(incident, deps)
  return {
    place: placeOf(incident, deps.names).slice(0, 200),
    title: incident.title,
    status: isEnded(incident) ? 'operational' : statusOfIncident(incident),
    url: url !== null && url.length > 500 ? null : url,
  }
}

const urlOf = ({ id, url }: Pick<Incident, 'id' | 'url'>, { publicUrl }: ComposeDeps): string | null =>
  publicUrl === null ? url : publicUrl + pathOf({ name: 'incident', incident: id })

/** What a probe found, or which source is silent. */
function ownFacts(topic: 'probe' | 'source', id: string, { view, names, publicUrl, now }: ComposeDeps) {
  const probe = topic === 'probe' ? view.probes.get(id) : undefined
  const source = view.sources.get(id)
  const page = publicUrl === null ? null : publicUrl + pathOf({ name: 'sources' })
  if (probe === undefined) {
    const place = source === undefined ? id : providerName(source.provider, names)
    const isRead = source !== undefined && !isSilent(source, now)
    const title = `${source?.name ?? id}: the source ${isRead ? 'is read again' : 'is silent, so nothing is known'}`
    const times = isRead ? ended(toInstant(now)) : begun(source?.lastOkAt ?? null)
    return { status: 'unknown' as const, place, title, ...times, url: page ?? source?.url ?? null }
  }
  const place = placeOf({ provider: probe.provider, regions: [probe.region] }, names)
  const how = probe.reachable ? 'can be reached again' : 'cannot be reached'
  const though = probe.reachable ? '' : ', though the provider says operational'
  return {
    status: probe.reachable ? ('operational' as const) : ('major_outage' as const),
    place,
    title: `${source?.name ?? id} ${how} from ${probe.from}${though}`,
    ...(probe.reachable ? ended(probe.since) : begun(probe.since)),
    words: probe.error,
    url: page,
  }
}

type Times = Pick<Message, 'since' | 'until'>
const begun = (ours: string | null): Times => ({ since: { theirs: null, ours }, until: null })
/** What is well again is no longer known to have begun when. */
const ended = (until: string): Times => ({ since: { theirs: null, ours: null }, until })

/** A digest: what is open, and what ended since the last one. Pure. */
export function composeDigest({ rule, from, until }: DueDigest, deps: ComposeDeps): Message {
  const { view, book, names, publicUrl } = deps
  const found = digestOf(view.incidents.values(), from, until).filter(
    one => severity[statusOfIncident(one)] >= severity[rule.from] && book.concerned(rule, one),
  )
  const open = found.filter(isActive)
  const ended = found.length - open.length
  const day = toInstant(until).slice(0, 10)
  const conversation = `${rule.id}:digest:${day}`
  return {
    ...frameOf(rule, deps),
    id: `${conversation}#1@${until.toString(36)}`,
    conversation,
    n: 1,
    occasion: 'digest',
    isOver: true,
    isMaintenance: false,
    status: worst(open.map(statusOfIncident)),
    place: rule.stack === null ? rule.id : (names.stacks.get(rule.stack)?.name ?? rule.stack),
    title: found.length === 0 ? 'nothing happened' : `${open.length} open, ${ended} ended`,
    since: { theirs: null, ours: toInstant(from) },
    until: toInstant(until),
    also: found.slice(0, MAX_MENTIONS).map(one => mentionOf(one, deps)),
    alsoOmitted: Math.max(0, found.length - MAX_MENTIONS),
    url: publicUrl,
  }
}

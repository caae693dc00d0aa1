import { z } from 'zod'
import { isEnded } from '../../shared/domain/incident.ts'
import { descending } from '../../shared/domain/order.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import type { Impact, Stage } from '../../shared/domain/status.ts'
import { placesOfIncident } from '../places/places.ts'
import { latest, parseDate } from '../text/dates.ts'
import { clip, oneLine, plainText } from '../text/plain-text.ts'
import { webUrl } from '../text/web-url.ts'
import { listOf, unread, word } from './json.ts'
import type { IncidentUpdate, ReadContext, ReadIncident } from './reader.ts'
import { digest, orderUpdates, recordId, serviceNames } from './reading.ts'
import { openLifecycleOf, ownWord } from './status-words.ts'

/** Whether there is harm, and since when. A maintenance has the same under another name. */
const Harm = z.object({ type: word, severity: word, startTime: word, endTime: word })
const Happening = z.object({ id: word, type: word, message: word, createdAt: word })
const Moment = z.object({ title: word, content: word, createdAt: word })
const Words = z
  .object({ pathToResolution: word, actionPlan: word, rootCause: word })
  .catch({ pathToResolution: '', actionPlan: '', rootCause: '' })

/** An entry of Salesforce Trust. Keys are names in one word; times are ISO 8601. */
export const TrustEntry = z.object({
  id: word,
  name: word,
  status: word,
  message: Words,
  additionalInformation: word,
  affectsAll: unread,
  createdAt: word,
  updatedAt: word,
  plannedStartTime: word,
  plannedEndTime: word,
  instanceKeys: listOf(z.string(), 5000),
  serviceKeys: listOf(z.string(), 500),
  IncidentImpacts: listOf(Harm, 500),
  MaintenanceImpacts: listOf(Harm, 500),
  IncidentEvents: listOf(Happening, 500),
  MaintenanceEvents: listOf(Happening, 500),
  timeline: listOf(Moment, 500),
})
export type TrustEntry = z.output<typeof TrustEntry>

/**
 * An incident or maintenance of Salesforce; null where it has no id or time. An incident has no title: what happens,
 * and to which services, makes one. The services of the record are the instances, as its components are.
 * @param at the instances that list it, for one that names none
 */
export function trustIncident(
  kind: ReadIncident['kind'],
  entry: TrustEntry,
  at: readonly string[],
  { source, now }: ReadContext,
): ReadIncident | null {
  const planned = kind === 'maintenance'
  const harms = [...entry.IncidentImpacts, ...entry.MaintenanceImpacts]
  const begins = harms.flatMap(harm => parseDate(harm.startTime) ?? []).sort()
  const startedAt = (planned ? parseDate(entry.plannedStartTime) : null) ?? begins[0] ?? parseDate(entry.createdAt)
  if (entry.id === '' || startedAt === null) return null
  const scheduledUntil = planned ? parseDate(entry.plannedEndTime) : null
  const isSaidOver = /^(?:resolved|completed?|closed|cancell?ed)$/i.test(entry.status.trim())
  const isHarmOver = harms.length > 0 && harms.every(harm => parseDate(harm.endTime) !== null)
  const notes = notesOf(entry)
  const status = planned
    ? plannedStage(startedAt, scheduledUntil, isSaidOver, now)
    : isSaidOver || isHarmOver
      ? 'resolved'
      : openLifecycleOf('', notes[0]?.text ?? '')
  const updatedAt = latest([parseDate(entry.updatedAt), notes[0]?.at ?? null]) ?? startedAt
  const end = latest(harms.map(harm => parseDate(harm.endTime)))
  return {
    id: recordId(source.id, entry.id),
    provider: source.provider,
    kind,
    title: clip(titleOf(entry, harms, planned), 300),
    status,
    rawStatus: isSaidOver || /^active$/i.test(entry.status.trim()) ? null : ownWord(entry.status),
    impact: planned ? 'maintenance' : impactOf(harms),
    ...placesOfIncident({ regions: [], global: entry.affectsAll === true }),
    services: serviceNames(entry.instanceKeys.length > 0 ? entry.instanceKeys : at),
    startedAt,
    updatedAt,
    resolvedAt: isEnded({ status }) ? (end ?? scheduledUntil ?? updatedAt) : null,
    scheduledFor: planned ? startedAt : null,
    scheduledUntil,
    url: /^\d+$/.test(entry.id) ? webUrl(`/${kind}s/${entry.id}`, source.url.replace('://api.', '://')) : null,
    updates: orderUpdates(notes.map(note => ({ ...note, status: planned ? status : openLifecycleOf('', note.text) }))),
  }
}

function plannedStage(from: Instant, until: Instant | null, isSaidOver: boolean, now: number): Stage {
  if (isSaidOver || (until !== null && Date.parse(until) <= now)) return 'completed'
  return Date.parse(from) > now ? 'scheduled' : 'in_progress'
}

function titleOf({ name, serviceKeys }: TrustEntry, harms: readonly z.output<typeof Harm>[], planned: boolean): string {
  const services = serviceKeys.map(spelledOut).join(', ')
  const what = spelledOut(harms.find(({ type }) => type !== '')?.type ?? '') || (planned ? 'Maintenance' : 'Incident')
  return oneLine(name) || (services === '' ? what : `${what}: ${services}`)
}

/**
 * A key in words, because the list of their names would be one more document at every poll: `performanceDegradation` →
 * 'Performance degradation', `B2CCore` → 'B2C core'.
 */
function spelledOut(key: string): string {
  const words = oneLine(key.slice(0, 200))
    .replace(/(?<=[A-Z\d]{2})(?=[A-Z][a-z])/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[\s_]+/)
    .map(part => (/^[A-Z\d]{2,}$/.test(part) ? part : part.toLowerCase()))
    .join(' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The worst of what goes on; of all where nothing does. */
function impactOf(harms: readonly z.output<typeof Harm>[]): Impact {
  const open = harms.filter(harm => parseDate(harm.endTime) === null)
  const said = (open.length > 0 ? open : harms).map(harm => harm.severity.trim().toLowerCase())
  return (['critical', 'major'] as const).find(impact => said.includes(impact)) ?? 'minor'
}

/** What was said, newest first: events, a timeline that may repeat them, and undated words about the whole. */
function notesOf(entry: TrustEntry): Omit<IncidentUpdate, 'status'>[] {
  const { message, additionalInformation } = entry
  const whole = [additionalInformation, message.actionPlan, message.pathToResolution, message.rootCause]
  const told = [
    ...[...entry.IncidentEvents, ...entry.MaintenanceEvents].map(({ id, message: text, createdAt }) => ({
      id,
      text,
      createdAt,
    })),
    ...entry.timeline.map(({ title, content, createdAt }) => ({ id: '', text: content || title, createdAt })),
    { id: 'whole', text: whole.filter(text => text !== '').join('<br>'), createdAt: entry.createdAt },
  ]
  const byText = new Map<string, Omit<IncidentUpdate, 'status'>>()
  for (const { id, text: html, createdAt } of told) {
    const at = parseDate(createdAt)
    const text = plainText(html)
    if (at !== null && text !== '' && !byText.has(text))
      byText.set(text, { id: clip(oneLine(id), 120) || digest(at + text), at, text })
  }
  return [...byText.values()].sort(descending('at'))
}

import type { Incident } from '../../../shared/domain/incident.ts'
import { type Instant, type Result, toInstant } from '../../../shared/domain/primitives.ts'
import type { Impact, Stage } from '../../../shared/domain/status.ts'
import type { InboundSource } from '../../config/source-config.ts'
import { type PlaceMatcher, type Places, placesOfIncident, withZones } from '../../places/places.ts'
import { clip, oneLine, plainText } from '../../text/plain-text.ts'
import type { ReadIncident, Reading } from '../reader.ts'
import { digest, orderUpdates, readingOf, recordId, serviceKeys, serviceNames } from '../reading.ts'
import { ownWord } from '../status-words.ts'

/** What a reader of posts knows beside the post. `now` is when it came, in ms. */
export type InboundContext = {
  source: Pick<InboundSource, 'id' | 'provider' | 'map'>
  places: PlaceMatcher
  now: number
}

/**
 * One format of posts: a post, parsed → the incidents that it tells, each whole. One that it does not tell goes on.
 * Pure, never throws. A post in another format is a `fail` with one line that says what is wrong.
 */
export type InboundReader = { read(post: unknown, context: InboundContext): Result<Reading> }

/** What a post says of an incident. Texts may be HTML; times that it does not give are null. */
export type Told = {
  native: string
  kind?: Incident['kind']
  title: string
  status: Stage
  rawStatus?: string
  impact: Impact
  where: Places
  services: readonly string[]
  keys?: readonly string[]
  startedAt: Instant | null
  /** When its sender said it. */
  saidAt: Instant | null
  endedAt?: Instant | null
  scheduledFor?: Instant | null
  scheduledUntil?: Instant | null
  url: string | null
  /** The words, and what identifies them in the incident: a sender may repeat itself. */
  words: { id: string; text: string }
}

const ended: readonly Stage[] = ['resolved', 'postmortem', 'completed']

/** What a post says → an incident of the account. */
export function privateIncident(told: Told, { source, places, now }: InboundContext): ReadIncident {
  const at = told.saidAt ?? toInstant(now)
  const text = clip(plainText(told.words.text), 4000)
  const where = withZones(told.where, [text], words => places(source.provider, words))
  const { status } = told
  return {
    id: recordId(source.id, told.native),
    provider: source.provider,
    kind: told.kind ?? 'incident',
    title: clip(oneLine(told.title), 300) || told.native.slice(0, 300),
    status,
    rawStatus: ownWord(told.rawStatus ?? ''),
    impact: told.impact,
    ...placesOfIncident(where),
    services: serviceNames(told.services),
    ...(told.keys === undefined ? {} : { serviceKeys: serviceKeys(told.keys) }),
    startedAt: told.startedAt ?? at,
    updatedAt: at,
    resolvedAt: ended.includes(status) ? (told.endedAt ?? at) : null,
    scheduledFor: told.scheduledFor ?? null,
    scheduledUntil: told.scheduledUntil ?? null,
    url: told.url,
    isPrivate: true,
    updates: text === '' ? [] : orderUpdates([{ id: plainId(told.words.id), at, status, text }]),
  }
}

/** An id that a page may show. */
const plainId = (id: string): string => (/^[\w.:+ -]{1,100}$/.test(id) ? id : digest(id))

/** The incidents of a post as a reading. `undated` are those whose sender gave no time for what it says. */
export function postReading(incidents: ReadIncident[], undated: readonly ReadIncident[] = []): Reading {
  return { ...readingOf({ incidents }), ...(undated.length > 0 && { undated: undated.map(({ id }) => id) }) }
}

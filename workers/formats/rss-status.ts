import { isEnded } from '../../shared/domain/incident.ts'
import { fail, type Instant, ok, toInstant } from '../../shared/domain/primitives.ts'
import { IncidentStatus, MaintenanceStatus } from '../../shared/domain/status.ts'
import { hubOf } from '../feeds/feed-document.ts'
import { readRss } from '../feeds/rss.ts'
import { mergePlaces, placesOfIncident, withZones } from '../places/places.ts'
import { latest, parseDate } from '../text/dates.ts'
import { clip, oneLine } from '../text/plain-text.ts'
import { type TimeWindow, windowIn } from '../text/time-window.ts'
import { webUrl } from '../text/web-url.ts'
import { noteOrigin } from './fragments.ts'
import type { IncidentUpdate, ReadContext, Reader, ReadIncident, Reading } from './reader.ts'
import { digest, FADES_AFTER_MS, hashedId, orderUpdates, readingOf } from './reading.ts'
import { groupNotes, type Note, type NoteGroup, notesOf } from './rss-notes.ts'
import { datedUpdates, ownWord, saidStatus } from './status-words.ts'

/**
 * Any status page's RSS or Atom, for pages without a better format: a history with an item per incident or per update.
 * Only its words may say how far an incident is. An item that is no longer listed means nothing. Where no item
 * has a date, each has that of its first reading.
 * @see https://www.rssboard.org/rss-specification
 * @see https://www.rfc-editor.org/rfc/rfc4287
 */
export const rssStatus: Reader = {
  address: url => url,
  accept: 'application/rss+xml, application/atom+xml, application/xml, text/xml',
  complete: false,
  detection: { tried: 'last', doubt },
  async read(answer, context) {
    const feed = await readRss(answer)
    if (!feed.ok) return feed
    const { entries, link } = feed.value
    const page = webUrl(link, context.source.url) ?? context.source.url
    const notes = notesOf(entries.slice(0, 1000), context.now)
    if (entries.length > 0 && notes.length === 0) {
      return fail(`none of the ${entries.length} items can be read: each needs a title and a date`)
    }
    const groups = groupNotes(notes, page).map(group => ({ ...group, incident: incidentOf(group, page, context) }))
    for (const { incident, notes } of groups) noteOrigin(incident, ...notes.map(({ entry }) => entry).reverse())
    const undated = groups.filter(group => group.notes.some(note => note.isUndated)).map(({ incident }) => incident.id)
    const hub = hubOf(answer.link, feed.value, context.source.url)
    return ok({
      ...readingOf({ incidents: groups.map(({ incident }) => incident) }),
      ...(undated.length > 0 && { undated }),
      ...(hub && { hub }),
    })
  },
}

function incidentOf({ notes, identity }: NoteGroup, page: string, { source, places, now }: ReadContext): ReadIncident {
  const first = notes[0] as Note // a group begins with a note
  const newest = notes.at(-1) ?? first
  const dated = notes.map(note => ({ note, updates: updatesOf(note) }))
  const lastChange = latest(dated.map(({ note, updates }) => changedAt(note, updates))) ?? newest.at
  const state = stateOf(newest, now - Date.parse(lastChange))
  const updates = orderUpdates(
    dated.flatMap(({ note, updates }) => {
      const keeps = updates.length > (state.kind === 'maintenance' ? 0 : 1)
      return keeps ? updates : lone(note, changedAt(note, updates), note === newest ? state : stateOf(note, 0))
    }),
  )
  const window = state.kind === 'maintenance' ? windowOf(notes) : null
  const times = timesOf(state.status, updates, { first: first.at, last: lastChange }, window, now)
  const named = mergePlaces(
    notes.map(({ title, entry }) => places(source.provider, [title, ...entry.categories.map(oneLine)].join('\n'))),
  )
  const words = notes.map(({ text }) => text)
  const where = withZones(named, words, text => places(source.provider, text))
  return {
    id: hashedId(source.id, identity),
    provider: source.provider,
    kind: state.kind,
    title: clip(first.title, 300),
    rawStatus: state.rawStatus,
    impact: state.kind === 'maintenance' ? 'maintenance' : notes.some(saysDown) ? 'major' : 'minor',
    ...placesOfIncident(where),
    services: [],
    ...times,
    scheduledFor: window?.from ?? null,
    scheduledUntil: window?.until ?? null,
    url: webUrl(newest.entry.link, page),
    updates: updates.filter(update => update.text !== ''),
    ...(isEnded(times) ? {} : { fadesAfterMs: state.isSaid ? FADES_AFTER_MS : UNSAID_FADES_MS }),
  }
}

const saysDown = ({ title }: Note): boolean => /\b(?:outage|unavailable|down)\b/i.test(title)

const updatesOf = (note: Note): IncidentUpdate[] => datedUpdates(note.text, note.at)

/** An item that tells a plan has the date of its end, which may be ahead: then its newest update counts. */
function changedAt({ at, entry }: Note, updates: readonly IncidentUpdate[]): Instant {
  const said = updates[0]?.at ?? null
  return latest([parseDate(entry.published), parseDate(entry.updated), said]) ?? at
}

const lone = ({ entry, text }: Note, at: Instant, { status }: State): IncidentUpdate[] => [
  { id: entry.id === '' ? at : digest(entry.id + at), at, status, text },
]

const windowOf = (notes: readonly Note[]): TimeWindow | null =>
  notes.reduceRight<TimeWindow | null>((found, { title, text, at }) => found ?? windowIn(`${title}\n${text}`, at), null)

/** Status and times of an incident. The clock begins a plan and ends it where its words do not. */
function timesOf(
  said: ReadIncident['status'],
  updates: readonly IncidentUpdate[],
  { first, last }: { first: Instant; last: Instant },
  window: TimeWindow | null,
  now: number,
): Pick<ReadIncident, 'status' | 'startedAt' | 'updatedAt' | 'resolvedAt'> {
  const began = [first, ...updates.map(update => update.at)].reduce((a, b) => (b < a ? b : a))
  const startedAt = window?.from ?? began
  const passed = (at: Instant | null): at is Instant => at !== null && Date.parse(at) <= now
  const end = window && (window.until ?? toInstant(Date.parse(window.from) + DAY_MS))
  const status = isEnded({ status: said })
    ? said
    : passed(end)
      ? 'completed'
      : said === 'scheduled' && passed(window?.from ?? null)
        ? 'in_progress'
        : said
  // An item may be dated by the end of its plan. What is ahead has changed nothing yet.
  const changes = [last, ...updates.map(update => update.at), window?.from ?? null].filter(passed)
  const updatedAt = latest(changes) ?? last
  if (!isEnded({ status })) return { status, startedAt, updatedAt, resolvedAt: null }
  const resolvedAt = isEnded({ status: said }) ? (updates.findLast(isEnded)?.at ?? updatedAt) : (end ?? updatedAt)
  return { status, startedAt, updatedAt: latest([updatedAt, resolvedAt]) ?? updatedAt, resolvedAt }
}

const DAY_MS = 86_400_000
/**
 * An open incident of which nobody has said how far it is fades this long after its last word, in ms, and is given up
 * as over after a fortnight: in a history it would stay open for ever.
 */
const UNSAID_FADES_MS = DAY_MS
const FORGOTTEN_MS = 14 * DAY_MS
/** A plan without a window counts as over when it was not touched for this long, in ms. */
const STALE_PLAN_MS = 60 * DAY_MS

/** `isSaid`: the words say how far it is. */
type State = Pick<ReadIncident, 'kind' | 'status' | 'rawStatus'> & { isSaid: boolean }

function stateOf({ title, text }: Note, ageMs: number): State {
  const said = saidStatus(title, text)
  const rawStatus = ownWord(said?.raw ?? '')
  const isSaid = said !== null
  const isPlanned =
    MaintenanceStatus.safeParse(said?.status).success ||
    /\bmaintenance\b|\bscheduled event\b/i.test(`${title}\n${text.slice(0, 40)}`)
  const isOver = said?.status ? isEnded({ status: said.status }) : null
  if (isPlanned) {
    const stage = MaintenanceStatus.safeParse(said?.status).data ?? 'scheduled'
    const isStale = stage === 'scheduled' && ageMs > STALE_PLAN_MS
    return { kind: 'maintenance', status: isOver || isStale ? 'completed' : stage, rawStatus, isSaid }
  }
  const unsaid = ageMs > FORGOTTEN_MS ? 'resolved' : 'investigating'
  const status = IncidentStatus.safeParse(said?.status).data ?? (isOver ? 'resolved' : unsaid)
  return { kind: 'incident', status, rawStatus, isSaid }
}

/** A status page's history gives the status of every incident; news gives that of some. */
function doubt({ incidents }: Reading): string | null {
  if (incidents.filter(saysStatus).length * 2 > incidents.length) return null
  return 'it is a feed, but most of its items do not say how far an incident is'
}

/** Several updates have statuses of their own. */
const saysStatus = ({ title, updates, scheduledFor }: ReadIncident): boolean =>
  updates.length > 1 || scheduledFor !== null || saidStatus(title, updates[0]?.text ?? '') !== null

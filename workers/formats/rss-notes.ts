import { ascending } from '../../shared/domain/order.ts'
import { type Instant, toInstant } from '../../shared/domain/primitives.ts'
import type { FeedEntry } from '../feeds/feed-document.ts'
import { parseDate } from '../text/dates.ts'
import { oneLine, plainText } from '../text/plain-text.ts'
import { webUrl } from '../text/web-url.ts'
import { saidStatus } from './status-words.ts'

/** One item of a status feed. An incident has one that grows, or one an update. */
export type Note = {
  entry: FeedEntry
  title: string
  text: string
  at: Instant
  /** The item has no date at all: it has that of the reading. */
  isUndated: boolean
}

/**
 * Items → notes, without those that lack a title or a readable date. A feed that dates none of its items is read at the
 * time of the reading; where others are dated, an item without a date is broken.
 * @param now ms since the epoch
 */
export function notesOf(entries: readonly FeedEntry[], now: number): Note[] {
  const isUndated = entries.every(({ published, updated }) => published === '' && updated === '')
  return entries.flatMap(entry => {
    const title = oneLine(entry.title)
    const at = isUndated ? toInstant(now) : (parseDate(entry.published) ?? parseDate(entry.updated))
    const text = plainText(entry.content || entry.summary)
    return title === '' || at === null ? [] : [{ entry, title, text, at, isUndated }]
  })
}

/** The notes of one incident, oldest first, and what identifies it. */
export type NoteGroup = { notes: Note[]; identity: string }

/**
 * Notes in the order of their feed → those of each incident, oldest first; incidents in the order of the feed. One
 * incident has one guid, or one link that names an incident, or one title while it is open. A note long after the end
 * begins a new incident under its old name; only the newest is kept.
 * @param page the address of the page, which names no incident
 */
export function groupNotes(notes: readonly Note[], page: string): NoteGroup[] {
  const links = new Map(notes.map(note => [note, incidentLink(note, page)]))
  const shared = sharedGuids(notes, links)
  const groups = new Map<string, Note[]>()
  const known = new Map<string, Note[]>()
  // A feed lists the newest first, which decides between notes of one time.
  for (const note of notes.toReversed().sort(ascending('at'))) {
    const link = links.get(note) ?? ''
    const guid = shared.has(note.entry.id) ? '' : note.entry.id
    const names = [guid && `guid ${guid}`, link && `link ${link}`].filter(name => name !== '')
    const title = `title ${subjectOf(note.title)}`
    const byName = names.map(name => known.get(name)).find(group => group !== undefined)
    const group = byName ?? openGroup(known.get(title), note, link, links)
    const last = group?.at(-1)
    if (group !== undefined && last !== undefined && endedLongBefore(last, note)) group.length = 0
    const own = group ?? []
    own.push(note)
    for (const name of [...names, title]) known.set(name, own)
    if (group === undefined) groups.set(`${groups.size}`, own)
  }
  const places = new Map(notes.map((note, place) => [note, place]))
  const firstPlace = (group: Note[]): number => Math.min(...group.map(note => places.get(note) ?? 0))
  const used = new Set([...shared, ...sharedLinks(groups.values())])
  return [...groups.values()]
    .sort(ascending(firstPlace))
    .map(group => ({ notes: group, identity: identityOf(group, links, used) }))
}

/** Links that several incidents have. */
function sharedLinks(groups: Iterable<Note[]>): string[] {
  const counts = new Map<string, number>()
  for (const [first] of groups) if (first) counts.set(first.entry.link, (counts.get(first.entry.link) ?? 0) + 1)
  return [...counts].filter(([, count]) => count > 1).map(([link]) => link)
}

/** The guid if it is one, the link if it names an incident, or else what no other group has. */
function identityOf(notes: readonly Note[], links: ReadonlyMap<Note, string>, shared: ReadonlySet<string>): string {
  const [first] = notes
  if (first === undefined) return ''
  const { id, link } = first.entry
  const guid = shared.has(id) ? '' : id
  const hasOneGuid = notes.every(({ entry }) => entry.id === id)
  return (
    (hasOneGuid && guid) || links.get(first) || guid || (shared.has(link) ? '' : link) || first.title + dateIn(first)
  )
}

const dateIn = ({ at, isUndated }: Note): string => (isUndated ? '' : at)

/** A group that its title alone names: while it is open, within three days, and if no link says that it is another. */
function openGroup(
  group: Note[] | undefined,
  note: Note,
  link: string,
  links: ReadonlyMap<Note, string>,
): Note[] | undefined {
  const last = group?.at(-1)
  if (last === undefined || isOver(last) || note.isUndated !== last.isUndated) return undefined
  if (link !== '' || (links.get(last) ?? '') !== '') return undefined
  return Date.parse(note.at) - Date.parse(last.at) <= SAME_TITLE_MS ? group : undefined
}

const SAME_TITLE_MS = 3 * 86_400_000
const REOPENED_MS = 86_400_000

const isOver = ({ title, text }: Note): boolean => {
  const status = saidStatus(title, text)?.status
  return status === 'resolved' || status === 'completed' || status === 'postmortem'
}

const endedLongBefore = (last: Note, note: Note): boolean =>
  isOver(last) && !isOver(note) && Date.parse(note.at) - Date.parse(last.at) > REOPENED_MS

/** Guids of items that have different links: the feed's author gave all items one guid. */
function sharedGuids(notes: readonly Note[], links: ReadonlyMap<Note, string>): Set<string> {
  const linksOf = new Map<string, Set<string>>()
  for (const note of notes) {
    const link = links.get(note) ?? ''
    if (link !== '') linksOf.set(note.entry.id, (linksOf.get(note.entry.id) ?? new Set()).add(link))
  }
  return new Set([...linksOf].filter(([, found]) => found.size > 1).map(([guid]) => guid))
}

/** The item's link where it names an incident: by a number, a code, or a word for incidents before its last part. */
function incidentLink({ entry }: Note, page: string): string {
  const link = webUrl(entry.link, page) ?? ''
  if (link === '' || link === page) return ''
  const { pathname, search, hash } = new URL(link)
  const name = `${pathname}${search}${hash}`
  const names = /\d{3}|[\da-f]{8}|(?:incident|event|maintenance|issue|ticket|notice)s?[/=#][^/]/i
  return names.test(name) ? link : ''
}

/** 'Lamp API went down' and 'Lamp API recovered' → 'lamp api', 'Resolved: Lamp API (update 3)' too. */
function subjectOf(title: string): string {
  return title
    .toLowerCase()
    .replace(
      /^[[( ]{0,3}(?:update|investigating|identified|monitoring|resolved|fixed|solved|closed|up|down|outage|degraded|disruption|incident|issue|problem|restored|recovered|recovery|operational)(?: \d{1,3})?(?: ?[\]):]| -) ?/,
      '',
    )
    .replace(/^monitor is (?:up|down) ?: ?/, '')
    .replace(/[-([ ]{1,3}(?:update|investigating|identified|monitoring|resolved|fixed)(?: \d{1,3})?[\]) ]{0,2}$/, '')
    .replace(
      / (?:(?:is|has|went|has been|is back|back)(?: now| again)? )?(?:up|down|online|offline|recovered|restored|resolved)(?: again)?$/,
      '',
    )
    .trim()
}

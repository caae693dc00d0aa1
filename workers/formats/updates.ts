import type { IncidentUpdate } from '../../shared/domain/incident.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import { IncidentStatus } from '../../shared/domain/status.ts'
import { parseDate } from '../text/dates.ts'
import { clip, oneLine } from '../text/plain-text.ts'

/** Updates as the record wants them: newest first, ids unique, texts bounded, at most 100. */
export function orderUpdates(updates: IncidentUpdate[]): IncidentUpdate[] {
  const newestFirst = updates.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
  const uses = new Map<string, number>()
  return newestFirst.slice(0, 100).map(update => {
    const use = (uses.get(update.id) ?? 0) + 1
    uses.set(update.id, use)
    const id = use === 1 ? update.id : `${update.id.slice(0, 100)}-${use}`
    return { ...update, id, text: clip(update.text, 4000) }
  })
}

/**
 * The plain text of an item that grows with its incident → its updates, newest first; none where it is written otherwise.
 * Each is a line with its time, 'Oct 04, 09:12 UTC', then 'Identified - What is said.' and what follows it; one that is called
 * 'Update' goes on with the status before it.
 * @param published the item's own date: those of its updates have no year
 */
export function datedUpdates(text: string, published: Instant): IncidentUpdate[] {
  const notes: Note[] = []
  let at: Instant | null = null
  for (const line of text.split('\n')) {
    const [, month, day, time] = /^([a-z]{3})[a-z]{0,6} ?(\d{1,2}),? ?(\d{2}:\d{2} [a-z]{1,4})$/i.exec(line) ?? []
    const [, word = '', said = ''] = /^([a-z]+) [-–] ?(.*)$/i.exec(line) ?? []
    const status = IncidentStatus.safeParse(word.toLowerCase()).data ?? null
    const last = notes.at(-1)
    if (month !== undefined) at = instantBefore(`${day} ${month}`, time ?? '', published)
    else if (status !== null || (at !== null && /^update$/i.test(word)))
      notes.push({ at: at ?? last?.at ?? published, status, lines: [said] })
    else last?.lines.push(line)
  }
  return orderUpdates(withStatuses(notes))
}

type Note = { at: Instant; status: IncidentStatus | null; lines: string[] }

function withStatuses(notes: Note[]): IncidentUpdate[] {
  let before: IncidentStatus = 'investigating'
  return notes
    .toReversed()
    .map(({ at, status, lines }) => {
      before = status ?? before
      return { id: at, at, status: before, text: lines.join('\n').trim() }
    })
    .reverse()
}

/** The last such day that is not after the item's own date; null where the zone is not known. */
function instantBefore(day: string, time: string, published: Instant): Instant | null {
  const year = Number(published.slice(0, 4))
  const inYear = (of: number): Instant | null => parseDate(`${day} ${of} ${time}`)
  const same = inYear(year)
  return same !== null && Date.parse(same) > Date.parse(published) + DAY_MS ? inYear(year - 1) : same
}

const DAY_MS = 86_400_000

/** Names as an incident lists its services: each once, in alphabetical order, bounded. */
export const serviceNames = (names: readonly string[]): string[] =>
  [...new Set(names.map(name => clip(oneLine(name), 120)))]
    .filter(name => name !== '')
    .sort()
    .slice(0, 100)

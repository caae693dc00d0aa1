import type { IncidentUpdate } from '../../shared/domain/incident.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import { IncidentStatus, type MaintenanceStatus } from '../../shared/domain/status.ts'
import { parseDate } from '../text/dates.ts'
import { clip, oneLine } from '../text/plain-text.ts'
import { orderUpdates } from './reading.ts'

/** The status that a feed's item claims. `raw` is its own word where it is none of ours. */
export type SaidStatus = { status: IncidentStatus | MaintenanceStatus | null; raw: string | null }

/**
 * The status by the words of a title and its plain text, newest first; null when nothing says it. A label ('Status:
 * Resolved') wins over the beginning of a line ('Resolved - …'), and that over words in title or text.
 */
export function saidStatus(title: string, text: string): SaidStatus | null {
  const labelled = /(?:^|\n)[ ]?(?:current )?status ?[:=] ?([^\n.,;|]{1,60})/i.exec(text)?.[1]?.trim()
  if (labelled) {
    const status = statusOf(labelled)
    return { status, raw: status === null ? labelled : null }
  }
  for (const line of [title, ...text.split('\n')]) {
    const word = /^[\s[(]{0,3}([a-z]+(?:[ -]progress)?)(?: ?[\])]| ?[-–—:])/i.exec(line)?.[1] ?? ''
    const status = statusOf(word)
    if (status !== null) return { status, raw: null }
  }
  const status = lifecycleOf(title, text)
  return status === null ? null : { status, raw: null }
}

const statusOf = (word: string): SaidStatus['status'] => words.get(word.toLowerCase().replace(/[\s_-]+/g, ' ')) ?? null

const words = new Map<string, IncidentStatus | MaintenanceStatus>([
  ['investigating', 'investigating'],
  ['identified', 'identified'],
  ['monitoring', 'monitoring'],
  ['watching', 'monitoring'],
  ['mitigated', 'monitoring'],
  ['resolved', 'resolved'],
  ['fixed', 'resolved'],
  ['closed', 'resolved'],
  ['postmortem', 'postmortem'],
  ['scheduled', 'scheduled'],
  ['planned', 'scheduled'],
  ['in progress', 'in_progress'],
  ['verifying', 'verifying'],
  ['completed', 'completed'],
])

/**
 * The status by the words of title and text; null when they do not say. A bare word counts in a title. In text,
 * promises such as 'until this is resolved' or 'not yet mitigated' do not count.
 */
export function lifecycleOf(title: string, prose: string): IncidentStatus | null {
  const claims = [title, ...prose.split(/[.!?\n]+/).filter(sentence => !promise.test(sentence))]
  if (claims.some(claim => /\bresolved\b/i.test(claim))) return 'resolved'
  if (claims.some(claim => /\bmitigated\b/i.test(claim))) return 'monitoring'
  if (/\bidentified\b/i.test(title) || /\bidentified\b/i.test(prose)) return 'identified'
  return null
}

/** The same where the format itself says that the incident is open. */
export const openLifecycleOf = (title: string, prose: string): IncidentStatus => {
  const status = lifecycleOf(title, prose)
  return status === 'resolved' ? 'monitoring' : (status ?? 'investigating')
}

const promise =
  /\b(?:not|n['’]t|until|unless|once|when|if|yet|to be|being|be|will|partially|some|working|toward|towards)\b/i

/**
 * The table's value for a source's word, whatever its case, spaces and signs; null where the table lacks it. The
 * table's keys are small letters and digits.
 */
export const lookUp = <T>(table: ReadonlyMap<string, T>, word: string): T | null =>
  table.get(
    word
      .slice(0, 80)
      .toLowerCase()
      .replace(/[^a-z\d]/g, ''),
  ) ?? null

/** A source's own word as records keep it; null for none. */
export const ownWord = (word: string): string | null => clip(oneLine(word), 80) || null

/**
 * The plain text of an item that grows with its incident → its updates, newest first; none for other texts. An update
 * is a line with its time ('Oct 04, 09:12 UTC'), then 'Identified - <text>' and more lines. One called 'Update' keeps
 * the status before it.
 * @param published the item's own date, because updates have no year
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

/** The last such day that is not after the item's own date; null where the zone is unknown. */
function instantBefore(day: string, time: string, published: Instant): Instant | null {
  const year = Number(published.slice(0, 4))
  const inYear = (of: number): Instant | null => parseDate(`${day} ${of} ${time}`)
  const same = inYear(year)
  return same !== null && Date.parse(same) > Date.parse(published) + DAY_MS ? inYear(year - 1) : same
}

const DAY_MS = 86_400_000

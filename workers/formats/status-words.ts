import type { IncidentStatus, MaintenanceStatus } from '../../shared/domain/status.ts'
import { clip, oneLine } from '../text/plain-text.ts'

/** What a feed's item says of how far it is. `raw` is its own word where that is none of ours. */
export type SaidStatus = { status: IncidentStatus | MaintenanceStatus | null; raw: string | null }

/**
 * How far an incident is, by the words of a title and its plain text, newest first; null when nothing says it. What is
 * labelled ('Status: Resolved') counts before what begins a line ('Resolved - …'), and that before words in the title or the prose.
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
 * How far an incident is, by the words of its title and text; null when they do not say. A title says it with the bare
 * word; in prose a sentence such as 'until this is resolved' or 'not yet mitigated' promises and does not count.
 */
export function lifecycleOf(title: string, prose: string): IncidentStatus | null {
  const claims = [title, ...prose.split(/[.!?\n]+/).filter(sentence => !promise.test(sentence))]
  if (claims.some(claim => /\bresolved\b/i.test(claim))) return 'resolved'
  if (claims.some(claim => /\bmitigated\b/i.test(claim))) return 'monitoring'
  if (/\bidentified\b/i.test(title) || /\bidentified\b/i.test(prose)) return 'identified'
  return null
}

/** The same where the format itself says that the incident is still open. */
export const openLifecycleOf = (title: string, prose: string): IncidentStatus => {
  const status = lifecycleOf(title, prose)
  return status === 'resolved' ? 'monitoring' : (status ?? 'investigating')
}

const promise =
  /\b(?:not|n['’]t|until|unless|once|when|if|yet|to be|being|be|will|partially|some|working|toward|towards)\b/i

/**
 * What a table says of a source's word, whatever its case, spaces and signs; null where the table does not have it.
 * The table's keys are small letters and digits.
 */
export const lookUp = <T>(table: ReadonlyMap<string, T>, word: string): T | null =>
  table.get(
    word
      .slice(0, 80)
      .toLowerCase()
      .replace(/[^a-z\d]/g, ''),
  ) ?? null

/** A word that is none of ours, as records keep it; null for none. */
export const ownWord = (word: string): string | null => clip(oneLine(word), 80) || null

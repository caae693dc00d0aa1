import type { IncidentStatus, MaintenanceStatus } from '../../shared/domain/status.ts'
import { lifecycleOf } from './lifecycle.ts'

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

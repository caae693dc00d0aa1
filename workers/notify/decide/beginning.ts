import { type Incident, isEnded, statusOfIncident } from '../../../shared/domain/incident.ts'
import { severity } from '../../../shared/domain/status.ts'
import type { View } from '../../../shared/domain/view.ts'
import type { Rule } from '../../config/notify-config.ts'
import type { RuleBook } from './rules.ts'

/** A maintenance is told this long before it begins, in ms. */
const AHEAD_MS = 24 * 3_600_000

/**
 * Whether an incident without a conversation begins one: it hits the rule now, or did while nobody looked.
 * @param wasMissed whether it opened since the last decision was stored
 */
export function isNews(
  rule: Rule,
  incident: Incident,
  book: Pick<RuleBook, 'trouble' | 'concerned'>,
  wasMissed: boolean,
): boolean {
  if (book.trouble(rule, incident).severity > 0) return true
  if (!wasMissed || !isEnded(incident)) return false
  return severity[statusOfIncident(incident)] >= severity[rule.from] && book.concerned(rule, incident)
}

/** Whether a maintenance begins soon, and the rule asks for it. */
export function isAhead(rule: Rule, incident: Incident, book: Pick<RuleBook, 'concerned'>, now: number): boolean {
  const from = incident.scheduledFor === null ? Number.NaN : Date.parse(incident.scheduledFor)
  const isWanted = rule.what.includes('maintenance') && incident.status === 'scheduled'
  return isWanted && from > now && from - now <= AHEAD_MS && book.concerned(rule, incident)
}

/** A probe that finds its region unreachable while its provider calls it operational. */
export function isUnreachable(view: Pick<View, 'probes' | 'statuses'>, id: string): boolean {
  const probe = view.probes.get(id)
  return probe !== undefined && !probe.reachable && view.statuses.get(probe.region)?.status === 'operational'
}

import type { Incident } from '../../shared/domain/incident.ts'
import type { Fact } from './region-facts.ts'
import { period, span, type When } from './time.ts'

/** What is to be known of an incident beside its state, places and words. */
export function incidentFacts(incident: Incident, when: When): Fact[] {
  const { incidentPage: say, lists } = when.words
  const { scheduledFor: from, scheduledUntil: until, services } = incident
  const facts = [
    { label: say.impact, value: say.impacts[incident.impact] },
    { label: say.scope, value: say.scopes[incident.scope] },
  ]
  if (services.length > 0) facts.push({ label: say.services, value: lists.plain(services) })
  if (from !== null) facts.push({ label: say.window, value: period(from, until, when) })
  if (from !== null && until !== null)
    facts.push({ label: say.length, value: span(Date.parse(until) - Date.parse(from), when.words) })
  return facts
}

import { type Incident, isEnded, statusOfIncident } from '../../shared/domain/incident.ts'
import type { Status } from '../../shared/domain/status.ts'
import type { Fact } from '../regions/region-facts.ts'
import { ago, clockTime, period, sinceText, span, type When } from '../ui/time.ts'
import { sentenceCase } from '../words/formats.ts'
import { byStart, endOf, startOf } from './incidents.ts'

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

/** How an incident does, in a glyph, a few words, and its times. */
export type IncidentHead = { status: Status; word: string; times: string[] }

/**
 * Now: 'Partial outage, identified', 'since 14:02 (38 min)'. Ahead: 'Scheduled', 'begins 26 Nov 22:00'. Over: 'Resolved after
 * 38 min', '14:02 to 14:40', '2 h ago'.
 */
export function incidentHead(incident: Incident, when: When): IncidentHead {
  const { states, incidents, incidentPage } = when.words
  const stage = states.stage[incident.status]
  const status = statusOfIncident(incident)
  if (incident.status === 'scheduled') {
    const begins = incidentPage.begins(clockTime(startOf(incident), when))
    return { status: 'under_maintenance', word: sentenceCase(stage), times: [begins] }
  }
  if (!isEnded(incident)) {
    const word = sentenceCase(incidents.stateAndStage(states.label[status], stage))
    return { status, word, times: [sinceText(startOf(incident), when)] }
  }
  const length = span(Date.parse(endOf(incident)) - Date.parse(startOf(incident)), when.words)
  return {
    status: 'operational',
    word: sentenceCase(incidentPage.endedAfter(stage, length)),
    times: [period(startOf(incident), endOf(incident), when), ago(endOf(incident), when)],
  }
}

export type Neighbours = { earlier: Incident | null; later: Incident | null }

/**
 * The incidents of the same provider that began before and after this one. An incident that is not among those that are known has
 * none: what lies between is not known either.
 */
export function neighbours(incident: Incident, known: Iterable<Incident>): Neighbours {
  const all = [...known].filter(({ provider }) => provider === incident.provider).sort(byStart)
  const at = all.findIndex(({ id }) => id === incident.id)
  if (at === -1) return { earlier: null, later: null }
  return { earlier: all[at - 1] ?? null, later: all[at + 1] ?? null }
}

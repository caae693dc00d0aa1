import { type Incident, isEnded, statusOfIncident } from '../../shared/domain/incident.ts'
import type { Status } from '../../shared/domain/status.ts'
import { sentenceCase } from '../words/sentence-case.ts'
import { endOf, startOf } from './incidents.ts'
import { ago, clockTime, period, sinceText, span, type When } from './time.ts'

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

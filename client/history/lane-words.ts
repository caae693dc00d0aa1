import { type Incident, isEnded, statusOfIncident } from '../../shared/domain/incident.ts'
import { incidentHead } from '../incidents/incident-details.ts'
import { endOf, lengthText, startOf, whereText } from '../incidents/incidents.ts'
import type { Catalogue } from '../live/catalogue.ts'
import { period, type When } from '../ui/time.ts'
import type { Words } from '../words/en/page.ts'
import { sentenceCase } from '../words/formats.ts'
import type { DayLanes } from './day-lanes.ts'

/**
 * 'AWS us-east-1: Increased error rates · Partial outage, identified · since 14:02 (38 min)'; of one that is over
 * 'Partial outage, resolved after 38 min · 14:02 to 14:40'.
 */
export function barText(incident: Incident, catalogue: Catalogue, when: When): string {
  const { incidents, incidentPage, states } = when.words
  const where = incidents.where(whereText(incident, catalogue, when.words))
  const { word, times } = incidentHead(incident, when)
  const length = isEnded(incident) ? lengthText(incident, when.words) : null
  if (length === null) return [`${where}${incident.title}`, word, ...times].join(' · ')
  const ended = incidentPage.endedAfter(states.stage[incident.status], length)
  const outcome = incidents.stateAndStage(states.label[statusOfIncident(incident)], ended)
  return [`${where}${incident.title}`, sentenceCase(outcome), period(startOf(incident), endOf(incident), when)].join(
    ' · ',
  )
}

/** A day without incidents, told only of what was read. */
export const quietText = ({ unread }: Pick<DayLanes, 'unread'>, { lanes, lists }: Words): string =>
  unread === 0 ? lanes.quiet : lists.sentences([lanes.noneKnown, lanes.unread(unread)])

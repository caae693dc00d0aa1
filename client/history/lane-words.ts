import { type Incident, isEnded } from '../../shared/domain/incident.ts'
import { incidentHead } from '../incidents/incident-details.ts'
import { whereText } from '../incidents/incidents.ts'
import type { Catalogue } from '../live/catalogue.ts'
import type { When } from '../ui/time.ts'
import { sentenceCase } from '../words/formats.ts'

/** 'AWS us-east-1: Increased error rates · Partial outage, identified · since 14:02 (38 min)' */
export function toldText(incident: Incident, catalogue: Catalogue, when: When): string {
  const { word, times } = incidentHead(incident, when)
  const where = when.words.incidents.where(whereText(incident, catalogue, when.words))
  return [`${where} ${incident.title}`, sentenceCase(word), ...times.slice(0, isEnded(incident) ? 1 : 2)].join(' · ')
}

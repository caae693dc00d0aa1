import type { Impact } from '../../../shared/domain/status.ts'
import { statuspageId } from '../native-ids.ts'
import { allOn, componentsOf, updatedAt } from '../page-state.ts'
import type { Incident, Phase, Rendered, StatusPage, World } from '../world.ts'
import { element, iso } from './notation.ts'

/** Okta's status page: hidden elements with Salesforce objects as JSON, escaped as HTML. What is over stays. */
export function oktaPage(page: StatusPage, world: World): Rendered {
  const all = allOn(page, world)
  const hidden = (id: string, text: string): string =>
    element('span', text, `id="j_id0:j_id10:${id}" class="visibility: hidden" data-id="${id}"`)
  const entries = (kind: Incident['kind']) =>
    JSON.stringify(all.filter(one => one.kind === kind).map(incident => entry(page, incident)))
  const cells = componentsOf(page).map(({ label }) => label)
  const html = `<!doctype html>
<html><head><title>${page.title} Status</title></head><body>
${hidden('incidents', entries('incident'))}
${hidden('planned-outages', entries('maintenance'))}
${hidden('updates', JSON.stringify(all.flatMap(incident => updatesOf(page, incident))))}
${hidden('cellList', cells.join(','))}
</body></html>
`
  return { body: Buffer.from(html), contentType: 'text/html; charset=utf-8' }
}

const entry = (page: StatusPage, incident: Incident) => ({
  attributes: { type: 'Incident__c' },
  Id: statuspageId(page.name, incident.id),
  Incident_Title__c: incident.title,
  Status__c: words[incident.phase],
  Category__c: categories[incident.impact],
  Impacted_Cells__c: incident.services.join(';'),
  Start_Time__c: stamp(incident.scheduledFor ?? incident.startedAt),
  Last_Updated__c: stamp(updatedAt(incident)),
  CreatedDate: stamp(incident.startedAt),
  Log__c: incident.updates.at(-1)?.text ?? '',
  ...(incident.scheduledUntil !== null && { End_Time__c: stamp(incident.scheduledUntil) }),
})

/** All but the first word of an incident, which is its log. */
const updatesOf = (page: StatusPage, incident: Incident) =>
  incident.updates
    .slice(0, -1)
    .map(update => ({
      Id: statuspageId(page.name, `${incident.id} ${update.at} ${update.phase}`),
      IncidentId__c: statuspageId(page.name, incident.id),
      UpdateLog__c: update.text,
      CreatedDate: stamp(update.at),
    }))

/** `2026-07-23T16:29:09.000+0000`: as Salesforce writes it. */
const stamp = (ms: number): string => iso(ms).replace('Z', '+0000')

const words: Readonly<Record<Phase, string>> = {
  investigating: 'Investigating',
  identified: 'Identified',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
  postmortem: 'Postmortem',
  scheduled: 'Scheduled',
  in_progress: 'In Progress',
  verifying: 'In Progress',
  completed: 'Completed',
}

const categories: Readonly<Record<Impact, string>> = {
  none: 'Performance Issue',
  minor: 'Service Degradation',
  major: 'Service Disruption',
  critical: 'Major Service Disruption',
  maintenance: 'Planned Maintenance',
}

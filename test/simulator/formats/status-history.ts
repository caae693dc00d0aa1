import { statuspageId } from '../native-ids.ts'
import { allOn, incidentLink, nameOf, updatedAt } from '../page-state.ts'
import type { Incident, Rendered, StatusPage, World } from '../world.ts'
import { element, escapeXml, iso } from './notation.ts'

/**
 * A status page's history in Atom, with the status in bold before the text. @see https://www.rfc-editor.org/rfc/rfc4287
 */
export function statusHistory(page: StatusPage, world: World): Rendered {
  const incidents = allOn(page, world)
  const address = `${world.origin}/rss-status/${page.name}/history.atom`
  const xml = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${address}</id>
  ${element('title', `${page.title} - Incident history`)}
  <link rel="self" href="${address}"/>
  ${element('updated', iso(Math.max(0, ...incidents.map(updatedAt))))}${incidents.map(incident => entry(page, incident, world)).join('')}
</feed>
`
  return { body: Buffer.from(xml), contentType: 'application/atom+xml; charset=utf-8' }
}

function entry(page: StatusPage, incident: Incident, world: World): string {
  const link = incidentLink(page, statuspageId(page.name, incident.id), world)
  const phase = incident.phase.replaceAll('_', ' ')
  const status = phase.charAt(0).toUpperCase() + phase.slice(1)
  const parts = incident.services.map(label => `<li>${escapeXml(nameOf(page, label))}</li>`).join('')
  const html = `<b>Status: ${status}</b><br/><br/>${escapeXml(incident.updates[0]?.text ?? '')}<br/><br/><b>Affected components</b><ul>${parts}</ul>`
  return `
  <entry>
    ${element('id', link)}
    ${element('title', incident.title)}
    <link href="${link}"/>
    ${element('published', iso(incident.startedAt))}
    ${element('updated', iso(updatedAt(incident)))}
    ${element('content', html, 'type="html"')}
  </entry>`
}

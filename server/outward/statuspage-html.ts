import { createHash } from 'node:crypto'
import type { Instant } from '../../shared/domain/primitives.ts'
import { escapeMarkup, textAsHtml } from './markup.ts'
import type { PageDocuments } from './statuspage.ts'

const style = `:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{max-width:46rem;margin:0 auto;padding:24px 16px;color:light-dark(#1b2130,#e8ecf5);background:light-dark(#fbfaf7,#0c1120)}
h1{margin:0;font-size:24px}h2{margin:32px 0 8px;font-size:17px}h3{margin:16px 0 0;font-size:15px}
p{margin:4px 0}ul{margin:0;padding:0;list-style:none}li{display:flex;gap:16px;justify-content:space-between}
a{color:inherit}small{opacity:.8}`

/** The page applies its style, and nothing else. */
export const statuspagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export type StatuspageHtmlInput = {
  documents: PageDocuments
  /** Our own page about the same. */
  app: string
  /** `?key=…` where reading needs one. */
  query: string
  simulated: boolean
}

/** What a browser sees at the address of a status page: the same as its documents say. Pure. */
export function statuspageHtml({ documents, app, query, simulated }: StatuspageHtmlInput): string {
  const { page, status, components, incidents, scheduled_maintenances } = documents['summary.json']
  const title = escapeMarkup(`${simulated ? 'SIMULATED · ' : ''}${page.name} Status`)
  const link = (path: string) => escapeMarkup(`${page.url}${path}${query}`)
  const feeds = [
    { name: 'Atom', path: '/history.atom', type: 'application/atom+xml' },
    { name: 'RSS', path: '/history.rss', type: 'application/rss+xml' },
  ]
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="60">
<title>${title}</title>
${feeds.map(({ path, type }) => `<link rel="alternate" type="${type}" title="${title}" href="${link(path)}">`).join('\n')}
<style>${style}</style>
<h1>${title}</h1>
<p><strong>${escapeMarkup(status.description)}</strong></p>
<p><small>As of ${time(page.updated_at)}</small></p>
${section('Incidents', incidents.map(incidentHtml), 'No incident is known.')}
${section('Maintenance', scheduled_maintenances.map(incidentHtml), 'None is announced.')}
<h2>Components</h2>
<ul>
${components.map(componentHtml).join('\n')}
</ul>
<p>${[
    ...feeds.map(({ name, path }) => `<a href="${link(path)}">${name}</a>`),
    `<a href="${link('/api/v2/summary.json')}">JSON</a>`,
    `<a href="${escapeMarkup(app)}">Nephoscope</a>`,
  ].join(' · ')}</p>
</html>
`
}

type Summary = PageDocuments['summary.json']

const section = (title: string, entries: readonly string[], none: string): string =>
  `<h2>${title}</h2>\n${entries.join('\n') || `<p>${none}</p>`}`

function incidentHtml({
  name,
  status,
  shortlink,
  updated_at,
  incident_updates,
  ...planned
}: Summary['incidents'][number]) {
  const last = incident_updates.find(({ body }) => body !== '')?.body ?? ''
  const { scheduled_for: from, scheduled_until: until } = planned
  const when = from ? ` · ${time(from)}${until ? ` to ${time(until)}` : ''}` : ''
  return `<h3><a href="${escapeMarkup(shortlink)}">${escapeMarkup(name)}</a></h3>
<p><small>${escapeMarkup(status.replace('_', ' '))}${when} · ${time(updated_at)}</small></p>
<p>${textAsHtml(last)}</p>`
}

const componentHtml = ({ name, status, description }: Summary['components'][number]): string =>
  `<li><span>${escapeMarkup(name)}${description === null ? '' : `<br><small>${escapeMarkup(description)}</small>`}</span><span>${escapeMarkup(status.replaceAll('_', ' '))}</span></li>`

const time = (instant: Instant): string =>
  `<time datetime="${escapeMarkup(instant)}">${escapeMarkup(instant.slice(0, 16).replace('T', ' '))} UTC</time>`

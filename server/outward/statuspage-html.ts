import { createHash } from 'node:crypto'
import type { Instant } from '../../shared/domain/primitives.ts'
import { escapeMarkup, textAsHtml } from './markup.ts'
import type { PageDocuments } from './statuspage.ts'

const style = `:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{max-width:46rem;margin:0 auto;padding:24px 16px;color:light-dark(#1b2130,#e8ecf5);background:light-dark(#fbfaf7,#0c1120)}
h1{margin:0;font-size:24px}h2{margin:32px 0 8px;font-size:17px}h3{margin:16px 0 0;font-size:15px}
p{margin:4px 0}ul{margin:0;padding:0;list-style:none}li{display:grid;grid-template-columns:1fr auto;column-gap:16px}
li>small{grid-column:1/-1}
a{color:inherit}small{opacity:.8}`

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** The page applies its style, and nothing else. */
export const statuspagePolicy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
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

/** What is not well stands out without a colour. */
function componentHtml({ name, status, description }: Summary['components'][number]): string {
  const words = escapeMarkup(status.replaceAll('_', ' '))
  const about = description === null ? '' : `<small>${escapeMarkup(description)}</small>`
  const state = status === 'operational' ? `<span>${words}</span>` : `<strong>${words}</strong>`
  return `<li><span>${escapeMarkup(name)}</span>${state}${about}</li>`
}

const time = (instant: Instant): string =>
  `<time datetime="${escapeMarkup(instant)}">${escapeMarkup(instant.slice(0, 16).replace('T', ' '))} UTC</time>`

/** How a page that has Statuspage's embed script around this frame is told to show it, or to put it away. */
const announcement = `parent.postMessage({action:document.body.dataset.action},'*')
document.querySelector('button').onclick=()=>parent.postMessage({action:'dismissFrame',closed:true},'*')`

/** The frame runs its two lines and stands on any page. */
export const framePolicy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(announcement)}`,
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors *',
].join('; ')

/**
 * What Statuspage has at `/embed/frame`: a note in the corner of other pages, shown while something is wrong.
 * @see https://support.atlassian.com/statuspage/docs/add-a-status-widget/
 */
export function statusFrameHtml({ documents, query }: Pick<StatuspageHtmlInput, 'documents' | 'query'>): string {
  const { page, status, incidents, scheduled_maintenances } = documents['summary.json']
  const [worst = scheduled_maintenances.find(one => one.status !== 'scheduled')] = incidents
  const action = status.indicator === 'none' && worst === undefined ? 'dismissFrame' : 'showFrame'
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="60">
<title>${escapeMarkup(page.name)}</title>
<style>${style}</style>
<body data-action="${action}">
<p><strong>${escapeMarkup(worst?.name ?? status.description)}</strong> <button aria-label="Close">×</button></p>
<p><a href="${escapeMarkup(page.url + query)}" target="_blank" rel="noopener">${escapeMarkup(page.name)}: ${escapeMarkup(status.description)}</a></p>
<script>${announcement}</script>
</html>
`
}

/** What Statuspage has at `/embed/script.js`: puts the frame in the corner of the page that loads it. Pure. */
export const statusFrameScript = (frame: string): string => `(() => {
  const address = ${JSON.stringify(frame).replaceAll('<', '\\u003c')}
  const frame = document.createElement('iframe')
  frame.src = address
  frame.title = 'Status'
  frame.hidden = true
  Object.assign(frame.style, { position: 'fixed', right: '16px', bottom: '16px', width: '320px', height: '115px', maxWidth: '100vw', border: '0', zIndex: '9999', boxShadow: '0 8px 32px #0006' })
  document.body.append(frame)
  let closed = false // by the reader, until the page is opened again
  addEventListener('message', ({ source, data }) => {
    if (source !== frame.contentWindow) return
    closed ||= data?.closed === true
    frame.hidden = closed || data?.action !== 'showFrame'
  })
})()
`

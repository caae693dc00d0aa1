import { createHash } from 'node:crypto'
import type { Incident } from '../../shared/domain/incident.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import { statusWords } from '../../shared/domain/status.ts'
import { summaryWords } from './badge.ts'
import { escapeMarkup } from './markup.ts'
import type { StatusSummary } from './status-summary.ts'

const style = `:root{color-scheme:light dark;font:14px/1.4 system-ui,sans-serif}
body{margin:0;padding:12px;color:light-dark(#1b2130,#e8ecf5);background:light-dark(#fbfaf7,#0c1120)}
h1{margin:0;font-size:16px}p{margin:4px 0 0}img{display:block;margin-top:6px}a{color:inherit}`

/** The page only applies its style and shows the badge, in a frame of any site. */
export const embedPolicy = [
  "default-src 'none'",
  "img-src 'self'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors *',
].join('; ')

/** How often the page reloads itself; it has no script. */
const REFRESH_S = 60

export type EmbedInput = {
  /** `West Europe (Azure)` */
  name: string
  summary: StatusSummary
  /** The newest incident that names the region, over or not. */
  incident: Incident | undefined
  badge: string
  home: string
  simulated: boolean
}

/** A region as a small page for a frame. Pure. */
export function embed({ name, summary, incident, badge, home, simulated }: EmbedInput): string {
  const { since, lastKnown } = summary
  const word = summaryWords(summary)
  const facts = [
    ...(since ? [`Since ${time(since)}.`] : []),
    ...(lastKnown ? [`Last known: ${statusWords[lastKnown.status]}, ${time(lastKnown.at)}.`] : []),
    ...(simulated ? ['Simulated.'] : []),
  ]
  const last = incident
    ? `<p>Last incident: <a href="${escapeMarkup(`${home}/incident/${incident.id}`)}" target="_blank" rel="noopener">${escapeMarkup(incident.title)}</a>, ${escapeMarkup(incident.status.replace('_', ' '))}, ${time(incident.updatedAt)}</p>`
    : '<p>No incident is known.</p>'
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${REFRESH_S}">
<title>${escapeMarkup(`${name}: ${word}`)}</title>
<style>${style}</style>
<h1>${escapeMarkup(name)}</h1>
<img src="${escapeMarkup(badge)}" alt="${escapeMarkup(word)}" height="20">
<p>${facts.join(' ')}</p>
${last}
</html>
`
}

const time = (instant: Instant): string =>
  `<time datetime="${escapeMarkup(instant)}">${escapeMarkup(instant.slice(0, 16).replace('T', ' '))} UTC</time>`

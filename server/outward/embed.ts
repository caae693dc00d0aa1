import { createHash } from 'node:crypto'
import type { Incident } from '../../shared/domain/incident.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import { statusWords } from '../../shared/domain/status.ts'
import { summaryWords } from './badge.ts'
import { escapeMarkup } from './markup.ts'
import type { StatusSummary } from './status-summary.ts'

const style = `:root{color-scheme:light dark;font:14px/1.4 system-ui,sans-serif}
body{margin:0;padding:12px;color:light-dark(#1b2130,#e8ecf5);background:light-dark(#fbfaf7,#0c1120)}
h1{margin:0;font-size:16px}p{margin:4px 0 0}img{display:block;max-width:100%;height:auto;margin-top:6px}a{color:inherit}`

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

/** A region, a service, a vendor or a stack as a small page for a frame. Pure. */
export function embed({ name, summary, incident, badge, home, simulated }: EmbedInput): string {
  const { since, lastKnown } = summary
  const word = summaryWords(summary)
  const facts = [
    ...(since ? [`Since ${time(since)}.`] : []),
    ...(lastKnown ? [`Last known: ${statusWords[lastKnown.status]}, ${time(lastKnown.at)}.`] : []),
    ...(simulated ? ['Simulated.'] : []),
  ]
  const last = incident
    ? `Last incident: ${linked(incident, home)}, ${stageOf(incident)}, ${time(incident.updatedAt)}`
    : 'No incident is known.'
  return framed(`${name}: ${word}`, [
    `<h1>${escapeMarkup(name)}</h1>`,
    `<img src="${escapeMarkup(badge)}" alt="${escapeMarkup(word)}" height="20">`,
    `<p>${facts.join(' ')}</p>`,
    `<p>${last}</p>`,
  ])
}

/** Characters of the last words that a frame has room for. */
const MAX_WORDS = 280

/** An incident in the same way: its stage, since when, and the last words. Pure. @param provider its name */
export function embedIncident(
  incident: Incident,
  { provider, home, simulated }: { provider: string } & Pick<EmbedInput, 'home' | 'simulated'>,
): string {
  const { title, startedAt, updatedAt, entries } = incident
  const characters = [...(entries.find(({ text }) => text !== '')?.text ?? '')]
  const words = characters.slice(0, MAX_WORDS).join('') + (characters.length > MAX_WORDS ? '…' : '')
  return framed(`${provider}: ${title}`, [
    `<h1>${linked(incident, home)}</h1>`,
    `<p>${escapeMarkup(provider)}: ${stageOf(incident)}. Since ${time(startedAt)}, updated ${time(updatedAt)}.${simulated ? ' Simulated.' : ''}</p>`,
    `<p>${escapeMarkup(words)}</p>`,
  ])
}

const framed = (title: string, lines: readonly string[]): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${REFRESH_S}">
<title>${escapeMarkup(title)}</title>
<style>${style}</style>
${lines.join('\n')}
</html>
`

const linked = ({ id, title }: Incident, home: string): string =>
  `<a href="${escapeMarkup(`${home}/incident/${id}`)}" target="_blank" rel="noopener">${escapeMarkup(title)}</a>`

const stageOf = ({ status }: Incident): string => escapeMarkup(status.replace('_', ' '))

const time = (instant: Instant): string =>
  `<time datetime="${escapeMarkup(instant)}">${escapeMarkup(instant.slice(0, 16).replace('T', ' '))} UTC</time>`

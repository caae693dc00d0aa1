import { type Incident, isActive, isFaded, statusOfIncident } from '../../shared/domain/incident.ts'
import type { Page } from '../../shared/domain/pages.ts'
import { worstFirst } from '../../shared/domain/region-status.ts'
import { statusWords } from '../../shared/domain/status.ts'
import { escapeMarkup } from './markup.ts'
import { minute, type PageHead } from './page-head.ts'
import { isWatched, nameOfProvider, type SummaryFacts } from './status-summary.ts'

/** As many as fit a screen under the first sentence. */
const MAX_INCIDENTS = 8
const MAX_PLACES = 3
const PRODUCT = / · Nephoscope$/

/**
 * What a page says before its script runs, as HTML: its first sentence, and on the dashboard what is going on. The
 * script takes it away when it knows as much. It carries its time, because a document may be shown later. `facts` are public.
 * Pure.
 */
export function firstView(page: Page, head: PageHead, facts: SummaryFacts): string {
  const sentences = head.description.split(/(?<=\.) /)
  const isDashboard = page.name === 'dashboard'
  const first = isDashboard ? (sentences[0] ?? '') : head.title.replace(PRODUCT, '')
  const rest = isDashboard ? sentences.slice(1).join(' ') : head.description
  const rows = isDashboard || page.name === 'incidents' ? openIncidents(facts).map(one => row(one, facts)) : []
  return [
    `<div><h1>${escapeMarkup(first)}</h1> <p>${escapeMarkup(rest)}</p></div>`,
    ...(rows.length === 0 ? [] : [`<ul>${rows.join('')}</ul>`]),
    `<p>As of ${minute(new Date(facts.now).toISOString())}.</p>`,
  ].join('')
}

/** None where no worker lives: what was open then may be over. */
const openIncidents = ({ view, workersAt, now }: SummaryFacts): Incident[] =>
  [...(isWatched(workersAt, now) ? view.incidents.values() : [])]
    .filter(incident => isActive(incident) && !isFaded(incident, now))
    .sort(worstFirst)
    .slice(0, MAX_INCIDENTS)

/** 'AWS us-east-1: Increased error rates', its state and since when. */
function row(incident: Incident, facts: SummaryFacts): string {
  const codes = incident.regions.map(id => facts.catalogue.regions.get(id)?.code ?? id)
  const more = codes.length > MAX_PLACES ? ` and ${codes.length - MAX_PLACES} more` : ''
  const place = [nameOfProvider(incident.provider, facts), codes.slice(0, MAX_PLACES).join(', ') + more]
  const state = `${statusWords[statusOfIncident(incident)]} since ${minute(incident.startedAt)}`
  return `<li>${escapeMarkup(`${place.filter(Boolean).join(' ')}: ${incident.title}`)} <small>${state}</small></li>`
}

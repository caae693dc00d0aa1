import { byNewest } from '../../shared/domain/article.ts'
import { type Incident, isActive } from '../../shared/domain/incident.ts'
import type { Page } from '../../shared/domain/pages.ts'
import { publicView } from '../../shared/domain/private-words.ts'
import type { Region } from '../../shared/domain/region.ts'
import { watchedProviders } from '../../shared/domain/source.ts'
import { statusWords } from '../../shared/domain/status.ts'
import { summaryWords } from './badge.ts'
import { type CardFacts, type CardLink, placeOfIncident } from './card.ts'
import { CARD_HEIGHT, CARD_WIDTH } from './card-svg.ts'
import { escapeMarkup } from './markup.ts'
import {
  activeIncidentsOf,
  nameOfProvider,
  providerSummary,
  regionCounts,
  regionSummary,
  type StatusSummary,
  type SummaryFacts,
} from './status-summary.ts'
import { subjectOf } from './subject.ts'

/** A page in short, for search engines, previews in chats, and the tab before the page has loaded. */
export type PageHead = { title: string; description: string; type: 'website' | 'article' }

/** The head where nothing may be said about the state. */
export const plainHead: PageHead = {
  title: 'Nephoscope',
  description: 'The state of every public cloud region and the news about it, as it happens.',
  type: 'website',
}

/** Previews show no more of a description. */
const MAX_CHARACTERS = 200
const MAX_TITLES = 3

/**
 * A page and the state → its head, unescaped; null where the page's subject does not exist or is not watched. Pure.
 * @param stack the stack of the settings that the address names
 */
export function pageHead(page: Page, all: CardFacts, stack: string | null = null): PageHead | null {
  const facts = { ...all, view: publicView(all.view) }
  const { view, catalogue } = facts
  switch (page.name) {
    case 'dashboard':
      return stackHead(stack, facts) ?? website('Nephoscope', everywhere(facts))
    case 'region': {
      const region = catalogue.regions.get(page.region)
      return region && watchedProviders(view.sources.values()).has(region.provider) ? regionHead(region, facts) : null
    }
    case 'provider':
      return providerHead(page.provider, facts)
    case 'incident':
      return facts.incident ? incidentHead(facts.incident, facts) : null
    case 'incidents':
      return website(named('Incidents'), [
        titles([...view.incidents.values()].filter(isActive)) || 'No incident is known.',
      ])
    case 'news':
      return website(named('News'), [titles([...view.articles.values()].sort(byNewest))])
    default:
      return website(named(page.name.charAt(0).toUpperCase() + page.name.slice(1)), [plainHead.description])
  }
}

function stackHead(stack: string | null, facts: CardFacts): PageHead | null {
  const subject = stack === null ? undefined : subjectOf({ kind: 'stack', stack }, facts)
  if (subject === undefined) return null
  const { name, summary, incidents } = subject
  return website(stated(name, summary), [`${name}: ${summaryWords(summary)}.`, titles(incidents.filter(isActive))])
}

function regionHead(region: Region, facts: SummaryFacts): PageHead {
  const { view, catalogue } = facts
  const summary = regionSummary(region, facts)
  const incidents = [...view.incidents.values()].filter(one => one.regions.includes(region.id) && isActive(one))
  const name = `${catalogue.providers.get(region.provider)?.name ?? region.provider} ${region.name}`
  return website(stated(name, summary), [stateWords(summary), titles(incidents), `${region.city}, ${region.country}.`])
}

function providerHead(provider: string, facts: SummaryFacts): PageHead | null {
  const summary = providerSummary(provider, facts)
  const name = facts.catalogue.providers.get(provider)?.name
  if (summary === undefined) return name === undefined ? null : website(named(name), ['Nobody watches it here.'])
  return website(stated(name ?? provider, summary), [
    stateWords(summary),
    titles(activeIncidentsOf(provider, facts.view)),
  ])
}

function incidentHead(incident: Incident, facts: CardFacts): PageHead {
  const provider = nameOfProvider(incident.provider, facts)
  const last = incident.entries.find(({ text }) => text !== '')?.text ?? ''
  const stage = incident.status.replace('_', ' ')
  const description = clipped([`${provider}: ${stage}, since ${minute(incident.startedAt)}.`, last])
  return {
    title: named(clipped([`${placeOfIncident(incident, facts)}: ${incident.title}`])),
    description,
    type: 'article',
  }
}

/** 'Cloud regions now: 2 major outage, …'. Unknown regions count too, so that silence does not look like health. */
function everywhere(facts: SummaryFacts): string[] {
  const counted = regionCounts(facts).map(({ status, count }) => `${count} ${statusWords[status]}`)
  if (counted.length === 0) return [plainHead.description]
  return [`Cloud regions now: ${counted.join(', ')}.`, plainHead.description]
}

/** 'Azure West Europe: degraded performance · Nephoscope' */
const stated = (name: string, summary: StatusSummary): string => named(`${name}: ${summaryWords(summary)}`)

const named = (title: string): string => `${title} · Nephoscope`

function stateWords(summary: StatusSummary): string {
  const { since, lastKnown } = summary
  const now = `${summaryWords(summary)}${since === null ? '' : ` since ${minute(since)}`}.`
  const before = lastKnown ? ` Last known: ${statusWords[lastKnown.status]}, ${minute(lastKnown.at)}.` : ''
  return now.charAt(0).toUpperCase() + now.slice(1) + before
}

const titles = (records: readonly { title: string }[]): string =>
  records
    .slice(0, MAX_TITLES)
    .map(({ title }) => title)
    .join(' · ')

const website = (title: string, sentences: readonly string[]): PageHead => ({
  title,
  description: clipped(sentences),
  type: 'website',
})

function clipped(sentences: readonly string[]): string {
  const characters = [...sentences.filter(Boolean).join(' ').replace(/\s+/g, ' ')]
  if (characters.length <= MAX_CHARACTERS) return characters.join('')
  return `${characters.slice(0, MAX_CHARACTERS - 1).join('')}…`
}

/** '2026-11-24 14:02 UTC' */
export const minute = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`

export type HeadTagsInput = PageHead & {
  /** The public address; null where it is not known, and then no tag names an address. */
  base: string | null
  /** Of the page, with the query that says what it is about. */
  path: string
  /** Null where nothing may be said, or there is nothing to say. */
  card: CardLink | null
  simulated: boolean
}

const plainCard = { path: '/card.png', words: 'Nephoscope: the state of every public cloud region' }

/** A head as HTML. Pure. @see https://ogp.me/ https://developer.x.com/en/docs/x-for-websites/cards/overview/markup */
export function headTags({ title, description, type, base, path, card, simulated }: HeadTagsInput): string {
  const shown = simulated ? `SIMULATED · ${title}` : title
  const address = base === null ? null : base + path
  const shownCard = card ?? plainCard
  const properties: [string, string][] = [
    ['og:site_name', 'Nephoscope'],
    ['og:type', type],
    ['og:title', shown],
    ['og:description', description],
    ...(address === null
      ? []
      : ([
          ['og:url', address],
          ['og:image', base + shownCard.path],
          ['og:image:type', 'image/png'],
          ['og:image:width', String(CARD_WIDTH)],
          ['og:image:height', String(CARD_HEIGHT)],
          ['og:image:alt', shownCard.words],
        ] satisfies [string, string][])),
  ]
  return [
    `<title>${escapeMarkup(shown)}</title>`,
    `<meta name="description" content="${escapeMarkup(description)}">`,
    ...(address === null ? [] : [`<link rel="canonical" href="${escapeMarkup(address)}">`]),
    ...properties.map(([name, value]) => `<meta property="${name}" content="${escapeMarkup(value)}">`),
    '<meta name="twitter:card" content="summary_large_image">',
    ...(address === null ? [] : [`<meta name="twitter:image:alt" content="${escapeMarkup(shownCard.words)}">`]),
  ].join('\n    ')
}

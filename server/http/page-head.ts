import { type Incident, isActive } from '../../shared/domain/incident.ts'
import type { Page } from '../../shared/domain/pages.ts'
import type { Region } from '../../shared/domain/region.ts'
import { watchedProviders } from '../../shared/domain/source.ts'
import { type Status, severity } from '../../shared/domain/status.ts'
import { byNewest } from '../../shared/domain/view.ts'
import { statusWords } from '../outward/badge.ts'
import {
  openRegionsOf,
  providerStanding,
  regionStanding,
  type Standing,
  type StandingDeps,
} from '../outward/status-summary.ts'

/** What a page is about, for search engines, previews in chats, and the tab before the page has loaded. */
export type PageHead = { title: string; description: string; type: 'website' | 'article' }

/** What is said where nothing about the state may be said. */
export const plainHead: PageHead = {
  title: 'Nephoscope',
  description: 'The state of every public cloud region and the news about it, as it happens.',
  type: 'website',
}

export type HeadFacts = StandingDeps & {
  /** The page's incident, where it is about one that exists. */
  incident: Incident | undefined
}

/** Longer texts are cut: nobody shows more. */
const MOST_CHARACTERS = 200
/** Titles that a description names. */
const MOST_TITLES = 3

/** A page and what is known now → its head; null where what it is about does not exist, or nobody watches it. Pure. Texts are as they came: not escaped. */
export function pageHead(page: Page, facts: HeadFacts): PageHead | null {
  const { view, catalogue } = facts
  switch (page.name) {
    case 'dashboard':
      return website('Nephoscope', everywhere(facts))
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

function regionHead(region: Region, facts: HeadFacts): PageHead {
  const { view, catalogue } = facts
  const standing = regionStanding(region, facts)
  const incidents = [...view.incidents.values()].filter(one => one.regions.includes(region.id) && isActive(one))
  const name = `${catalogue.providers.get(region.provider)?.name ?? region.provider} ${region.name}`
  return website(stated(name, standing), [
    stateWords(standing),
    titles(incidents),
    `${region.city}, ${region.country}.`,
  ])
}

function providerHead(provider: string, facts: HeadFacts): PageHead | null {
  const standing = providerStanding(provider, facts)
  const name = facts.catalogue.providers.get(provider)?.name
  if (standing === undefined) return name === undefined ? null : website(named(name), ['Nobody watches it here.'])
  const active = [...facts.view.incidents.values()].filter(one => one.provider === provider && isActive(one))
  return website(stated(name ?? provider, standing), [stateWords(standing), titles(active)])
}

function incidentHead(incident: Incident, { catalogue }: HeadFacts): PageHead {
  const provider = catalogue.providers.get(incident.provider)?.name ?? incident.provider
  const last = incident.updates[0]?.text ?? ''
  const stage = incident.status.replace('_', ' ')
  const description = clipped([`${provider}: ${stage}, since ${minute(incident.startedAt)}.`, last])
  return { title: named(clipped([incident.title])), description, type: 'article' }
}

/** 'In major outage: 2 regions. …'; what is not known is counted too, so that silence does not look like health. */
function everywhere(facts: HeadFacts): string[] {
  const counts = new Map<Status, number>()
  for (const provider of facts.catalogue.providers.keys())
    for (const region of openRegionsOf(provider, facts.catalogue)) {
      if (!facts.view.statuses.has(region.id)) continue
      const { status } = regionStanding(region, facts)
      counts.set(status, (counts.get(status) ?? 0) + 1)
    }
  const worstFirst = [...counts].sort(([a], [b]) => severity[b] - severity[a])
  const told = worstFirst.map(([status, count]) => `${count} ${statusWords[status]}`)
  return told.length === 0 ? [plainHead.description] : [`Cloud regions now: ${told.join(', ')}.`, plainHead.description]
}

/** 'Azure West Europe: degraded performance · Nephoscope' */
const stated = (name: string, standing: Standing): string => named(`${name}: ${statusWords[standing.status]}`)

const named = (title: string): string => `${title} · Nephoscope`

function stateWords({ status, since, lastKnown }: Standing): string {
  const now = `${statusWords[status]}${since === null ? '' : ` since ${minute(since)}`}.`
  const before = lastKnown ? ` Last known: ${statusWords[lastKnown.status]}, ${minute(lastKnown.at)}.` : ''
  return now.charAt(0).toUpperCase() + now.slice(1) + before
}

const titles = (records: readonly { title: string }[]): string =>
  records
    .slice(0, MOST_TITLES)
    .map(({ title }) => title)
    .join(' · ')

const website = (title: string, sentences: readonly string[]): PageHead => ({
  title,
  description: clipped(sentences),
  type: 'website',
})

function clipped(sentences: readonly string[]): string {
  const characters = [...sentences.filter(Boolean).join(' ').replace(/\s+/g, ' ')]
  if (characters.length <= MOST_CHARACTERS) return characters.join('')
  return `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…`
}

/** `2026-11-24 14:02 UTC` */
const minute = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`

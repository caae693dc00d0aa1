import { createHash } from 'node:crypto'
import { type Channel, type ChannelParts, parseChannel } from '../../shared/domain/channels.ts'
import { type Incident, isActive, isEnded, isFaded, isPublic, statusOfIncident } from '../../shared/domain/incident.ts'
import { publicView } from '../../shared/domain/private-words.ts'
import { spokenName } from '../../shared/domain/region.ts'
import { worstFirst } from '../../shared/domain/region-status.ts'
import { watchedProviders } from '../../shared/domain/source.ts'
import { type Status, statusWords } from '../../shared/domain/status.ts'
import { summaryWords } from './badge.ts'
import { isWatched, nameOfProvider, regionCounts, type StatusSummary } from './status-summary.ts'
import { type SubjectFacts, subjectOf } from './subject.ts'

/** The picture of a link in a chat: what it says, in the order in which it is read. */
export type Card = {
  status: Status
  /** 'Partial outage, identified' */
  state: string
  /** 'since 24 Nov 2026, 14:02 UTC' */
  since: string | null
  /** 'AWS us-east-1' */
  place: string
  title: string | null
  simulated: boolean
}

export type CardFacts = SubjectFacts & {
  /** The incident that is asked for: it may be in the archive alone. */
  incident: Incident | undefined
}

/** What the card of a channel says: never a private word. Null where it has none, or nobody watches its subject. Pure. */
export function cardOf(parts: ChannelParts, all: CardFacts): Card | null {
  const facts = { ...all, view: publicView(all.view) }
  switch (parts.kind) {
    case 'all':
      return everywhere(facts)
    case 'incident':
      return facts.incident && isPublic(facts.incident) ? ofIncident(facts.incident, facts) : null
    case 'region': {
      const region = facts.catalogue.regions.get(parts.region)
      if (region === undefined || !watchedProviders(facts.view.sources.values()).has(region.provider)) return null
      const place = `${nameOfProvider(region.provider, facts)} ${spokenName(region)}`
      return ofSubject(parts, place, `${region.city}, ${region.country}`, facts)
    }
    case 'provider':
      return ofSubject(parts, nameOfProvider(parts.provider, facts), null, facts)
    case 'stack':
      return ofSubject(parts, facts.stackFacts.stacks.get(parts.stack)?.name ?? parts.stack, null, facts)
    default:
      return null
  }
}

/** Where the card of a channel is, and what it says to those who do not see it. */
export type CardLink = { path: `/card/${string}`; words: string }

export function cardLink(channel: Channel, facts: CardFacts): CardLink | null {
  const parts = parseChannel(channel)
  const card = parts.ok ? cardOf(parts.value, facts) : null
  return card && { path: `/card/${channel}.png?v=${versionOf(card)}`, words: cardWords(card) }
}

/** What changes when cards are drawn in another way. */
const DRAWING = 1

/** A name for what a card says: the same words have the same, in every process. */
export const versionOf = (card: Card): string =>
  createHash('sha256')
    .update(JSON.stringify([DRAWING, card]))
    .digest('base64url')
    .slice(0, 16)

/** The card in words: 'AWS us-east-1: partial outage since 24 Nov 2026, 14:02 UTC. Increased error rates.' */
export function cardWords({ place, state, since, title }: Card): string {
  const said = `${place}: ${state.charAt(0).toLowerCase()}${state.slice(1)}${since === null ? '' : `, ${since}`}.`
  return title === null ? said : `${said} ${title}`
}

/** A region, a provider or a stack, with the worst of its incidents. Nothing about one that nobody watches. */
function ofSubject(parts: ChannelParts, place: string, otherwise: string | null, facts: CardFacts): Card | null {
  const subject = subjectOf(parts, facts)
  if (subject === undefined) return null
  const { summary } = subject
  const [lead] = subject.incidents.filter(isActive).sort(worstFirst)
  const since = summary.since ?? (lead && statusOfIncident(lead) === summary.status ? lead.startedAt : null)
  return {
    status: summary.status,
    state: sentence(summaryWords(summary)),
    since: summary.status === 'operational' ? null : sinceOrLastKnown({ ...summary, since }),
    place,
    title: lead === undefined ? otherwise : lead.title,
    simulated: facts.view.settings.simulated,
  }
}

function sinceOrLastKnown({ since, lastKnown }: StatusSummary): string | null {
  if (since !== null) return `since ${minute(since)}`
  return lastKnown === null ? null : `last known: ${statusWords[lastKnown.status]}, ${minute(lastKnown.at)}`
}

function ofIncident(incident: Incident, facts: CardFacts): Card {
  const stage = incident.status.replace('_', ' ')
  const status = statusOfIncident(incident)
  const from = incident.scheduledFor ?? incident.startedAt
  const said = {
    place: placeOfIncident(incident, facts),
    title: incident.title,
    simulated: facts.view.settings.simulated,
  }
  if (isEnded(incident)) {
    const until = minute(incident.resolvedAt ?? incident.updatedAt)
    return { ...said, status: 'operational', state: sentence(stage), since: until }
  }
  if (incident.status === 'scheduled')
    return { ...said, status: 'under_maintenance', state: sentence(stage), since: `begins ${minute(from)}` }
  const isFresh = isWatched(facts.workersAt, facts.now) && !isFaded(incident, facts.now)
  return {
    ...said,
    status: isFresh ? status : 'unknown',
    state: isFresh ? `${sentence(statusWords[status])}, ${stage}` : `Last known: ${statusWords[status]}`,
    since: `${incident.saidAt === null && incident.scheduledFor === null ? 'first read' : 'since'} ${minute(from)}`,
  }
}

/** 'AWS us-east-1', 'AWS us-east-1 and eu-west-1', 'AWS us-east-1 and 4 more', 'GitHub' */
export function placeOfIncident({ provider, regions }: Incident, facts: CardFacts): string {
  const names = regions.map(id => {
    const region = facts.catalogue.regions.get(id)
    return region ? spokenName(region) : id.slice(id.indexOf('/') + 1)
  })
  const [first = '', second, ...others] = names
  const more = second === undefined ? '' : ` and ${others.length === 0 ? second : `${others.length + 1} more`}`
  return `${nameOfProvider(provider, facts)} ${first}${more}`.trim()
}

/** The worst state of all regions and how many are in it. Silence never looks like health. */
function everywhere(facts: CardFacts): Card | null {
  const counts = regionCounts(facts)
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  const [worst, ...others] = counts.filter(({ status }) => status !== 'operational')
  const { simulated } = facts.view.settings
  if (total === 0) return null
  if (worst === undefined)
    return {
      status: 'operational',
      state: 'Operational',
      since: null,
      place: `All ${total} cloud regions`,
      title: null,
      simulated,
    }
  const { status, count } = worst
  const rest = others.map(({ status, count }) => `${count} ${statusWords[status]}`)
  return {
    status,
    state: sentence(statusWords[status]),
    since: null,
    place: `${count} of ${total} cloud regions`,
    title: rest.length === 0 ? 'All others are operational.' : `Of the others: ${rest.join(', ')}.`,
    simulated,
  }
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** '24 Nov 2026, 14:02 UTC' */
const minute = (instant: string): string => `${days.format(new Date(instant))}, ${instant.slice(11, 16)} UTC`

const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

import { type Incident, isActive, isEnded, isFaded, statusOfIncident } from '../../shared/domain/incident.ts'
import { descending, groupBy } from '../../shared/domain/order.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import { type Status, severity, worst } from '../../shared/domain/status.ts'
import { type Catalogue, placeName, providerName } from '../live/catalogue.ts'
import type { Staleness } from '../live/freshness.ts'
import { ago, clockTime, type When } from '../ui/time.ts'
import type { Words } from '../words/en/page.ts'
import { endOf, hasOneTime, touches, whereText } from './incidents.ts'

export type Headline = { text: string; status: Status }

export type HeadlineInput = {
  catalogue: Catalogue
  statuses: ReadonlyMap<RegionId, RegionStatus>
  incidents: Iterable<Incident>
  /** The reader's own regions; the sentence is about them where there are any. */
  mine: ReadonlySet<RegionId>
}

const troubled = ['major_outage', 'partial_outage', 'degraded_performance', 'under_maintenance'] as const

/** The sentence at the top of the page: the worst trouble, or 'All quiet' with the last change. */
export function headline(input: HeadlineInput, when: When): Headline {
  const { words } = when
  const incidents = [...input.incidents]
  const everywhere = [...input.statuses.values()]
  const own = everywhere.filter(status => input.mine.has(status.region))
  const mine = regionsSentence(own, input.catalogue, own.length, words)
  if (mine) return mine
  const elsewhere =
    regionsSentence(everywhere, input.catalogue, null, words) ?? providersSentence(incidents, input.catalogue, when)
  // what a provider of these regions reports as a whole may concern them
  const isTouched = incidents.some(incident => isTrouble(incident, when.now) && touches(incident, input.mine))
  const quiet = isTouched ? null : ownSentence(input, words)
  if (elsewhere && quiet !== null) return { ...elsewhere, text: words.lists.sentences([quiet.text, elsewhere.text]) }
  const all = elsewhere ?? quietSentence(everywhere, incidents, input.catalogue, when)
  return quiet?.status === 'unknown' ? { ...all, text: words.lists.sentences([quiet.text, all.text]) } : all
}

/** 'Your regions are quiet.', or how many of them are unknown; null without own regions that are open and watched. */
function ownSentence({ mine, statuses, catalogue }: HeadlineInput, { headline }: Words): Headline | null {
  const regions = [...mine].filter(id => (catalogue.regions.get(id)?.state ?? 'announced') !== 'announced')
  if (regions.length === 0) return null
  const unknown = regions.filter(id => (statuses.get(id)?.status ?? 'unknown') === 'unknown').length
  if (unknown > 0) return { status: 'unknown', text: headline.ownUnknown(unknown, regions.length) }
  return { status: 'operational', text: headline.ownQuiet(regions.length) }
}

type Facts = Pick<HeadlineInput, 'catalogue' | 'statuses'> & { incidents: ReadonlyMap<string, Incident> }

/** The headline, or that of what was last known where the page is stale. */
export function currentHeadline(facts: Facts, mine: HeadlineInput['mine'], staleness: Staleness, when: When): Headline {
  const now = headline({ ...facts, incidents: facts.incidents.values(), mine }, when)
  return staleness.isStale ? staleHeadline(now, staleness.since, when) : now
}

/** The headline of a stale page: 'Stale since 14:02. Last known: All quiet.' `since` in ms, null when never fresh. */
export function staleHeadline(last: Headline, since: number | null, when: When): Headline {
  const { nothingKnown, stale } = when.words.headline
  return { status: 'unknown', text: since === null ? nothingKnown : stale(clockTime(since, when), last.text) }
}

/**
 * 'Two regions are in major outage, one is degraded.'; null when no region is in trouble.
 * @param own number of the reader's regions; null where the sentence is about all regions
 */
function regionsSentence(
  statuses: RegionStatus[],
  catalogue: Catalogue,
  own: number | null,
  words: Words,
): Headline | null {
  const byStatus = groupBy(statuses, status => status.status)
  const found = troubled.flatMap(status => {
    const regions = byStatus.get(status)
    return regions ? [{ status, regions }] : []
  })
  const [first] = found
  if (!first) return null
  const [region, ...others] = first.regions
  const place = region && others.length === 0 ? placeName(catalogue, region.region) : null
  const groups = found.map(({ status, regions }) => ({ status, count: regions.length }))
  return { status: first.status, text: words.headline.troubles({ groups, place, own }) }
}

const isTrouble = (incident: Incident, now: number): boolean =>
  isActive(incident) && !isFaded(incident, now) && severity[statusOfIncident(incident)] > 1

/** 'GitHub reports an incident.': incidents that name no region. */
function providersSentence(incidents: Incident[], catalogue: Catalogue, { words, now }: When): Headline | null {
  const active = incidents.filter(incident => isTrouble(incident, now))
  if (active.length === 0) return null
  const providers = [...new Set(active.map(incident => providerName(catalogue, incident.provider)))]
  return { status: worst(active.map(statusOfIncident)), text: words.headline.providersReport(providers, active.length) }
}

/** 'All quiet. Last change 3 h 12 min ago: AWS eu-west-1, resolved.', or where some regions are unknown, that first. */
function quietSentence(statuses: RegionStatus[], incidents: Incident[], catalogue: Catalogue, when: When): Headline {
  const { headline, lists, states } = when.words
  const known = statuses.filter(status => status.status !== 'unknown')
  if (known.length === 0) return { status: 'unknown', text: headline.nothingKnown }
  const unknown = statuses.length - known.length
  const quiet = unknown === 0 ? headline.quiet : headline.quietWhereKnown(unknown)
  // an end without a begin may be older than our first reading of it
  const dated = incidents.filter(incident => isEnded(incident) && !hasOneTime(incident))
  const last = dated.sort(descending(endOf))[0]
  const change = last
    ? [
        headline.lastChange({
          ago: ago(endOf(last), when),
          where: whereText(last, catalogue, when.words),
          stage: states.stage[last.status],
        }),
      ]
    : []
  return { status: unknown === 0 ? 'operational' : 'unknown', text: lists.sentences([quiet, ...change]) }
}

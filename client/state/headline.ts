import { type Incident, isActive, isEnded, statusOfIncident } from '../../shared/domain/incident.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import { type Status, severity, worst } from '../../shared/domain/status.ts'
import { type Catalogue, placeName, providerName } from './catalogue.ts'
import { groupBy } from './group.ts'
import { endOf, whereText } from './incidents.ts'
import { ago, clockTime, type When } from './time.ts'
import { listed, numberWord, progressWord, sentenceCase, statusPredicate } from './words.ts'

export type Headline = { text: string; status: Status }

export type HeadlineInput = {
  catalogue: Catalogue
  statuses: ReadonlyMap<RegionId, RegionStatus>
  incidents: Iterable<Incident>
  /** The reader's own regions: when there are any, the sentence is about them. */
  mine: ReadonlySet<RegionId>
}

const troubled: readonly Status[] = ['major_outage', 'partial_outage', 'degraded_performance', 'under_maintenance']

/** The one sentence at the top: the worst thing first, or that all is quiet and since when. */
export function headline(input: HeadlineInput, when: When): Headline {
  const incidents = [...input.incidents]
  const own = [...input.statuses.values()].filter(status => input.mine.has(status.region))
  if (own.length > 0) {
    const sentence = regionsSentence(own, input.catalogue, `of your ${numberWord(own.length)}`)
    if (sentence) return sentence
  }
  const everywhere = [...input.statuses.values()]
  const elsewhere = regionsSentence(everywhere, input.catalogue, '')
  if (elsewhere) {
    const quiet = own.length > 0 ? `Your ${own.length === 1 ? 'region is' : 'regions are'} quiet. ` : ''
    return { ...elsewhere, text: quiet + elsewhere.text }
  }
  return providersSentence(incidents, input.catalogue) ?? quietSentence(everywhere, incidents, input.catalogue, when)
}

/** The same while the picture is stale: 'Stale since 14:02. Last known: All quiet.' `since` in ms, null when never fresh. */
export function staleHeadline(last: Headline, since: number | null, when: When): Headline {
  if (since === null) return { status: 'unknown', text: 'Nothing is known yet: no source has answered.' }
  return { status: 'unknown', text: `Stale since ${clockTime(since, when)}. Last known: ${last.text}` }
}

/** 'Two regions are in major outage, one is degraded.'; null when no region is in trouble. */
function regionsSentence(statuses: RegionStatus[], catalogue: Catalogue, scope: string): Headline | null {
  const byStatus = groupBy(statuses, status => status.status)
  const found = troubled.flatMap(status => {
    const regions = byStatus.get(status)
    return regions ? [{ status, regions }] : []
  })
  const [first] = found
  if (!first) return null
  const only = first.regions.length === 1 ? first.regions[0] : undefined
  const clauses = found.map(({ status, regions }, index) => {
    if (index === 0 && only) return `${placeName(catalogue, only.region)} is ${statusPredicate[status]}`
    const one = regions.length === 1
    // the first count of the sentence says what is counted
    const regionsOf = scope ? ` ${scope} regions` : one ? ' region' : ' regions'
    const noun = index === (only ? 1 : 0) ? regionsOf : ''
    return `${numberWord(regions.length)}${noun} ${one ? 'is' : 'are'} ${statusPredicate[status]}`
  })
  return { status: first.status, text: `${sentenceCase(listed(clauses, troubled.length))}.` }
}

/** 'GitHub reports an incident.': trouble that names no region. */
function providersSentence(incidents: Incident[], catalogue: Catalogue): Headline | null {
  const active = incidents.filter(incident => isActive(incident) && severity[statusOfIncident(incident)] > 1)
  if (active.length === 0) return null
  const providers = [...new Set(active.map(incident => providerName(catalogue, incident.provider)))]
  const verb = providers.length === 1 ? 'reports' : 'report'
  const what = active.length === 1 ? 'an incident' : `${numberWord(active.length)} incidents`
  return {
    status: worst(active.map(statusOfIncident)),
    text: `${listed(providers)} ${verb} ${what}; no region is named.`,
  }
}

/** 'All quiet. Last change 3 h 12 min ago: AWS eu-west-1, resolved.', with what is not known said first. */
function quietSentence(statuses: RegionStatus[], incidents: Incident[], catalogue: Catalogue, when: When): Headline {
  const known = statuses.filter(status => status.status !== 'unknown')
  if (known.length === 0) return { status: 'unknown', text: 'Nothing is known yet: no source has answered.' }
  const unknown = statuses.length - known.length
  const quiet =
    unknown === 0
      ? 'All quiet.'
      : `Quiet where known; ${numberWord(unknown)} ${unknown === 1 ? 'region is' : 'regions are'} unknown.`
  const last = incidents.filter(isEnded).sort((a, b) => endOf(b).localeCompare(endOf(a)))[0]
  const change = last
    ? ` Last change ${ago(endOf(last), when)}: ${whereText(last, catalogue)}, ${progressWord(last.status)}.`
    : ''
  return { status: unknown === 0 ? 'operational' : 'unknown', text: quiet + change }
}

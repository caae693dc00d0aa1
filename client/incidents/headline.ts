import { type Incident, isActive, isEnded, isFaded, isPublic, statusOfIncident } from '../../shared/domain/incident.ts'
import { descending, groupBy } from '../../shared/domain/order.ts'
import { type RegionId, sourceOf } from '../../shared/domain/primitives.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import { asItIsNow, countsBesideRegions, type StackStatus, type StackView } from '../../shared/domain/stack-status.ts'
import { type Status, severity, worst } from '../../shared/domain/status.ts'
import { type Catalogue, placeName, providerName } from '../live/catalogue.ts'
import type { Staleness } from '../live/freshness.ts'
import { namingOf, useName } from '../stacks/reason-text.ts'
import type { Standpoint } from '../stacks/standpoint.ts'
import { ago, clockTime, type FirstWhen, sinceText } from '../ui/time.ts'
import type { FirstWords } from '../words/en/first.ts'
import { endOf, hasOneTime, startOf, startText, whereText } from './incidents.ts'

/** `detail`: the worst thing and since when, or the last change; null where there is none. */
export type Headline = { text: string; status: Status; detail: string | null }

/** More places beside the reader's regions are counted: the list below names them. */
const MAX_PLACES = 2

export type HeadlineInput = {
  catalogue: Catalogue
  statuses: ReadonlyMap<RegionId, RegionStatus>
  incidents: Iterable<Incident>
  /** The stack that the sentence is about where there is one, and its state. */
  standpoint: Standpoint
  state: StackStatus | null
}

/** Both parts as one text, where there is one place for them. */
export const wholeHeadline = ({ text, detail }: Headline, { lists }: FirstWords): string =>
  detail === null ? text : lists.sentences([text, detail])

const troubled = ['major_outage', 'partial_outage', 'degraded_performance', 'under_maintenance'] as const

/**
 * The sentence at the top of the page: what is in trouble, or 'All quiet'. Of a stack with a name
 * it says nothing else; where the stack is the reader's own, trouble elsewhere follows.
 */
export function headline(input: HeadlineInput, when: FirstWhen): Headline {
  const { words } = when
  const incidents = [...input.incidents]
  const { name } = input.standpoint
  const own = input.state === null ? null : stackSentence({ ...input, incidents, state: input.state }, when)
  if (own !== null && name !== null)
    return { status: own.status, text: words.headline.ofStack(name, own.text), detail: own.detail }
  if (own?.isTrouble) return { status: own.status, text: own.text, detail: own.detail }
  const everywhere = [...input.statuses.values()]
  const told = incidents.filter(isPublic)
  const elsewhere = elsewhereSentence(everywhere, told, input.catalogue, when)
  // what may concern the stack is told below, and the stack is not called quiet
  const quiet = own?.isOpen ? null : own
  if (elsewhere && quiet !== null) return { ...elsewhere, text: words.lists.sentences([quiet.text, elsewhere.text]) }
  const all = elsewhere ?? quietSentence(everywhere, told, input.catalogue, when)
  if (quiet?.status !== 'unknown') return all
  // all that is known may be quiet: what the reader runs on is not known
  if (all.status === 'operational') return { status: 'unknown', text: quiet.text, detail: all.detail }
  return { ...all, text: words.lists.sentences([quiet.text, all.text]) }
}

/** `isOpen`: something may concern the stack, so that it is not quiet. */
type StackSentence = Headline & { isTrouble?: boolean; isOpen?: boolean }

/** The sentence of the stack alone; null where it only uses regions that are not open yet. */
function stackSentence(
  { catalogue, statuses, incidents, standpoint, state }: HeadlineInput & { incidents: Incident[]; state: StackStatus },
  when: FirstWhen,
): StackSentence | null {
  const { words, now } = when
  const regions = [...standpoint.wholeRegions].filter(
    id => (catalogue.regions.get(id)?.state ?? 'announced') !== 'announced',
  )
  const own = [...statuses.values()].filter(({ region }) => standpoint.wholeRegions.has(region))
  // of a silent source nobody knows whether it still goes on
  const silent = new Set(state.silent.map(({ id }) => id))
  const troubles = incidents.filter(incident => isTrouble(incident, now) && !silent.has(sourceOf(incident.id)))
  const placesOf = (told: Incident[]) => [...new Set(told.map(incident => whereText(incident, catalogue, words)))]
  const concerning = troubles.filter(incident =>
    standpoint.reasonsOf(asItIsNow(incident)).some(reason => countsBesideRegions(reason, incident)),
  )
  const told = new Set(own.filter(({ status }) => severity[status] > 0).map(({ region }) => region))
  // what is in a region that is told of already is not told twice
  const others = concerning.filter(incident => !incident.regions.some(region => told.has(region)))
  const places = placesOf(others)
  const inRegions = regionsSentence(own, catalogue, own.length, words)?.text
  const beside =
    inRegions !== undefined && places.length > MAX_PLACES
      ? words.headline.moreConcern(others.length)
      : words.headline.concerned(places, others.length)
  const texts = [inRegions ?? [], others.length === 0 ? [] : beside].flat()
  if (texts.length > 0) {
    const status = worst([state.status, ...concerning.map(statusOfIncident)])
    const detail = worstText(own, others, incidents, catalogue, when)
    return { status, text: words.lists.sentences(texts), detail, isTrouble: true }
  }
  if (severity[state.status] > 0) {
    const text = words.headline.stackIs(words.states.label[state.status])
    return { status: state.status, text, detail: null, isTrouble: true }
  }
  const open = troubles.filter(incident => standpoint.concern(incident) !== null)
  const isOpen = open.length > 0
  if (state.status === 'unknown') {
    const text = unknownSentence(regions, { catalogue, statuses, standpoint, state }, words)
    return text === null ? null : { status: 'unknown', text, detail: null }
  }
  if (isOpen) {
    const text = words.headline.mayConcern(placesOf(open), open.length)
    return { status: state.status, text, detail: worstText([], open, incidents, catalogue, when), isOpen }
  }
  const isRegions = standpoint.uses.every(({ kind }) => kind === 'region')
  return {
    status: 'operational',
    text: isRegions ? words.headline.ownQuiet(regions.length) : words.headline.stackQuiet,
    detail: lastChangeText(incidents, catalogue, when),
  }
}

/** How many of its regions are unknown, else what else no source tells of. */
function unknownSentence(
  regions: RegionId[],
  {
    catalogue,
    statuses,
    standpoint,
    state,
  }: Pick<HeadlineInput, 'catalogue' | 'statuses' | 'standpoint'> & { state: StackStatus },
  words: FirstWords,
): string | null {
  const unknown = regions.filter(id => (statuses.get(id)?.status ?? 'unknown') === 'unknown').length
  if (unknown > 0) return words.headline.ownUnknown(unknown, regions.length)
  const naming = namingOf(catalogue, standpoint)
  const silent = state.silent.map(({ provider }) => providerName(catalogue, provider))
  const unwatched = state.unwatched.map(use => useName(use, naming, words))
  const names = [...new Set([...silent, ...unwatched])]
  return names.length === 0 ? null : words.headline.unheard(names)
}

type Facts = StackView & { catalogue: Catalogue }

/** The headline, or that of what was last known where the page is stale. */
export function currentHeadline(facts: Facts, standpoint: Standpoint, staleness: Staleness, when: FirstWhen): Headline {
  const { catalogue, statuses, incidents } = facts
  const state = standpoint.statusOf(facts, when.now)
  const now = headline({ catalogue, statuses, incidents: incidents.values(), standpoint, state }, when)
  return staleness.isStale ? staleHeadline(now, staleness.since, when) : now
}

/** The headline of a stale page: 'Stale since 14:02. Last known: All quiet.' `since` in ms, null when never fresh. */
export function staleHeadline(last: Headline, since: number | null, when: FirstWhen): Headline {
  const { nothingKnown, stale } = when.words.headline
  const text = since === null ? nothingKnown : stale(clockTime(since, when), last.text)
  return { status: 'unknown', text, detail: null }
}

/**
 * 'Two of your six regions are in major outage.', 'Azure West Europe is degraded.', and of several states 'Three
 * regions are in trouble.'; null when no region is in trouble.
 * @param own number of the reader's regions; null where the sentence is about all regions
 */
function regionsSentence(
  statuses: RegionStatus[],
  catalogue: Catalogue,
  own: number | null,
  words: FirstWords,
): Pick<Headline, 'text' | 'status'> | null {
  const byStatus = groupBy(statuses, status => status.status)
  const found = troubled.flatMap(status => {
    const regions = byStatus.get(status)
    return regions ? [{ status, regions }] : []
  })
  const [first] = found
  if (!first) return null
  const bad = found.filter(({ status }) => status !== 'under_maintenance')
  const regions = bad.flatMap(group => group.regions)
  const maintained = found.filter(group => !bad.includes(group))
  const told = bad.length > 1 ? [{ status: 'trouble' as const, regions }, ...maintained] : found
  const [region, ...others] = told[0]?.regions ?? []
  const place = region && others.length === 0 ? placeName(catalogue, region.region) : null
  const groups = told.map(({ status, regions }) => ({ status, count: regions.length }))
  return { status: first.status, text: words.headline.troubles({ groups, place, own }) }
}

/** What the headline is about, as its second part names it. */
type Trouble = { place: string; status: Status; since: string | null; title: string | null }

/**
 * The worst of some troubles and since when: 'AWS us-east-1: major outage since 14:02 (38 min)'. A headline that is
 * about one place has named that: there it is what happens, 'Increased error rates, since 14:02 (38 min)'.
 */
function worstText(
  regions: readonly RegionStatus[],
  incidents: readonly Incident[],
  all: readonly Incident[],
  catalogue: Catalogue,
  when: FirstWhen,
): string | null {
  const { headline, states } = when.words
  const told = new Map(all.map(incident => [incident.id, incident]))
  /** The title of what has gone on for as long: one that began later is not the cause of the earlier state. */
  const causeOf = ({ incidents: causes, since }: RegionStatus): string | null =>
    causes
      .flatMap(id => told.get(id) ?? [])
      .find(cause => since === null || Date.parse(startOf(cause)) <= Date.parse(since))?.title ?? null
  const troubles: Trouble[] = [
    ...regions
      .filter(({ status }) => severity[status] > 0)
      .map(region => ({
        place: placeName(catalogue, region.region),
        status: region.status,
        since: region.since === null ? null : sinceText(region.since, when),
        title: causeOf(region),
      })),
    ...incidents.map(incident => ({
      place: whereText(incident, catalogue, when.words),
      status: statusOfIncident(incident),
      since: startText(incident, when),
      title: incident.title,
    })),
  ].sort(descending(({ status }) => severity[status]))
  const [first] = troubles
  if (first === undefined) return null
  const isNamed = troubles.length === 1 && first.title !== null
  return isNamed
    ? headline.titled(first.title ?? '', first.since)
    : headline.worst(first.place, states.label[first.status], first.since)
}

const isTrouble = (incident: Incident, now: number): boolean =>
  isActive(incident) && !isFaded(incident, now) && severity[statusOfIncident(incident)] > 1

/** What is said of everywhere: of regions, else 'GitHub reports an incident.' of incidents that name no region. */
function elsewhereSentence(
  statuses: RegionStatus[],
  incidents: Incident[],
  catalogue: Catalogue,
  when: FirstWhen,
): Headline | null {
  const { words, now } = when
  const ofRegions = regionsSentence(statuses, catalogue, null, words)
  if (ofRegions !== null) return { ...ofRegions, detail: worstText(statuses, [], incidents, catalogue, when) }
  const active = incidents.filter(incident => isTrouble(incident, now))
  if (active.length === 0) return null
  const providers = [...new Set(active.map(incident => providerName(catalogue, incident.provider)))]
  return {
    status: worst(active.map(statusOfIncident)),
    text: words.headline.providersReport(providers, active.length),
    detail: worstText([], active, incidents, catalogue, when),
  }
}

/** 'All quiet.', or where some regions are unknown, that; with the last change. */
function quietSentence(
  statuses: RegionStatus[],
  incidents: Incident[],
  catalogue: Catalogue,
  when: FirstWhen,
): Headline {
  const { headline } = when.words
  const known = statuses.filter(status => status.status !== 'unknown')
  if (known.length === 0) return { status: 'unknown', text: headline.nothingKnown, detail: null }
  const unknown = statuses.length - known.length
  return {
    status: unknown === 0 ? 'operational' : 'unknown',
    text: unknown === 0 ? headline.quiet : headline.quietWhereKnown(unknown),
    detail: lastChangeText(incidents, catalogue, when),
  }
}

/** 'Last change 3 h 12 min ago: AWS eu-west-1, resolved.'; null where none is known. */
export function lastChangeText(incidents: readonly Incident[], catalogue: Catalogue, when: FirstWhen): string | null {
  // an end without a begin may be older than our first reading of it
  const dated = incidents.filter(incident => isPublic(incident) && isEnded(incident) && !hasOneTime(incident))
  const [last] = dated.sort(descending(endOf))
  if (last === undefined) return null
  return when.words.headline.lastChange({
    ago: ago(endOf(last), when),
    where: whereText(last, catalogue, when.words),
    stage: when.words.states.stage[last.status],
  })
}

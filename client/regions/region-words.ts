import { groupBy } from '../../shared/domain/order.ts'
import { limitedTo, type Region, type RegionService, type RegionStatus } from '../../shared/domain/region.ts'
import type { Status } from '../../shared/domain/status.ts'
import { type Catalogue, placeName } from '../live/catalogue.ts'
import type { Staleness } from '../live/freshness.ts'
import type { ShownState } from '../ui/glyph-shapes.ts'
import { clockTime, type FirstWhen, sinceText } from '../ui/time.ts'
import type { FirstWords } from '../words/en/first.ts'

/** How a region is drawn. On a stale page every region is unknown: silence must not look like health. */
export function shownState(region: Region, status: RegionStatus | undefined, isStale: boolean): ShownState {
  if (region.state === 'announced') return { status: 'announced', stale: false }
  if (status === undefined || isStale) return { status: 'unknown', stale: true }
  return { status: status.status, stale: status.freshness === 'stale' }
}

/**
 * The state in a word or two: 'not read yet', or 'degraded performance (1 service)' where it is limited to some.
 * @param known what the state was made of; absent where only the word is wanted
 */
export function stateWord(
  { status }: ShownState,
  { regions, states }: FirstWords,
  known?: RegionStatus | 'unread',
): string {
  if (status === 'announced') return regions.announced
  if (known === undefined) return states.label[status]
  if (status === 'unknown' && (known === 'unread' || wasNeverRead(known))) return regions.notRead
  const count = known !== 'unread' && known.status === status ? limitedTo(known) : 0
  return count === 0 ? states.label[status] : regions.limited(states.label[status], count)
}

/**
 * Services by their state, worst first, as one text each: 'Storage, Virtual Machines (zone 1)'. Zones that all services
 * of a state share come once.
 */
export function servicesByStatus(
  services: readonly RegionService[],
  { regions, lists }: FirstWords,
): { status: Status; text: string; zones: string | null }[] {
  return [...groupBy(services, ({ status }) => status).values()].map(its => {
    const zones = new Set(its.map(service => (service.zones ?? []).join()))
    const shared = zones.size === 1 ? (its[0]?.zones ?? []) : []
    const names = its.map(({ service, zones: own = [] }) =>
      own.length === 0 || shared.length > 0 ? service : regions.inZones(service, own),
    )
    return {
      status: its[0]?.status ?? 'unknown',
      text: lists.plain(names),
      zones: shared.length === 0 ? null : regions.zonesNamed(shared),
    }
  })
}

/** Whether no reading has told of a region yet, which is not the silence of one that was heard before. */
export const wasNeverRead = (status: RegionStatus | undefined): boolean =>
  status === undefined || (status.status === 'unknown' && status.lastKnown === null)

/** `last known: operational, 14:02`; null where the present is known, or nothing ever was. */
export function lastKnownText(
  status: RegionStatus | undefined,
  staleSince: number | null,
  when: FirstWhen,
): string | null {
  if (status === undefined) return null
  const { regions, states } = when.words
  if (status.lastKnown)
    return regions.lastKnown(states.label[status.lastKnown.status], clockTime(status.lastKnown.at, when))
  if (staleSince === null || status.status === 'unknown') return null
  return regions.lastKnown(states.label[status.status], clockTime(staleSince, when))
}

const MAX_NAMED_SERVICES = 6

/** One sentence: 'Azure West Europe: degraded performance (1 service) since 14:02 (38 min). Storage.' */
export function regionSentence(
  region: Region,
  status: RegionStatus | undefined,
  catalogue: Catalogue,
  staleness: Staleness,
  when: FirstWhen,
): string {
  const place = placeName(catalogue, region.id)
  const { regions } = when.words
  const shown = shownState(region, status, staleness.isStale)
  if (shown.status === 'announced') return regions.announcedSentence(place)
  if (shown.status === 'unknown') return regions.unknownSentence(place, lastKnownText(status, staleness.since, when))
  const since = status?.since ? sinceText(status.since, when) : null
  return regions.sentence({
    place,
    state: stateWord(shown, when.words, status),
    since,
    services: (status?.services ?? []).slice(0, MAX_NAMED_SERVICES).map(({ service }) => service),
  })
}

/** The same without its place, after a name that says it: 'degraded performance since 14:02 (38 min). Storage.' */
export function regionState(
  region: Region,
  status: RegionStatus | undefined,
  staleness: Staleness,
  when: FirstWhen,
): string {
  const { regions, lists } = when.words
  const shown = shownState(region, status, staleness.isStale)
  const word = stateWord(shown, when.words, status ?? 'unread')
  if (shown.status === 'announced') return word
  if (shown.status === 'unknown') {
    const lastKnown = lastKnownText(status, staleness.since, when)
    return lastKnown === null ? word : lists.plain([word, lastKnown])
  }
  return regions.state({
    state: word,
    since: status?.since ? sinceText(status.since, when) : null,
    services: (status?.services ?? []).slice(0, MAX_NAMED_SERVICES).map(({ service }) => service),
  })
}

const legendStates = [
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
  'unknown',
] as const

/** How many regions are drawn in each state. Every state is listed; regions that are not open count nowhere. */
export function countByState(states: Iterable<ShownState>): { status: (typeof legendStates)[number]; count: number }[] {
  const counts = new Map<ShownState['status'], number>()
  for (const shown of states) counts.set(shown.status, (counts.get(shown.status) ?? 0) + 1)
  return legendStates.map(status => ({ status, count: counts.get(status) ?? 0 }))
}

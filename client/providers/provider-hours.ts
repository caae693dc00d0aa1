import { dayUntil } from '../../shared/domain/day-strip.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import type { Region } from '../../shared/domain/region.ts'
import { severitySpans } from '../../shared/domain/severity-spans.ts'
import { isStatusSource, type Source } from '../../shared/domain/source.ts'
import type { Status } from '../../shared/domain/status.ts'
import { cellsOfSpans, type HoursState, worstHours } from '../timeline/hours.svelte.ts'

type Known = {
  regions: readonly Region[]
  incidents: readonly Incident[]
  sources: Iterable<Source>
  hours: HoursState
  /** The present status of a region. */
  statusOf(region: Region): Status
}

/**
 * What the last hours of a provider were like: those of its regions; of a vendor without any, what its incidents said
 * while one of its sources was read. @param now ms
 */
export function providerHours(provider: string, known: Known, now: number): Status[] {
  const open = known.regions.filter(({ state }) => state !== 'announced')
  if (open.length > 0)
    return worstHours(open.map(region => known.hours.cellsOf(region.id, known.statusOf(region), now)))
  const days = [...known.sources]
    .filter(source => isStatusSource(source) && source.provider === provider)
    .map(({ day, lastPollAt }) => dayUntil(day, lastPollAt === null ? null : Date.parse(lastPollAt), now))
  const spans = known.incidents.flatMap(incident => severitySpans(incident, now))
  const read = (index: number) => days.some(day => 'of'.includes(day.charAt(index)))
  const day = Array.from({ length: 24 }, (_, index) => (read(index) ? 'o' : '-')).join('')
  return cellsOfSpans(spans, day, now)
}

import { dayUntil } from '../../shared/domain/day-strip.ts'
import { firstHour } from '../../shared/domain/history.ts'
import { isEnded } from '../../shared/domain/incident.ts'
import { severitySpans } from '../../shared/domain/severity-spans.ts'
import { isStatusSource, type Source } from '../../shared/domain/source.ts'
import type { SimpleUse } from '../../shared/domain/stack.ts'
import { providerOfUse, type StackView } from '../../shared/domain/stack-status.ts'
import type { Status } from '../../shared/domain/status.ts'
import { cellsOfSpans, type HoursState } from '../timeline/hours.svelte.ts'
import type { Standpoint } from './standpoint.ts'
import { incidentsOfUse, type UseState } from './use-states.ts'

/**
 * What each of the last hours was like for a part of a stack, oldest first: a region as its history tells, a probe as
 * it reached its endpoint, everything else as incidents told of it.
 */
export function hoursOfUse(
  { use, status }: Pick<UseState, 'use' | 'status'>,
  standpoint: Pick<Standpoint, 'facts'>,
  view: Pick<StackView, 'incidents' | 'sources'>,
  hours: Pick<HoursState, 'cellsOf'>,
  now: number,
): Status[] {
  if (use.kind === 'region') return hours.cellsOf(use.region, status, now)
  const day = dayOfUse(use, view.sources, now)
  if (use.kind === 'probe') return [...day].map(letter => probed[letter] ?? 'unknown')
  const from = firstHour(now)
  const recent = [...view.incidents.values()].filter(
    incident => incident.status !== 'scheduled' && !(isEnded(incident) && Date.parse(incident.updatedAt) < from),
  )
  const told = incidentsOfUse(use, standpoint, recent)
  return cellsOfSpans(
    told.flatMap(incident => severitySpans(incident, now)),
    day,
    now,
  )
}

/** The polls of a probe in an hour, as a state. */
const probed: Readonly<Record<string, Status>> = { o: 'operational', f: 'partial_outage', x: 'major_outage' }

/** The polls of the source that tells of a use, as a strip that ends in the present hour. */
function dayOfUse(use: SimpleUse, sources: ReadonlyMap<string, Source>, now: number): string {
  const provider = providerOfUse(use)
  const source =
    use.kind === 'probe' || use.kind === 'source'
      ? sources.get(use.source)
      : [...sources.values()].find(one => one.provider === provider && isStatusSource(one))
  if (source === undefined) return dayUntil('', null, now)
  return dayUntil(source.day, source.lastPollAt === null ? null : Date.parse(source.lastPollAt), now)
}

import { type Incident, isActive, isEnded, isFaded, isPublic } from '../../shared/domain/incident.ts'
import { timeOfEntry } from '../../shared/domain/ledger.ts'
import { severitySpans } from '../../shared/domain/severity-spans.ts'
import type { StackView } from '../../shared/domain/stack-status.ts'
import type { Status } from '../../shared/domain/status.ts'
import { type Catalogue, placeName } from '../live/catalogue.ts'
import type { Standpoint } from '../stacks/standpoint.ts'
import { clockTime, dayOf, type FirstWhen, span } from '../ui/time.ts'
import { byStart, startOf, whereText } from './incidents.ts'

/** With the hour that a change of clocks adds. */
const LONGEST_DAY_MS = 25 * 3_600_000

/** `value` is null where nothing is known. `note`: what it is about, or since when it is watched. */
export type KeyFigure = { label: string; value: string | null; note: string | null }

export type KeyFigureInput = Pick<StackView, 'statuses' | 'incidents'> & {
  catalogue: Catalogue
  /** The stack that the figures are about; of everything without one. */
  standpoint: Standpoint
  /** The page is stale or no source answers: the present is unknown. */
  isBlind: boolean
}

/**
 * The figures that matter, of the stack where there is one: time since the last major outage, longest open, changes
 * today, next maintenance, and the share of regions that were read just now, which is always of all.
 */
export function keyFigures(input: KeyFigureInput, when: FirstWhen): KeyFigure[] {
  const { standpoint, isBlind, catalogue } = input
  const say = when.words.figures
  const all = [...input.incidents.values()]
  const its = standpoint.stack === null ? all.filter(isPublic) : all.filter(one => standpoint.concern(one) !== null)
  const open = its.filter(one => isActive(one) && one.kind === 'incident' && !isFaded(one, when.now)).sort(byStart)
  const ahead = its.filter(({ status }) => status === 'scheduled').sort(byStart)
  const next = ahead.find(one => Date.parse(one.scheduledUntil ?? startOf(one)) > when.now)
  const today = dayOf(when.now, when.zone)
  const changes = its
    .flatMap(({ entries }) => entries)
    .map(entry => Date.parse(timeOfEntry(entry)))
    // no day is longer, and a calendar is slow to ask
    .filter(at => when.now - at < LONGEST_DAY_MS && dayOf(at, when.zone) === today).length
  const [oldest] = open
  const placeOf = (one: Incident) => whereText(one, catalogue, when.words)
  return [
    { label: say.lastMajor, ...(isBlind ? { value: null, note: null } : sinceMajor(input, its, all, when)) },
    {
      label: say.longestOpen,
      value: isBlind
        ? null
        : oldest === undefined
          ? say.none
          : span(when.now - Date.parse(startOf(oldest)), when.words),
      note: oldest === undefined || isBlind ? null : placeOf(oldest),
    },
    { label: say.changesToday, value: isBlind ? null : say.whole(changes), note: null },
    {
      label: say.nextMaintenance,
      value: next === undefined ? say.noneTold : beginText(next, when),
      note: next === undefined ? null : placeOf(next),
    },
    readShare(input, when),
  ]
}

/** Time since the last major outage ended; 'now' while there is one, and where none is on record, since when that goes back. */
function sinceMajor(
  { statuses, standpoint, catalogue }: KeyFigureInput,
  its: readonly Incident[],
  all: readonly Incident[],
  when: FirstWhen,
): Pick<KeyFigure, 'value' | 'note'> {
  const say = when.words.figures
  const regions = [...statuses.values()].filter(
    ({ region }) => standpoint.stack === null || standpoint.wholeRegions.has(region),
  )
  const isMajor = (status: Status): boolean => status === 'major_outage'
  const spans = its.flatMap(one =>
    severitySpans(one, when.now)
      .filter(span => isMajor(span.status))
      .map(span => ({ one, span })),
  )
  const going = spans.find(({ one, span }) => isActive(one) && !isFaded(one, when.now) && span.until >= when.now)
  const region = regions.find(({ status }) => isMajor(status))
  if (going !== undefined) return { value: say.now, note: whereText(going.one, catalogue, when.words) }
  if (region !== undefined) return { value: say.now, note: placeName(catalogue, region.region) }
  const last = Math.max(...spans.map(({ span }) => span.until))
  if (Number.isFinite(last)) return { value: span(when.now - last, when.words), note: null }
  // ended ones are kept for a while: what was before the oldest is not known
  const [first] = all.filter(isEnded).sort(byStart)
  return first === undefined
    ? { value: null, note: null }
    : { value: say.none, note: say.onRecordSince(clockTime(startOf(first), when)) }
}

/** 'in 2 h', or 'now' where it should have begun. */
function beginText(next: Incident, when: FirstWhen): string {
  const ms = Date.parse(startOf(next)) - when.now
  return ms <= 0 ? when.words.figures.now : when.words.figures.in(span(ms, when.words))
}

/** The share of open regions that were read lately, rounded down, so that 100 % means all of them. */
function readShare({ catalogue, statuses, isBlind }: KeyFigureInput, { words }: FirstWhen): KeyFigure {
  const say = words.figures
  const open = [...catalogue.regions.values()].filter(({ state }) => state !== 'announced')
  const fresh = isBlind ? 0 : open.filter(({ id }) => statuses.get(id)?.freshness === 'live').length
  const value = open.length === 0 ? null : say.percent(Math.floor((100 * fresh) / open.length))
  return { label: say.readNow, value, note: say.ofRegions(open.length) }
}

import { dayUntil, hoursUntil } from '../../shared/domain/day-strip.ts'
import { descending } from '../../shared/domain/order.ts'
import { isSilent, type Source, type SourceState, sourceState } from '../../shared/domain/source.ts'
import { hostOf } from '../live/catalogue.ts'
import type { Staleness } from '../live/freshness.ts'
import type { ShownState } from '../ui/glyph-shapes.ts'
import { clockTime, type When } from '../ui/time.ts'
import { sentenceCase } from '../words/formats.ts'
import { withoutStop } from './source-health.ts'

export type SourceRow = {
  source: Source
  state: SourceState
  glyph: ShownState['status']
  /** The state in a word or two. */
  word: string
  /** The error and the next attempt, or what the last reading could not use or left out; null while all is well. */
  detail: string | null
  kind: string
  host: string
  /** How the source pushes its news; null where it is only polled. */
  push: string | null
  /** The polls of the last 24 hours, one character an hour: `dayInWords`. */
  day: string
}

export const sorts = ['state', 'name', 'change', 'latency'] as const
export type Sort = (typeof sorts)[number]

export type SourceFilter = { text: string; state: SourceState | ''; provider: string }

/** The sources that pass the filter, sorted, by name between equals. On a stale page every state is the last known one. */
export function sourceRows(
  sources: Iterable<Source>,
  filter: SourceFilter,
  sort: Sort,
  when: When,
  staleness: Staleness = { isStale: false, since: null },
): SourceRow[] {
  return [...sources]
    .map(source => rowOf(source, staleness, when))
    .filter(row => passesFilter(row, filter))
    .sort((a, b) => orders[sort](a, b) || byName(a, b))
}

const byName = (a: SourceRow, b: SourceRow): number =>
  a.source.name.localeCompare(b.source.name) || a.source.id.localeCompare(b.source.id)

/** The worst state, the newest change, the slowest answer come first. */
const orders: Readonly<Record<Sort, (a: SourceRow, b: SourceRow) => number>> = {
  state: descending(row => trouble(row)),
  name: byName,
  change: descending(({ source }) => source.lastChangeAt ?? ''),
  latency: descending(({ source }) => source.latencyMs ?? -1),
}

const trouble = ({ state, glyph }: SourceRow): number =>
  ({ failing: glyph === 'unknown' ? 5 : 4, disabled: 3, waiting: 2, unread: 1, ok: 0 })[state]

function passesFilter({ source, state, kind, host, push }: SourceRow, filter: SourceFilter): boolean {
  if (filter.state !== '' && filter.state !== state) return false
  if (filter.provider !== '' && filter.provider !== source.provider) return false
  const texts = `${source.name} ${source.id} ${source.provider} ${kind} ${host} ${push ?? ''}`.toLowerCase()
  return filter.text
    .toLowerCase()
    .split(/\s+/)
    .every(word => texts.includes(word))
}

function rowOf(source: Source, staleness: Staleness, when: When): SourceRow {
  const state = sourceState(source)
  return {
    source,
    state,
    ...(staleness.isStale ? lastFaceOf(source, state, staleness.since, when) : shownState(source, state, when)),
    detail: detailOf(source, state, when),
    kind: when.words.sourceWords.kinds[source.kind],
    host: source.kind === 'inbound' ? source.url.slice('inbound:'.length) : hostOf(source.url),
    push: source.push === null ? null : when.words.sourceWords.pushes[source.push],
    day: dayUntil(source.day, source.lastPollAt === null ? null : Date.parse(source.lastPollAt), when.now),
  }
}

/** A failing source is degraded until it counts as silent. */
function shownState(source: Source, state: SourceState, when: When): Pick<SourceRow, 'glyph' | 'word'> {
  const say = when.words.sourceWords
  switch (state) {
    case 'ok':
      // nobody posts while all is well
      if (source.kind === 'inbound' && !source.lastPostAt) return { glyph: 'unknown', word: say.noPost }
      return { glyph: 'operational', word: say.answers }
    case 'unread':
      return { glyph: 'unknown', word: say.notAsked }
    case 'waiting':
      return { glyph: 'under_maintenance', word: say.waits }
    case 'disabled':
      return { glyph: 'announced', word: say.disabled }
    case 'failing': {
      const times = say.failed(source.failures)
      return isSilent(source, when.now)
        ? { glyph: 'unknown', word: say.silent(times) }
        : { glyph: 'degraded_performance', word: times }
    }
  }
}

function lastFaceOf(
  source: Source,
  state: SourceState,
  since: number | null,
  when: When,
): ReturnType<typeof shownState> {
  const { word } = shownState(source, state, when)
  const known = since === null ? word : when.words.regions.lastKnown(word, clockTime(since, when))
  return { glyph: 'unknown', word: known }
}

function detailOf(source: Source, state: SourceState, when: When): string | null {
  const { lists, sourceWords: say } = when.words
  const next = (write: (at: string) => string) =>
    source.nextPollAt === null ? [] : [write(clockTime(source.nextPollAt, when))]
  const why = say.reason(sentenceCase(withoutStop(source.error ?? say.noReason)))
  const leftOut = [
    ...(source.lastPostAt ? [say.lastPost(clockTime(source.lastPostAt, when))] : []),
    ...(source.note === null ? [] : [say.reason(sentenceCase(withoutStop(source.note)))]),
    ...(source.cut > 0 ? [say.cut(source.cut)] : []),
    ...(source.postponed > 0 ? [say.postponed(source.postponed)] : []),
    ...(source.lostPictures ? [say.lostPictures(source.lostPictures.count, source.lostPictures.why)] : []),
  ]
  const held = source.heldUntil === null ? [] : [say.leftAlone(hostOf(source.url), clockTime(source.heldUntil, when))]
  switch (state) {
    case 'ok':
      return leftOut.length === 0 ? null : lists.sentences(leftOut)
    case 'unread':
      return null
    case 'waiting':
      return lists.sentences([...held, ...next(say.nextTry)])
    case 'disabled':
      return lists.sentences([why, ...next(say.nextLook)])
    case 'failing':
      return lists.sentences([why, ...held, ...next(say.nextTry)])
  }
}

/** The live sources, each replaced by its record from `GET /api/sources` where that is newer. */
export const mergeSources = (live: ReadonlyMap<string, Source>, read: ReadonlyMap<string, Source>): Source[] =>
  [...live].map(([id, source]) => {
    const other = read.get(id)
    return other !== undefined && ageOf(other) >= ageOf(source) ? other : source
  })

/** Instants of one form compare as texts. A postponed poll changes the next one only. */
const ageOf = ({ lastPollAt, nextPollAt }: Source): string => `${lastPollAt ?? ''} ${nextPollAt ?? ''}`

const HOUR_MS = 3_600_000
const MAX_TIMES = 4

/**
 * The text alternative of a strip of 24 hours that ends in the present hour:
 * `All polls ok in the last 24 h but 13:00 to 14:00 (all failed). No poll before 09:00.`
 */
export function dayInWords(day: string, when: When): string {
  const { day: say, lists } = when.words
  const runs = runsOf(day)
  const polled = runs.filter(({ hour }) => hour !== '-')
  if (polled.length === 0) return say.noPoll
  const bad = polled.filter(({ hour }) => hour !== 'o')
  const gaps = runs.filter(({ hour }) => hour === '-').map(run => gapInWords(run, when))
  const polls = polled.every(({ hour }) => hour === 'x')
    ? say.allFailed
    : bad.length === 0
      ? say.allOk
      : say.allOkBut(
          lists.sentence(
            bad.map(run => badInWords(run, when)),
            MAX_TIMES,
          ),
        )
  return lists.sentences(gaps.length === 0 ? [polls] : [polls, say.gaps(lists.sentence(gaps, MAX_TIMES))])
}

/** Equal hours in a row; `until` is the index after the last. */
type Run = { hour: string; from: number; until: number }

function runsOf(day: string): Run[] {
  const runs: Run[] = []
  for (const [index, hour] of [...day].entries()) {
    const last = runs.at(-1)
    if (last?.hour === hour) last.until = index + 1
    else runs.push({ hour, from: index, until: index + 1 })
  }
  return runs
}

function badInWords(run: Run, when: When): string {
  const { allFailedIn, someFailedIn } = when.words.day
  return run.hour === 'x' ? allFailedIn(spanInWords(run, when)) : someFailedIn(spanInWords(run, when))
}

function gapInWords(run: Run, when: When): string {
  if (run.from === 0) return when.words.day.before(hourOf(run.until, when))
  return run.until === 24 ? when.words.day.since(hourOf(run.from, when)) : spanInWords(run, when)
}

const spanInWords = ({ from, until }: Run, when: When): string =>
  when.words.time.period(hourOf(from, when), hourOf(until, when))

/** `13:00`, without a date. */
function hourOf(index: number, when: When): string {
  const at = (hoursUntil(when.now)[0] ?? when.now) + index * HOUR_MS
  return clockTime(at, { ...when, now: at })
}

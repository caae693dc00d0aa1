import { dayUntil } from '../../shared/domain/day-strip.ts'
import { descending } from '../../shared/domain/order.ts'
import { isSilent, type Source, type SourceState, sourceState } from '../../shared/domain/source.ts'
import { hostOf } from '../live/catalogue.ts'
import type { Staleness } from '../regions/region-words.ts'
import type { Face } from '../ui/glyph-shapes.ts'
import { clockTime, type When } from '../ui/time.ts'
import { sentenceCase } from '../words/formats.ts'
import { withoutStop } from './sources.ts'

/** A line of the page on sources. */
export type SourceRow = {
  source: Source
  state: SourceState
  glyph: Face['status']
  /** The state in a word or two. */
  word: string
  /** What is wrong and what happens next; null while all is well. */
  detail: string | null
  kind: string
  host: string
  /** How it tells of news by itself; null where it is only polled. */
  push: string | null
  /** The polls of the 24 hours that end now. */
  day: string
}

export const sorts = ['state', 'name', 'change', 'latency'] as const
export type Sort = (typeof sorts)[number]

export type SourceFilter = { text: string; state: SourceState | ''; provider: string }

/**
 * What a page shows of the sources: those that pass the filter, in the order that is asked for; of equals the name decides. While
 * the picture is stale none is shown as it is now.
 */
export function sourceRows(
  sources: Iterable<Source>,
  filter: SourceFilter,
  sort: Sort,
  when: When,
  stale: Staleness = { picture: false, since: null },
): SourceRow[] {
  return [...sources]
    .map(source => rowOf(source, stale, when))
    .filter(row => passes(row, filter))
    .sort((a, b) => orders[sort](a, b) || byName(a, b))
}

const byName = (a: SourceRow, b: SourceRow): number =>
  a.source.name.localeCompare(b.source.name) || a.source.id.localeCompare(b.source.id)

/** Trouble, the newest change and the slowest come first. */
const orders: Readonly<Record<Sort, (a: SourceRow, b: SourceRow) => number>> = {
  state: descending(row => trouble(row)),
  name: byName,
  change: descending(({ source }) => source.lastChangeAt ?? ''),
  latency: descending(({ source }) => source.latencyMs ?? -1),
}

const trouble = ({ state, glyph }: SourceRow): number =>
  ({ failing: glyph === 'unknown' ? 5 : 4, disabled: 3, waiting: 2, unread: 1, ok: 0 })[state]

function passes({ source, state, kind, host, push }: SourceRow, filter: SourceFilter): boolean {
  if (filter.state !== '' && filter.state !== state) return false
  if (filter.provider !== '' && filter.provider !== source.provider) return false
  const told = `${source.name} ${source.id} ${source.provider} ${kind} ${host} ${push ?? ''}`.toLowerCase()
  return filter.text
    .toLowerCase()
    .split(/\s+/)
    .every(word => told.includes(word))
}

function rowOf(source: Source, stale: Staleness, when: When): SourceRow {
  const state = sourceState(source)
  return {
    source,
    state,
    ...(stale.picture ? lastFaceOf(source, state, stale.since, when) : faceOf(source, state, when)),
    detail: detailOf(source, state, when),
    kind: when.words.sourceWords.kinds[source.kind],
    host: hostOf(source.url),
    push: source.push === null ? null : when.words.sourceWords.pushes[source.push],
    day: dayUntil(source.day, source.lastPollAt === null ? null : Date.parse(source.lastPollAt), when.now),
  }
}

/** A source that fails but is not silent yet is degraded. */
function faceOf(source: Source, state: SourceState, when: When): Pick<SourceRow, 'glyph' | 'word'> {
  const say = when.words.sourceWords
  switch (state) {
    case 'ok':
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

function lastFaceOf(source: Source, state: SourceState, since: number | null, when: When): ReturnType<typeof faceOf> {
  const { word } = faceOf(source, state, when)
  const known = since === null ? word : when.words.regions.lastKnown(word, clockTime(since, when))
  return { glyph: 'unknown', word: known }
}

function detailOf(source: Source, state: SourceState, when: When): string | null {
  const { lists, sourceWords: say } = when.words
  const next = (tell: (at: string) => string) =>
    source.nextPollAt === null ? [] : [tell(clockTime(source.nextPollAt, when))]
  const why = say.reason(sentenceCase(withoutStop(source.error ?? say.noReason)))
  const peace = source.heldUntil === null ? [] : [say.leftAlone(hostOf(source.url), clockTime(source.heldUntil, when))]
  switch (state) {
    case 'ok':
    case 'unread':
      return null
    case 'waiting':
      return lists.sentences([...peace, ...next(say.nextTry)])
    case 'disabled':
      return lists.sentences([why, ...next(say.nextLook)])
    case 'failing':
      return lists.sentences([why, ...peace, ...next(say.nextTry)])
  }
}

/** Sources as events told them, each replaced by what was read of it where that is newer. What nobody told of any more is gone. */
export const mergeSources = (told: ReadonlyMap<string, Source>, read: ReadonlyMap<string, Source>): Source[] =>
  [...told].map(([id, source]) => {
    const other = read.get(id)
    return other !== undefined && ageOf(other) >= ageOf(source) ? other : source
  })

/** Instants of one form compare as texts; a poll that was put off moves the next one alone. */
const ageOf = ({ lastPollAt, nextPollAt }: Source): string => `${lastPollAt ?? ''} ${nextPollAt ?? ''}`

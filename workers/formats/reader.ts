import type { Article } from '../../shared/domain/article.ts'
import type { Component } from '../../shared/domain/component.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import type { Instant, RecordId, Result } from '../../shared/domain/primitives.ts'
import type { NamedHub } from '../../shared/redis/hub-subscriptions.ts'
import type { ReadSource } from '../config/source-config.ts'
import type { PlaceMatcher } from '../places/places.ts'
import type { Answer } from './answer.ts'

/** What one answer of a source says, in our words. */
export type Reading = {
  incidents: Incident[]
  components: Component[]
  articles: Article[]
  /**
   * Incidents whose times the source does not tell: theirs are those of this reading, and stay those of the first one
   * (`updatedAt`: of the last that said something new).
   */
  undated?: RecordId[]
  /** How often the source is best read, in ms, by what it says and does; absent where that cannot be told. */
  rhythmMs?: number
  /** When the first of what is dated ahead, and was left out for it, will be out; absent where nothing was. */
  moreAt?: Instant
  /** The hub that tells of its news; absent where it names none. */
  hub?: NamedHub
}

/** What a reader may know beside the answer. No clock, no network, no store: the time comes in. */
export type ReadContext = {
  source: ReadSource
  places: PlaceMatcher
  /** ms since the epoch */
  now: number
}

/** One wire format. Its kind is its key in `readers`. */
export type Reader = {
  /** The configured address → the address to fetch. */
  address(url: string): string
  /** A second address, for a format that tells one thing in two documents. Both are then always fetched whole. */
  also?(url: string): string
  /** The `Accept` header. */
  accept: string
  /** True where a reading lists everything that is open now, so that an incident's absence means that it is over. */
  complete: boolean
  detection: Detection
  /** Pure. An answer that is not in this format is a `fail` with one line that says what was wrong; it never throws. */
  read(answer: Answer, context: ReadContext): Promise<Result<Reading>>
}

/** How the format of an unknown address is detected. */
export type Detection = {
  /** `at-home`: the reader accepts the documents of others too. `last`: other formats are more specific. */
  tried: 'anywhere' | 'at-home' | 'last'
  /**
   * Whether the one provider of this format publishes it there. An empty answer then means a quiet day.
   * @param url in small letters, without query
   */
  isHome?(url: string): boolean
  /** Why a reading that succeeded is probably of another format; null when it is not. */
  doubt?(reading: Reading): string | null
}

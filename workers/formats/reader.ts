import { z } from 'zod'
import type { Article } from '../../shared/domain/article.ts'
import { IncidentSummary } from '../../shared/domain/incident.ts'
import { Instant, type RecordId, type Result, text } from '../../shared/domain/primitives.ts'
import { type Component, Stage } from '../../shared/domain/status.ts'
import type { NamedHub } from '../../shared/redis/push.ts'
import type { ReadSource } from '../config/source-config.ts'
import type { PlaceMatcher } from '../places/places.ts'
import type { Answer } from './answer.ts'
import type { Fragment } from './fragments.ts'

/** Words of a source about an incident. */
export const IncidentUpdate = z.object({ id: text(120), at: Instant, status: Stage, text: text(4000) })
export type IncidentUpdate = z.infer<typeof IncidentUpdate>

export const ServiceKey = z.string().regex(/^[\w.-]{1,100}$/)

/** An incident as one answer tells it. `diff` makes entries of its ledger from the updates that are new. */
export const ReadIncident = IncidentSummary.extend({
  /** Newest first. */
  updates: z.array(IncidentUpdate).max(100),
  /** By which the source's feed names its services, where it has keys: `ec2-us-east-1`. They are not stored. */
  serviceKeys: z.array(ServiceKey).max(400).optional(),
})
export type ReadIncident = z.infer<typeof ReadIncident>

/** What one answer of a source says, as our records. */
export type Reading = {
  incidents: ReadIncident[]
  components: Component[]
  articles: Article[]
  /** What the answer says of each incident, as it says it: secrets are not struck out. Absent where no reader noted any. */
  fragments?: ReadonlyMap<RecordId, Fragment>
  /**
   * Incidents without times in the source: they have those of the first reading (`updatedAt`: of the last one with
   * news).
   */
  undated?: RecordId[]
  /** The best interval to read the source, in ms; absent where nothing suggests one. */
  rhythmMs?: number
  /** When the first article that was skipped for its future date will be out; absent where none was. */
  moreAt?: Instant
  hub?: NamedHub
  /** What could not be used, in plain words; absent where all could. */
  note?: string
}

/** What a reader knows beside the answer. It has no clock, network or store. */
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
  /** A second address, for a format in two documents; undefined where it has one. Both are then always fetched whole. */
  also?(url: string): string | undefined
  /** One more address, where the answers call for it: a list that was cut, what an id means. A host may lack it. */
  more?(url: string, answer: Answer): string | undefined
  /** What has ended, from an address of its own. Its failure is none of the source. */
  history?: PastReader
  /** The `Accept` header. */
  accept: string
  /** Whether a reading lists everything that is open now, so that an absent incident is over. */
  complete: boolean
  detection: Detection
  /** Pure, never throws. An answer in another format is a `fail` with one line that says what is wrong. */
  read(answer: Answer, context: ReadContext): Promise<Result<Reading>>
}

/** What is fetched for a configured address beside its first document. */
export const othersOf = (reader: Pick<Reader, 'also' | 'more'>, url: string) => ({
  also: reader.also?.(url),
  more: (answer: Answer) => reader.more?.(url, answer),
})

/** Reads what a source of current events says elsewhere about ended ones. */
export type PastReader = {
  /** Beside the first reading, for what ended before it; or when an incident is missing, for how that ended. */
  asked: 'first' | 'missing'
  /** The configured address → that of the history; null where it has none. */
  address(url: string): string | null
  /** Pure, never throws. */
  read(answer: Answer, context: ReadContext): Result<ReadIncident[]>
  /** The past incidents that the current ones are not. */
  beside(past: readonly ReadIncident[], current: readonly ReadIncident[]): ReadIncident[]
}

/** How the format of an unknown address is detected. */
export type Detection = {
  /** `at-home`: only its home has it, or the reader accepts the documents of others too. `last`: other formats are more specific. */
  tried: 'anywhere' | 'at-home' | 'last'
  /**
   * Whether the one provider of this format publishes it there. An empty answer then means a quiet day.
   * @param url in small letters, without query
   */
  isHome?(url: string): boolean
  /** Whether the address asks for a part of what the one provider publishes, such as an instance: more than its name. */
  isNarrowed?(url: string): boolean
  /** Why a reading that succeeded is probably of another format; null when it is not. */
  doubt?(reading: Reading): string | null
}

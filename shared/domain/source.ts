import { z } from 'zod'
import { DayStrip, emptyDay } from './day-strip.ts'
import { EndpointUrl, Instant, Slug, text } from './primitives.ts'

export const StatusFormat = z.enum([
  'azure-rss',
  'aws-events',
  'aws-rss',
  'google-incidents',
  'oracle-components',
  'statuspage',
  'instatus',
  'statusio',
  'betterstack',
  'cachet',
  'uptime-kuma',
  'gatus',
  'upptime',
  'slack',
  'heroku',
  'rss-status',
  'okta',
  'statuspal',
  'cstate',
  'rootly',
  'm365',
  'azure-devops',
  'salesforce-trust',
  'zendesk',
  'pagerduty',
  'firehydrant',
])
export type StatusFormat = z.infer<typeof StatusFormat>

/** The wire formats that a reader exists for. A feed carries news. */
export const WireFormat = z.enum([...StatusFormat.options, 'feed'])
export type WireFormat = z.infer<typeof WireFormat>

/** The formats in which a cloud or an alert manager posts to us. */
export const InboundFormat = z.enum([
  'azure-service-health',
  'aws-health',
  'google-service-health',
  'alertmanager',
  'grafana',
  'json',
])
export type InboundFormat = z.infer<typeof InboundFormat>

export const SourceKind = z.enum([...WireFormat.options, 'probe', 'inbound'])
export type SourceKind = z.infer<typeof SourceKind>

/** Pictures of a source's articles that are not shown: how many, and in plain words why the last one is not. */
export const LostPictures = z.object({ count: z.number().int().positive(), why: text(300) })
export type LostPictures = z.infer<typeof LostPictures>

export const Source = z.object({
  id: Slug,
  /** Its display name: a product, a publication. */
  name: text(80),
  kind: SourceKind,
  /** Where it is read. One that posts to us has no address: its format stands here, as `inbound:grafana`. */
  url: z.union([EndpointUrl, z.templateLiteral(['inbound:', InboundFormat])]),
  provider: Slug,
  /** The usual interval as configured, in ms. */
  everyMs: z.number().int().positive(),
  /** The interval that its answers have led to, in ms; failures do not stretch it. */
  intervalMs: z.number().int().positive(),
  lastPollAt: Instant.nullable(),
  lastOkAt: Instant.nullable(),
  lastChangeAt: Instant.nullable(),
  /** Of one that posts to us: when it last did; null before its first post. Nobody posts while all is well. */
  lastPostAt: Instant.nullable().optional(),
  httpStatus: z.number().int().nullable(),
  /** Why the last poll failed, in plain words; null when it did not. */
  error: text(300).nullable(),
  /** What the last reading could not use, in plain words; null when it used everything. */
  note: text(300).nullable().default(null),
  failures: z.number().int().nonnegative(),
  nextPollAt: Instant.nullable(),
  /** How long the last poll waited for the source's host, in whole ms; null when it sent no request. */
  latencyMs: z.number().int().nonnegative().nullable().default(null),
  /** The polls of the 24 hours that end in the hour of `lastPollAt`. */
  day: DayStrip.default(emptyDay),
  /** Until when its host asked for no requests; null when it did not. */
  heldUntil: Instant.nullable().default(null),
  /** Its address is gone for good (410). It is tried once a day, in case it comes back. */
  gone: z.boolean().default(false),
  /** Texts and components of the last reading that were cut, as it was larger than what may be kept of one. */
  cut: z.number().int().nonnegative().default(0),
  /** Events that the last reading left for the next ones, as the source had told its share. */
  postponed: z.number().int().nonnegative().default(0),
  /** Pictures of its articles that were refused or could not be fetched; absent where none was. */
  lostPictures: LostPictures.optional(),
  /** How it announces news, so that it is polled early; null when it does not. */
  push: z.enum(['websub', 'webhook']).nullable().default(null),
})
export type Source = z.infer<typeof Source>

/**
 * Whether a source carries its provider's public word on its status. Feeds carry news, probes our own measurements, and
 * what is posted to us is the word to one account.
 */
export const isStatusSource = (source: Pick<Source, 'kind'>): boolean => statusFormats.has(source.kind)

const statusFormats: ReadonlySet<string> = new Set(StatusFormat.options)

/** The providers with a status source. The status of all others is unknown and not shown. */
export const watchedProviders = (sources: Iterable<Pick<Source, 'kind' | 'provider'>>): Set<string> =>
  new Set([...sources].filter(isStatusSource).map(source => source.provider))

/** Missed intervals after which a source counts as silent. */
const MISSED_INTERVALS = 3

/** The instant (ms) from which the source counts as silent; `-Infinity` when it was never read. */
export const silentFrom = (source: Pick<Source, 'lastOkAt' | 'intervalMs'>): number =>
  source.lastOkAt === null
    ? Number.NEGATIVE_INFINITY
    : Date.parse(source.lastOkAt) + MISSED_INTERVALS * source.intervalMs

/** Whether the source's last reading still counts as the present. `now` in ms. */
export const isFresh = (source: Pick<Source, 'lastOkAt' | 'intervalMs'>, now: number): boolean =>
  now <= silentFrom(source)

/** Whether a source has failed until its last reading is outdated. For clients, which get health by events only. */
export const isSilent = (source: Pick<Source, 'lastOkAt' | 'intervalMs' | 'failures'>, now: number): boolean =>
  source.lastOkAt === null || (source.failures > 0 && !isFresh(source, now))

export const sourceStates = ['ok', 'failing', 'waiting', 'unread', 'disabled'] as const
export type SourceState = (typeof sourceStates)[number]

/** `disabled`: its address is gone. `waiting`: its host asked for no requests. `unread`: not polled yet. */
export function sourceState(source: Pick<Source, 'gone' | 'failures' | 'heldUntil' | 'lastPollAt'>): SourceState {
  if (source.gone) return 'disabled'
  if (source.failures > 0) return 'failing'
  if (source.heldUntil !== null) return 'waiting'
  return source.lastPollAt === null ? 'unread' : 'ok'
}

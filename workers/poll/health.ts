import { isDeepStrictEqual } from 'node:util'
import { channelsOfSource } from '../../shared/domain/channels.ts'
import { dayWithPoll, emptyDay } from '../../shared/domain/day-strip.ts'
import type { EventDraft } from '../../shared/domain/events.ts'
import { type Instant, toInstant } from '../../shared/domain/primitives.ts'
import type { Source } from '../../shared/domain/source.ts'
import type { PollState } from '../../shared/redis/poll-state.ts'
import type { SourceConfig } from '../config/source-config.ts'
import type { Changes } from './diff.ts'
import { nextPace } from './pace.ts'

/** What a poll learned about its source, apart from the records. */
export type PollResult = {
  httpStatus: number | null
  latencyMs: number | null
} /** `cut`, `postponed`, `note`: as in `Source`; absent where the answer was not read again, so that the last ones hold. */ & (
  | {
      kind: 'changed' | 'same'
      maxAgeMs: number | null
      cut?: number
      postponed?: number
      note?: string | null
      /** Of a source that posts: when it last did, if it has since the poll before. */
      lastPostAt?: Instant
    }
  | { kind: 'failed'; error: string; retryAfterMs: number | null; gone: boolean }
  /** Not asked: its host wants no requests for this long. */
  | { kind: 'held'; waitMs: number }
)

export type PollFindings = PollResult & {
  state: PollState
  changes: Changes
  /** When to poll again, in ms; null or absent for the usual interval. */
  recheckMs?: number | null
}

/** How often an address that is gone is tried, in ms. */
const GONE_INTERVAL_MS = 24 * 3_600_000
const GONE_MESSAGE =
  'Gone: the address answers that it will not come back (410). Mend: remove it from the sources file or give its new address'

/** Unchanged health is sent again after this long, in ms, so that 'last read' on a page stays roughly right. */
const RESEND_MS = 5 * 60_000

export const unpolled = (source: SourceConfig): Source => ({
  id: source.id,
  name: source.name,
  kind: source.kind,
  url: source.url,
  provider: source.provider,
  everyMs: source.everyMs,
  intervalMs: source.everyMs,
  lastPollAt: null,
  lastOkAt: null,
  lastChangeAt: null,
  ...(source.kind === 'inbound' ? { lastPostAt: null } : {}),
  httpStatus: null,
  error: null,
  note: null,
  failures: 0,
  nextPollAt: null,
  latencyMs: null,
  day: emptyDay,
  heldUntil: null,
  gone: false,
  cut: 0,
  postponed: 0,
  push: source.webhook === undefined ? null : 'webhook',
})

/** The source's health after a poll, and the ms until the next poll. Pure. */
export function nextHealth(
  config: SourceConfig,
  before: Source | null,
  result: PollResult,
  { active, rhythmMs }: Pick<PollState, 'active' | 'rhythmMs'>,
  now: number,
  random: number,
): { health: Source; delayMs: number } {
  if (result.kind === 'held') return heldHealth(config, before, result.waitMs, now, random)
  const known = before?.everyMs === config.everyMs ? before : null
  const failed = result.kind === 'failed'
  const failures = failed ? (before?.failures ?? 0) + 1 : 0
  const pace = nextPace({
    everyMs: config.everyMs,
    intervalMs: known?.intervalMs ?? config.everyMs,
    outcome: result.kind,
    hasActiveIncident: active,
    // what we measure or are sent keeps an even pace
    rhythmMs:
      config.kind === 'probe' || config.kind === 'inbound' ? config.everyMs : config.isPaceFree ? rhythmMs : null,
    failures,
    maxAgeMs: failed ? null : result.maxAgeMs,
    retryAfterMs: failed ? result.retryAfterMs : null,
    random,
  })
  const gone = failed && result.gone
  const delayMs = gone ? GONE_INTERVAL_MS : pace.delayMs
  const at = toInstant(now)
  const health: Source = {
    ...unpolled(config),
    intervalMs: pace.intervalMs,
    lastPollAt: at,
    lastOkAt: failed ? (before?.lastOkAt ?? null) : at,
    lastChangeAt: result.kind === 'changed' ? at : (before?.lastChangeAt ?? null),
    ...(config.kind === 'inbound'
      ? { lastPostAt: (!failed && result.lastPostAt) || (before?.lastPostAt ?? null) }
      : {}),
    httpStatus: result.httpStatus,
    error: gone ? GONE_MESSAGE : failed ? result.error.slice(0, 300) : null,
    note: failed || result.note === undefined ? (before?.note ?? null) : (result.note?.slice(0, 300) ?? null),
    failures,
    nextPollAt: toInstant(now + delayMs),
    latencyMs: result.latencyMs,
    day: dayWithPoll(before?.day ?? emptyDay, msOf(before?.lastPollAt), !failed, now),
    heldUntil: failed && result.retryAfterMs ? toInstant(now + result.retryAfterMs) : null,
    gone,
    cut: (result.kind === 'failed' ? undefined : result.cut) ?? before?.cut ?? 0,
    postponed: (result.kind === 'failed' ? undefined : result.postponed) ?? before?.postponed ?? 0,
  }
  return { health, delayMs }
}

/** Everything known stays; only the next instant changes. */
function heldHealth(
  config: SourceConfig,
  before: Source | null,
  waitMs: number,
  now: number,
  random: number,
): { health: Source; delayMs: number } {
  const { id, name, kind, url, provider, everyMs, ...unread } = unpolled(config)
  // Random, or all sources that wait for the host would come back together.
  const delayMs = Math.round(waitMs + random * everyMs)
  const held = { heldUntil: toInstant(now + waitMs), nextPollAt: toInstant(now + delayMs) }
  const { lostPictures: _, ...last } = before ?? {}
  return { health: { ...unread, ...last, id, name, kind, url, provider, everyMs, ...held }, delayMs }
}

const msOf = (at: string | null | undefined): number | null => (at ? Date.parse(at) : null)

/** Whether clients should get this health: it failed, recovered, waits, changed, had news, or was sent long ago. */
export function shouldSendHealth(before: Source | null, after: Source, sentAt: string | null, now: number): boolean {
  if (before === null || sentAt === null || after.failures > 0 || before.failures > 0) return true
  const shown = [
    'lastChangeAt',
    'heldUntil',
    'name',
    'url',
    'kind',
    'provider',
    'push',
    'note',
    'cut',
    'postponed',
    'lostPictures',
  ] as const
  if (shown.some(field => !isDeepStrictEqual(before[field], after[field]))) return true
  return now - Date.parse(sentAt) >= Math.max(RESEND_MS, after.intervalMs)
}

export const healthEvent = (source: Source, now: number): EventDraft => ({
  type: 'source.health',
  at: toInstant(now),
  channels: channelsOfSource(source.provider),
  data: source,
})

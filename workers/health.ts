import { toInstant } from '../shared/domain/primitives.ts'
import type { Source } from '../shared/domain/source.ts'
import type { PollState } from '../shared/redis/poll-state.ts'
import { nextPace } from './pace.ts'
import type { SourceConfig } from './source-config.ts'

/** What a poll learned about its source, the records apart. */
export type PollResult = { httpStatus: number | null } & (
  | { kind: 'changed' | 'same'; maxAgeMs: number | null }
  | { kind: 'failed'; error: string; retryAfterMs: number | null }
)

/** Health is told again after this long even when nothing changed, in ms, so that 'last read' on a page stays roughly true. */
const RETELL_MS = 5 * 60_000

/** A source that stands in the configuration and was not yet polled. */
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
  httpStatus: null,
  error: null,
  failures: 0,
  nextPollAt: null,
})

/** The source's health after a poll, and the ms until the next. Pure. */
export function nextHealth(
  config: SourceConfig,
  before: Source | null,
  result: PollResult,
  { active, rhythmMs }: Pick<PollState, 'active' | 'rhythmMs'>,
  now: number,
  random: number,
): { health: Source; delayMs: number } {
  const known = before?.everyMs === config.everyMs ? before : null
  const failed = result.kind === 'failed'
  const failures = failed ? (before?.failures ?? 0) + 1 : 0
  const { intervalMs, delayMs } = nextPace({
    everyMs: config.everyMs,
    intervalMs: known?.intervalMs ?? config.everyMs,
    outcome: result.kind,
    hasActiveIncident: active,
    rhythmMs: config.kind === 'probe' ? config.everyMs : config.isPaceFree ? rhythmMs : null, // a probe keeps an even pace
    failures,
    maxAgeMs: failed ? null : result.maxAgeMs,
    retryAfterMs: failed ? result.retryAfterMs : null,
    random,
  })
  const at = toInstant(now)
  const health: Source = {
    ...unpolled(config),
    intervalMs,
    lastPollAt: at,
    lastOkAt: failed ? (before?.lastOkAt ?? null) : at,
    lastChangeAt: result.kind === 'changed' ? at : (before?.lastChangeAt ?? null),
    httpStatus: result.httpStatus,
    error: failed ? result.error.slice(0, 300) : null,
    failures,
    nextPollAt: toInstant(now + delayMs),
  }
  return { health, delayMs }
}

/** Whether everybody should hear of this health: it failed (again), recovered, changed its address, or was long not told. */
export function isTelling(before: Source | null, after: Source, sentAt: string | null, now: number): boolean {
  if (before === null || sentAt === null || after.failures > 0 || before.failures > 0) return true
  if (
    before.name !== after.name ||
    before.url !== after.url ||
    before.kind !== after.kind ||
    before.provider !== after.provider
  )
    return true
  return now - Date.parse(sentAt) >= Math.max(RETELL_MS, after.intervalMs)
}

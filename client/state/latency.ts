import type { Words } from '../words/words.ts'

/** How long a source took, in ms → `120 ms`, `1.2 s`, `12 s`; `–` when it is not known. */
export function latency(ms: number | null, { figures, time }: Words): string {
  if (ms === null) return figures.unknown
  if (ms < 1_000) return time.milliseconds(ms)
  return ms < 9_950 ? time.tenthsOfSecond(ms / 1_000) : time.seconds(Math.round(ms / 1_000))
}

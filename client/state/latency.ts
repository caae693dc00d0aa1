/** How long a source took, in ms → `120 ms`, `1.2 s`, `12 s`; `–` when it is not known. */
export function latency(ms: number | null): string {
  if (ms === null) return '–'
  if (ms < 1_000) return `${ms} ms`
  return ms < 9_950 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 1_000)} s`
}

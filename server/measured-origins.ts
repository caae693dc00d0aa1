import type { View } from '../shared/domain/view.ts'

/** Browsers and proxies take headers of 8 KB; origins beyond these many are not measured. */
const MOST = 100

/** The origins of the probed endpoints that browsers may ask themselves; none where the sources file does not say `roundTrips: true`. */
export function measuredOrigins({ office, probes }: Pick<View, 'office' | 'probes'>): string[] {
  if (!office.roundTrips) return []
  const origins = new Set<string>()
  for (const { url } of probes.values()) if (/^https?:/.test(url)) origins.add(new URL(url).origin)
  return [...origins].slice(0, MOST)
}

import { GAP_MS } from './http/pacing.ts'
import type { SourceConfig } from './source-config.ts'

/** Sources begin within this time, in ms. */
const SPREAD_MS = 5_000

/**
 * Sources → the ms until each is first polled. Those of one host are spread evenly, so that none waits for its turn until it
 * times out; their intervals, jittered, keep them apart afterwards. Never later than a source's own interval.
 * @param random [0, 1)
 */
export function firstDelays(sources: Iterable<SourceConfig>, random: () => number): Map<string, number> {
  const hosts = new Map<string, SourceConfig[]>()
  for (const source of sources) {
    const host = URL.canParse(source.url) ? new URL(source.url).host : ''
    const sharing = hosts.get(host)
    if (sharing) sharing.push(source)
    else hosts.set(host, [source])
  }
  const delays = new Map<string, number>()
  for (const sharing of hosts.values()) {
    const spreadMs = Math.max(SPREAD_MS, sharing.length * GAP_MS)
    for (const [place, { id, everyMs }] of sharing.entries())
      delays.set(id, ((place + random()) / sharing.length) * Math.min(everyMs, spreadMs))
  }
  return delays
}

import type { RegionId } from '../../shared/domain/primitives.ts'
import type { ProbeRow } from './probes.ts'

/** How long regions take to answer, measured from where the workers run: never from where the reader is. */
export type FirstBytes = {
  /** ms to the first byte; the quickest of a region's endpoints. */
  ms: ReadonlyMap<RegionId, number>
  /** From where it was measured. */
  places: string[]
}

/** Of the probes that reach their endpoint now. */
export function firstBytes(rows: readonly ProbeRow[]): FirstBytes {
  const ms = new Map<RegionId, number>()
  const places = new Set<string>()
  for (const { probe, reach } of rows) {
    if (probe === null || probe.firstByteMs === null || reach !== 'reachable') continue
    const known = ms.get(probe.region)
    ms.set(probe.region, known === undefined ? probe.firstByteMs : Math.min(known, probe.firstByteMs))
    places.add(probe.from)
  }
  return { ms, places: [...places].sort() }
}

import type { Region, RegionStatus } from '../../shared/domain/region.ts'
import { type Catalogue, placeName } from '../live/catalogue.ts'
import type { Face } from '../ui/glyph-shapes.ts'
import { clockTime, sinceText, type When } from '../ui/time.ts'

/** Whether the page as a whole has fallen behind, and until when (ms) it was the present; null when it never was. */
export type Staleness = { picture: boolean; since: number | null }

/**
 * How a region is drawn. `pictureStale`: the page as a whole has fallen behind, and then no region is shown as it was,
 * for silence must not look like health.
 */
export function faceOf(region: Region, status: RegionStatus | undefined, pictureStale: boolean): Face {
  if (region.state === 'announced') return { status: 'announced', stale: false }
  if (status === undefined || pictureStale) return { status: 'unknown', stale: true }
  return { status: status.status, stale: status.freshness === 'stale' }
}

/** `last known: operational, 14:02`; null where nothing is known to have been, or the present is known. */
export function lastKnownText(status: RegionStatus | undefined, staleSince: number | null, when: When): string | null {
  if (status === undefined) return null
  const { regions, states } = when.words
  if (status.lastKnown)
    return regions.lastKnown(states.label[status.lastKnown.status], clockTime(status.lastKnown.at, when))
  if (staleSince === null || status.status === 'unknown') return null
  return regions.lastKnown(states.label[status.status], clockTime(staleSince, when))
}

/** All of it in one sentence: 'Azure West Europe: degraded performance since 14:02 (38 min). Storage.' */
export function regionSentence(
  region: Region,
  status: RegionStatus | undefined,
  catalogue: Catalogue,
  stale: Staleness,
  when: When,
): string {
  const place = placeName(catalogue, region.id)
  const { regions, states } = when.words
  const face = faceOf(region, status, stale.picture)
  if (face.status === 'announced') return regions.announcedSentence(place)
  if (face.status === 'unknown') return regions.unknownSentence(place, lastKnownText(status, stale.since, when))
  const since = status?.since ? sinceText(status.since, when) : null
  return regions.sentence({
    place,
    state: states.label[face.status],
    since,
    services: (status?.services ?? []).slice(0, 6),
  })
}

const legend = [
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
  'unknown',
] as const

/** How many open regions there are in each state, as they are drawn; every state is listed. */
export function countFaces(faces: Iterable<Face>): { status: (typeof legend)[number]; count: number }[] {
  const counts = new Map<Face['status'], number>()
  for (const face of faces) counts.set(face.status, (counts.get(face.status) ?? 0) + 1)
  return legend.map(status => ({ status, count: counts.get(status) ?? 0 }))
}

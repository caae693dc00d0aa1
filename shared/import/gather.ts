import { ascending, firstOf } from '../domain/order.ts'
import type { RegionId } from '../domain/primitives.ts'
import type { ServiceId } from '../domain/service.ts'
import { formatUse, type Use } from '../domain/stack.ts'
import type { Finding, Findings, Knowledge, NotUnderstood } from './finding.ts'

/** A use, and how many resources or lines say so. `isUnplaced`: it runs somewhere, and the file does not say where. */
export type CountedUse = { use: Use; count: number; isUnplaced: boolean }

/**
 * Everything that was found → the uses of a stack: a service once with all its regions, and once more for those whose
 * zones are known. A service that is in places known and unknown is in the known ones. Pure.
 */
export function gatherUses(found: readonly Finding[], { services }: Pick<Knowledge, 'services'>): CountedUse[] {
  const uses = new Map<string, CountedUse>()
  const add = (use: Use, count: number): void => {
    const key = formatUse(use)
    const isRegional = use.kind === 'service' && services.get(use.service)?.scope !== 'global'
    const isUnplaced = isRegional && use.regions.length === 0
    uses.set(key, { use, count: count + (uses.get(key)?.count ?? 0), isUnplaced })
  }
  const byService = new Map<ServiceId, Map<RegionId | null, InRegion>>()
  for (const finding of found) {
    if ('use' in finding) {
      add(finding.use, finding.count)
      continue
    }
    const service = services.get(finding.service)
    const region = service?.scope === 'global' ? null : finding.region
    const places = byService.get(finding.service) ?? new Map<RegionId | null, InRegion>()
    byService.set(finding.service, places)
    const here = places.get(region) ?? { count: 0, zones: new Set(), isUnclear: service?.scope !== 'zonal' }
    here.count += finding.count
    here.isUnclear ||= finding.isZoneUnclear
    if (finding.zone !== null) here.zones.add(finding.zone)
    places.set(region, here)
  }
  for (const [service, places] of byService) for (const { use, count } of usesOf(service, places)) add(use, count)
  return [...uses.values()].sort(inOrder)
}

type Counted = Pick<CountedUse, 'use' | 'count'>

/** What was found of a service in a region. */
type InRegion = { count: number; zones: Set<string>; isUnclear: boolean }

function usesOf(service: ServiceId, places: ReadonlyMap<RegionId | null, InRegion>): Counted[] {
  const unplaced = places.get(null)?.count ?? 0
  const zoned: [RegionId, InRegion][] = []
  const whole: [RegionId, InRegion][] = []
  for (const [region, here] of places) {
    if (region === null) continue
    const hasZones = here.zones.size > 0 && here.zones.size <= MAX_ZONES && !here.isUnclear
    if (hasZones) zoned.push([region, here])
    else whole.push([region, here])
  }
  const zonesOf = (all: typeof zoned): string[] => all.flatMap(([, { zones }]) => [...zones]).sort()
  // More zones than a use may have say no more than the regions do.
  if (zonesOf(zoned).length > MAX_ZONES) whole.push(...zoned.splice(0))
  const sum = (all: typeof zoned): number => all.reduce((total, [, { count }]) => total + count, 0)
  const regionsOf = (all: typeof zoned): RegionId[] => all.map(([region]) => region).sort()
  const uses: Counted[] = []
  if (whole.length > 0 || zoned.length === 0)
    uses.push({
      use: { kind: 'service', service, regions: regionsOf(whole).slice(0, MAX_REGIONS), zones: [] },
      count: sum(whole) + unplaced,
    })
  if (zoned.length > 0)
    uses.push({
      use: { kind: 'service', service, regions: regionsOf(zoned), zones: zonesOf(zoned) },
      count: sum(zoned) + (whole.length === 0 ? unplaced : 0),
    })
  return uses
}

/** As many as the schema of a use allows. */
const MAX_ZONES = 60
const MAX_REGIONS = 100

const kinds: readonly Use['kind'][] = ['service', 'region', 'vendor', 'source', 'probe', 'stack']

const inOrder = firstOf<CountedUse>(
  ascending(({ use }) => kinds.indexOf(use.kind)),
  ascending(({ use }) => formatUse(use)),
)

/** Each thing once, the most frequent first, and no more than anybody reads. */
export function gatherNotUnderstood(all: Findings['notUnderstood']): NotUnderstood[] {
  const known = new Map<string, NotUnderstood>()
  for (const { kind, what, count } of all) {
    const key = `${kind} ${what}`
    known.set(key, { kind, what, count: count + (known.get(key)?.count ?? 0) })
  }
  return [...known.values()].sort((a, b) => b.count - a.count).slice(0, MAX_NOT_UNDERSTOOD)
}

const MAX_NOT_UNDERSTOOD = 200

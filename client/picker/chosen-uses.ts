import { providerOf, type RegionId } from '../../shared/domain/primitives.ts'
import { formatUse, MAX_USES, type Use } from '../../shared/domain/stack.ts'
import type { Candidate } from './candidates.ts'

/** What a use is of, without where and which parts: 'aws/lambda', 'stripe'. It is the key of its candidate. */
export function keyOfUse(use: Use): string {
  switch (use.kind) {
    case 'region':
      return use.region
    case 'service':
      return use.service
    case 'vendor':
      return use.vendor
    default:
      return formatUse(use)
  }
}

/** A candidate as it is first ticked. A service is taken to run in the regions of its cloud that are chosen already. */
export function useOf(candidate: Candidate, chosen: readonly Use[]): Use {
  switch (candidate.kind) {
    case 'region':
      return { kind: 'region', region: candidate.key }
    case 'own':
      return candidate.use
    case 'vendor':
      return { kind: 'vendor', vendor: candidate.key, sites: [], parts: [] }
    case 'service': {
      const { service, places } = candidate
      const regions = places.length > 0 ? places : regionsOfCloud(chosen, providerOf(service.id))
      const isGlobal = service.scope === 'global'
      return { kind: 'service', service: service.id, regions: isGlobal ? [] : [...regions].slice(0, 100), zones: [] }
    }
  }
}

/** The regions of a cloud in which something is used. */
export const regionsOfCloud = (uses: readonly Use[], provider: string): RegionId[] => [
  ...new Set(
    uses
      .flatMap(use => (use.kind === 'region' ? [use.region] : use.kind === 'service' ? use.regions : []))
      .filter(region => providerOf(region) === provider),
  ),
]

/**
 * Adds uses to others: a service in more regions is one use with all of them, and so are more parts of a vendor. A
 * service whose place one of the two does not say is in the places of the other; a vendor that one of them uses whole
 * stays whole. `over`: how many more than a stack may have were left out.
 */
export function addUses(uses: readonly Use[], added: readonly Use[]): { uses: Use[]; over: number } {
  const all = [...uses]
  let over = 0
  for (const use of added) {
    const at = all.findIndex(one => isOneWith(one, use))
    const before = all[at]
    if (before !== undefined) all[at] = joined(before, use)
    else if (all.length < MAX_USES) all.push(use)
    else over++
  }
  return { uses: all, over }
}

/** Zones speak of their own regions alone, so a service with zones stays apart. */
function isOneWith(one: Use, other: Use): boolean {
  if (formatUse(one) === formatUse(other)) return true
  if (one.kind === 'service' && other.kind === 'service')
    return one.service === other.service && one.zones.length + other.zones.length === 0
  return one.kind === 'vendor' && other.kind === 'vendor' && one.vendor === other.vendor
}

function joined(one: Use, other: Use): Use {
  if (one.kind === 'service' && other.kind === 'service')
    return { ...one, regions: union(one.regions, other.regions).slice(0, 100) }
  if (one.kind === 'vendor' && other.kind === 'vendor') {
    const isWhole = one.parts.length === 0 || other.parts.length === 0
    return {
      ...one,
      sites: union(one.sites, other.sites).slice(0, 30),
      parts: isWhole ? [] : union(one.parts, other.parts).slice(0, 60),
    }
  }
  return one
}

const union = (one: readonly string[], other: readonly string[]): string[] => [...new Set([...one, ...other])]

/** A list with a text added, or without it where it was there. */
export const toggled = (list: readonly string[], text: string): string[] =>
  list.includes(text) ? list.filter(one => one !== text) : [...list, text]

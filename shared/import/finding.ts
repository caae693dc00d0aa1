import type { RegionId } from '../domain/primitives.ts'
import type { Region } from '../domain/region.ts'
import type { Service, ServiceId } from '../domain/service.ts'
import type { Use } from '../domain/stack.ts'
import type { Vendor } from '../domain/vendor.ts'
import type { Place, Places } from './places.ts'
import type { TypeTables } from './type-table.ts'

/** A vendor, by the words that people use for it. */
export type VendorWords = Pick<Vendor, 'id' | 'name' | 'aliases' | 'domains' | 'sites'>

export type ServiceWords = Pick<Service, 'id' | 'name' | 'aliases' | 'scope'>

/** What is known of the world, prepared once for any number of files. */
export type Knowledge = {
  regions: ReadonlyMap<RegionId, Region>
  places: Places
  services: ReadonlyMap<ServiceId, ServiceWords>
  vendors: ReadonlyMap<string, VendorWords>
  types: TypeTables
  /** A line in people's words, 'lambda frankfurt', → what it names; empty where it names nothing that is known. */
  readWords: (line: string) => Finding[]
}

/** Something that a file says the team runs, so many times. Nothing else of a file goes on from here. */
export type Finding = { count: number } & ({ use: Use } | ({ service: ServiceId } & Place))

/**
 * What a file has that no use was made of: a `type` of resources that is not known, a `place` of such a type that is
 * not, a `line` by its number.
 */
export type NotUnderstood = { kind: 'type' | 'place' | 'line'; what: string; count: number }

export type Findings = { found: Finding[]; notUnderstood: NotUnderstood[] }

/** A resource, as any of the formats has it. */
export type Resource = {
  /** As the format names it; shown where it is not known. */
  type: string
  /** The services and vendors that it belongs to, of the tables; none: not known. */
  targets: readonly string[]
  place: Place
  count: number
}

/** Resources → what they say. A target that the catalogues do not have is not known either. */
export function findingsOf(resources: Iterable<Resource>, { services, vendors }: Knowledge): Findings {
  const findings: Findings = { found: [], notUnderstood: [] }
  for (const { type, targets, place, count } of resources) {
    const known = targets.filter(target => services.has(target) || vendors.has(target))
    if (known.length === 0) findings.notUnderstood.push({ kind: 'type', what: typeName(type), count })
    for (const target of known) {
      const service = services.get(target)
      findings.found.push(
        service === undefined ? { use: vendorUse(target), count } : { service: target, ...place, count },
      )
      if (place.isUnknown && service?.scope !== 'global' && service !== undefined)
        findings.notUnderstood.push({ kind: 'place', what: typeName(type), count })
    }
  }
  return findings
}

export const vendorUse = (vendor: string, sites: string[] = [], parts: string[] = []): Use => ({
  kind: 'vendor',
  vendor,
  sites,
  parts,
})

/** A type as it may be shown. Where a file has a secret in place of a type, it is not repeated. */
const typeName = (type: string): string => (typePatterns.some(pattern => pattern.test(type)) ? type : '?')

/** Words as formats put them together, with few digits: aws_vpc, AWS::EC2::VPC, Microsoft.Web/sites, ec2:vpc-endpoint. */
const typePatterns = [
  /^[a-z][a-z-]{0,30}\d{0,3}(?:_[a-z]{1,30}\d{0,3}){1,10}$/,
  /^[A-Za-z]{1,40}\d{0,3}(?:::?[A-Za-z]{1,40}\d{0,3}){1,3}$/,
  /^[a-z]{1,40}(?:\.[a-z]{1,40}){1,3}(?:\/[a-z]{1,40}){1,5}$/i,
  /^[a-z0-9-]{1,30}:[a-z-]{0,30}$/,
  /^[a-z-]{1,30}:[a-z-]{1,30}(?:\/[a-z-]{1,30})?:[a-z]{1,60}$/i,
]

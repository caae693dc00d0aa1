import { z } from 'zod'
import { didYouMean } from './nearest.ts'
import { fail, ok, providerOf, RegionId, type Result, Slug, text } from './primitives.ts'
import type { Region } from './region.ts'
import { awsZonePrefix } from './region-report.ts'
import { ServiceId } from './service.ts'

const Zone = z.string().regex(/^[a-z0-9-]{1,60}$/)

/** One thing that a team runs on. */
export const Use = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('region'), region: RegionId }),
  z.object({
    kind: z.literal('service'),
    service: ServiceId,
    /** Where it is used; empty where the service is global, or the team did not say. */
    regions: z.array(RegionId).max(100),
    /** As the provider names them in its messages: 'use1-az4'. They lower a match, they never hide one. */
    zones: z.array(Zone).max(60),
  }),
  z.object({
    kind: z.literal('vendor'),
    vendor: Slug,
    /** The vendor's own places that the team chose: 'us1'. */
    sites: z.array(Slug).max(30),
    /** Components by name, or by group and name: 'Actions', 'Europe / API'. Empty: all of the vendor. */
    parts: z.array(text(200)).max(60),
  }),
  z.object({ kind: z.literal('source'), source: Slug }),
  z.object({ kind: z.literal('probe'), source: Slug }),
  z.object({ kind: z.literal('stack'), stack: Slug }),
])
export type Use = z.infer<typeof Use>

/** A use that is no other stack. */
export type SimpleUse = Exclude<Use, { kind: 'stack' }>

export const MAX_USES = 500
export const MAX_STACKS = 1000

/** What one team, product or customer runs on. */
export const Stack = z.object({ id: Slug, name: text(80), uses: z.array(Use).max(MAX_USES) })
export type Stack = z.infer<typeof Stack>

/** `mine: { regions: […] }` of a sources file, as the stack that it stands for; none without regions. */
export const stackOfRegions = (regions: readonly RegionId[]): Stack[] =>
  regions.length === 0
    ? []
    : [{ id: 'mine', name: 'Our regions', uses: [...new Set(regions)].map(region => ({ kind: 'region', region })) }]

/**
 * A use in one text, as files, links and storage have it:
 * `aws/eu-west-1`, `aws/lambda@eu-west-1,us-east-1`, `aws/ec2@use1-az4`, `azure/front-door`, `stripe`, `datadog@us1`,
 * `github[Actions,Packages]`, `source/our-gatus`, `probe/checkout`, `stack/payments`. In names of parts `%`, `,` and
 * brackets are percent-encoded.
 */
export function formatUse(use: Use): string {
  switch (use.kind) {
    case 'region':
      return use.region
    case 'service': {
      // a zone says its region
      const unsaid = use.regions.filter(region => !use.zones.some(zone => isZoneOf(zone, region)))
      return use.service + at([...use.zones, ...unsaid.map(codeOf)])
    }
    case 'vendor': {
      const parts = use.parts.map(part => part.replace(/[%,[\]]/g, encodeURIComponent))
      return use.vendor + at(use.sites) + (parts.length === 0 ? '' : `[${parts.join(',')}]`)
    }
    case 'source':
    case 'probe':
      return `${use.kind}/${use.source}`
    case 'stack':
      return `stack/${use.stack}`
  }
}

const at = (places: readonly string[]): string => (places.length === 0 ? '' : `@${places.join(',')}`)
const codeOf = (region: RegionId): string => region.slice(region.indexOf('/') + 1)

const usePattern =
  /^(?:([a-z0-9-]{1,64})\/)?([a-z0-9-]{1,64})(?:@([a-z0-9-]{1,64}(?:,[a-z0-9-]{1,64}){0,99}))?(?:\[([^[\]]{1,8000})\])?$/

/**
 * The inverse of `formatUse`. It checks the form, and that regions and zones exist; whether the catalogue has the
 * service or vendor is asked by who knows it. @param regions every region
 */
export function parseUse(written: string, regions: ReadonlyMap<RegionId, Region>): Result<Use> {
  const [, owner, name = '', places, inBrackets] = usePattern.exec(written.trim()) ?? []
  const listed = places?.split(',') ?? []
  if (name === '') return fail(`is not a use: write ${examples}`)
  if (owner === undefined) {
    const parts = inBrackets?.split(',').map(decodePart) ?? []
    return checked({ kind: 'vendor', vendor: name, sites: listed, parts })
  }
  if (inBrackets !== undefined) return fail('has parts, and only vendors have: write github[Actions,Packages]')
  if (owner === 'source' || owner === 'probe') return checked({ kind: owner, source: name })
  if (owner === 'stack') return checked({ kind: 'stack', stack: name })
  const id = `${owner}/${name}`
  if (regions.has(id)) {
    if (listed.length > 0) return fail(`is a region with a place: write ${id}, or ${owner}/<service>@${name}`)
    return ok({ kind: 'region', region: id })
  }
  const found = listed.map(place => placeNamed(owner, place, regions))
  const unknown = found.indexOf(null)
  if (unknown >= 0) {
    const codes = [...regions.values()].filter(({ provider }) => provider === owner).map(({ code }) => code)
    const place = listed[unknown] ?? ''
    return fail(`names a place that ${owner} does not have: '${place}'${didYouMean(place, codes)}`)
  }
  return checked({
    kind: 'service',
    service: id,
    regions: [...new Set(found.flatMap(place => place?.region ?? []))],
    zones: found.flatMap(place => place?.zone ?? []),
  })
}

const examples = 'aws/eu-west-1, aws/lambda@eu-west-1, azure/front-door, stripe, github[Actions] or stack/payments'

const checked = (use: Use): Result<Use> => {
  const parsed = Use.safeParse(use)
  return parsed.success ? ok(parsed.data) : fail(`is not a use: write ${examples}`)
}

const decodePart = (part: string): string => part.trim().replace(/%(25|2C|5B|5D)/gi, code => decodeURIComponent(code))

/** A region's code, or a zone, which gives its region too; null for neither. */
function placeNamed(
  provider: string,
  place: string,
  regions: ReadonlyMap<RegionId, Region>,
): { region: RegionId; zone: string | null } | null {
  const region = `${provider}/${place}`
  if (regions.has(region)) return { region, zone: null }
  const found = regionOfZone(provider, place, regions.values())
  return found === null ? null : { region: found, zone: place }
}

/** `use1-az4`, `us-east-1a`, `us-central1-a`, `eastus2-az1` → the region of the zone; null where it is none's. */
export function regionOfZone(provider: string, zone: string, regions: Iterable<Region>): RegionId | null {
  for (const region of regions) if (region.provider === provider && isZoneOf(zone, region.id)) return region.id
  return null
}

/** Whether a name has the form of a zone of the region. @param zone in small letters */
export function isZoneOf(zone: string, region: RegionId): boolean {
  const [provider, code] = [providerOf(region), codeOf(region)]
  return [code, awsZonePrefix({ provider, code })].some(
    prefix => prefix !== null && zone.startsWith(prefix) && zonePattern.test(zone.slice(prefix.length)),
  )
}

const zonePattern = /^(?:-az\d{1,2}|-?[a-z]|-\d{1,2})$/

type PlacedUse = { use: SimpleUse; via: string | null }

/** The uses of a stack and of those that it stands on, each with the stack that says it. Each stack is asked once. */
export function usesOf(stack: Stack, stacks: ReadonlyMap<string, Stack>): PlacedUse[] {
  const asked = new Set([stack.id])
  const found: PlacedUse[] = []
  const add = (one: Stack, via: string | null): void => {
    for (const use of one.uses) {
      if (use.kind !== 'stack') {
        found.push({ use, via })
        continue
      }
      const other = stacks.get(use.stack)
      if (other === undefined || asked.has(other.id)) continue
      asked.add(other.id)
      add(other, other.id)
    }
  }
  add(stack, null)
  return found
}

import { ascending, firstOf } from './order.ts'
import type { RegionId } from './primitives.ts'
import type { Service, ServiceId } from './service.ts'
import { formatUse, type SimpleUse, type Stack } from './stack.ts'

export const strengths = ['certain', 'likely', 'possible'] as const
export type Strength = (typeof strengths)[number]

export const reasonKinds = [
  'service',
  'wider',
  'narrower',
  'region',
  'provider',
  'vendor',
  'part',
  'dependency',
  'unplaced',
  'source',
] as const
export type ReasonKind = (typeof reasonKinds)[number]

/** Why an incident or an article concerns a stack. */
export type Reason = {
  kind: ReasonKind
  strength: Strength
  use: SimpleUse
  /** The stack that brings the use, where it is not the one that was asked about. */
  via: string | null
  provider: string
  /** The service that is in trouble; null where none is named. */
  service: ServiceId | null
  /** Where it meets the use; null where no place is named. */
  region: RegionId | null
  /** The vendor's part, as the incident names it. */
  part: string | null
  /** Zones that the incident names, where the use has others. */
  zones: readonly string[]
}

/** What is known of the world beside the stack itself. */
export type StackFacts = {
  stacks: ReadonlyMap<string, Stack>
  services: ReadonlyMap<ServiceId, Pick<Service, 'id' | 'scope' | 'under' | 'isBroad'>>
  /** The cloud regions that a vendor's site runs in; `isCertain` where the vendor says that it runs nowhere else. */
  dependencies(vendor: string, site: string): readonly { region: RegionId; isCertain: boolean }[]
  /** The site of its vendor that a source reports on; null where it reports on all of it, or nobody knows. */
  siteOf(source: string): string | null
}

/** Orders reasons: by strength, then by how exact they are. */
export const strongestFirst = firstOf<Reason>(
  ascending(({ strength }) => strengths.indexOf(strength)),
  ascending(({ kind }) => reasonKinds.indexOf(kind)),
  ascending(({ service }) => service ?? ''),
  ascending(({ region }) => region ?? ''),
  ascending(({ part }) => part ?? ''),
  ascending(({ via }) => via ?? ''),
  ascending(({ use }) => formatUse(use)),
)

/** Reasons that say the same are one, whichever uses they come from; of each vendor one is told. */
export const keyOf = ({ kind, service, region, part, use }: Reason): string =>
  [kind, service, region, part, use.kind === 'vendor' ? use.vendor : null].join(' ')

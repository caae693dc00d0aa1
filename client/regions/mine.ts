import { z } from 'zod'
import type { Incident } from '../../shared/domain/incident.ts'
import { RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import type { Catalogue } from '../live/catalogue.ts'

/** Regions that a link brings. */
export type SharedRegions = {
  regions: readonly RegionId[]
  /** What the link names and nobody here knows, as it is written there. */
  unknown: readonly string[]
  /** How many more it names than are taken. */
  over: number
}

/** Regions that are taken from a link, at most. */
export const MOST_SHARED = 100
/** An address longer than this comes from nobody who chose regions, characters. */
const LONGEST = 4000

/** Each provider is named once before its codes, so that the link stays short and needs no percent signs. */
const [RUN, CODE] = ['_', '.']

/** Regions → what a link says of them, in their order: `azure.westeurope.northeurope_aws.eu-central-1`. */
export function formatMine(regions: Iterable<RegionId>): string {
  let text = ''
  let last = ''
  for (const id of regions) {
    const [provider = '', code = ''] = id.split('/')
    text += provider === last ? CODE + code : `${text === '' ? '' : RUN}${provider}${CODE}${code}`
    last = provider
  }
  return text
}

/** `azure.a.b_aws.c`, or as somebody types it, `azure/a,azure/b,aws/c` → ids, which may name nothing. */
const Written = z
  .string()
  .max(LONGEST)
  .transform(text => [
    ...new Set(
      text.split(/[_,]/).flatMap(run => {
        const [provider = '', ...codes] = run.trim().split(/[./]/)
        return codes.length === 0 ? provider : codes.map(code => `${provider}/${code}`)
      }),
    ),
  ])

/** What a link says → the regions it brings; null where it names none at all. Never throws. */
export function parseMine(text: string | null, known: ReadonlyMap<RegionId, Region>): SharedRegions | null {
  const named = namedIn(text)
  if (named.length === 0) return null
  const found = named.filter(id => RegionId.safeParse(id).success && known.has(id))
  return {
    regions: found.slice(0, MOST_SHARED),
    unknown: named.filter(id => !known.has(id)).map(id => id.slice(0, 64)),
    over: Math.max(0, found.length - MOST_SHARED),
  }
}

/** Whether a link names any region, known or not. */
export const namesRegions = (text: string | null): boolean => namedIn(text).length > 0

const namedIn = (text: string | null): string[] => Written.safeParse(text ?? '').data?.filter(id => id !== '') ?? []

/** Whether an incident concerns whoever runs in these regions; one of a provider without regions concerns everybody. */
export function concerns(incident: Incident, mine: ReadonlySet<RegionId>, hasRegions: ReadonlySet<string>): boolean {
  return !hasRegions.has(incident.provider) || touches(incident, mine)
}

/** Whether it happens in one of the regions, or to their provider as a whole. */
export const touches = (incident: Incident, regions: ReadonlySet<RegionId>): boolean =>
  incident.scope === 'regional'
    ? incident.regions.some(id => regions.has(id))
    : [...regions].some(id => id.startsWith(`${incident.provider}/`))

/** The providers that have regions. */
export const placedProviders = ({ regions }: Catalogue): Set<string> =>
  new Set([...regions.values()].map(({ provider }) => provider))

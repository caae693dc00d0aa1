import { z } from 'zod'
import { RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import { formatUse, MAX_USES, parseUse, type Stack, type Use } from '../../shared/domain/stack.ts'

/** What a shared link says. */
export type StackFromLink = Pick<Stack, 'name' | 'uses'> & {
  /** What in the link is no use that is known here, as it is written there. */
  unknown: readonly string[]
  /** How many uses beyond the most that are read were left out. */
  over: number
}

type Regions = ReadonlyMap<RegionId, Region>

const MAX_LINK_CHARS = 12_000
const MAX_NAME_CHARS = 80
const MAX_UNKNOWN_CHARS = 64

/** A stack → the text of a link and of the storage: `Shop:aws/lambda@eu-west-1;stripe`. */
export const formatStack = ({ name, uses }: Pick<Stack, 'name' | 'uses'>): string =>
  `${name.replace(/[%:]/g, encodeURIComponent)}:${uses.map(use => formatUse(use).replaceAll(';', '%3B')).join(';')}`

/** The same as a part of an address, with only those characters encoded that mean something else there. */
export const encodeStack = (stack: Pick<Stack, 'name' | 'uses'>): string =>
  encodeURIComponent(formatStack(stack)).replace(/%(?:2F|3A|3B|40|2C)/g, decodeURIComponent)

/** The inverse of `formatStack`; null where the text is no stack. Never throws. */
export function parseStack(text: string | null, regions: Regions): StackFromLink | null {
  if (text === null || text.length > MAX_LINK_CHARS) return null
  const [, name, listed = ''] = /^([^:]*):(.*)$/s.exec(text) ?? []
  if (name === undefined) return null
  const written = new Set(listed.split(';').flatMap(use => use.trim() || []))
  const parsed = [...written].map(use => ({ written: use, use: parseUse(use.replace(/%3B/gi, ';'), regions) }))
  const uses = parsed.flatMap(({ use }) => (use.ok ? [use.value] : []))
  return {
    name: name
      .replace(/%(?:25|3A)/gi, decodeURIComponent)
      .trim()
      .slice(0, MAX_NAME_CHARS),
    uses: uses.slice(0, MAX_USES),
    unknown: parsed.flatMap(one => (one.use.ok ? [] : [one.written.slice(0, MAX_UNKNOWN_CHARS)])),
    over: Math.max(0, uses.length - MAX_USES),
  }
}

/**
 * The older form of a link, of regions alone, each provider before its codes: `azure.westeurope.northeurope_aws.us-east-1`,
 * or typed by hand `azure/westeurope,aws/us-east-1` → ids, which may be unknown.
 */
const RegionsText = z
  .string()
  .max(4000)
  .transform(text => [
    ...new Set(
      text.split(/[_,]/).flatMap(run => {
        const [provider = '', ...codes] = run.trim().split(/[./]/)
        return codes.length === 0 ? provider : codes.map(code => `${provider}/${code}`)
      }),
    ),
  ])

export const MAX_LINK_REGIONS = 100

/** The text of an older link → its regions as uses; null where it names none. Never throws. */
export function parseRegions(text: string | null, known: Regions): StackFromLink | null {
  const named = RegionsText.safeParse(text ?? '').data?.filter(id => id !== '') ?? []
  if (named.length === 0) return null
  const found = named.filter(id => RegionId.safeParse(id).success && known.has(id))
  return {
    name: '',
    uses: usesOfRegions(found.slice(0, MAX_LINK_REGIONS)),
    unknown: named.filter(id => !known.has(id)).map(id => id.slice(0, MAX_UNKNOWN_CHARS)),
    over: Math.max(0, found.length - MAX_LINK_REGIONS),
  }
}

export const usesOfRegions = (regions: readonly RegionId[]): Use[] =>
  regions.map(region => ({ kind: 'region', region }))

/** Whether two lists have the same uses, in whatever order. */
export function hasSameUses(one: readonly Use[], other: readonly Use[]): boolean {
  const [first, second] = [new Set(one.map(formatUse)), new Set(other.map(formatUse))]
  return first.size === second.size && [...first].every(use => second.has(use))
}

import { z } from 'zod'
import type { Page } from '../../shared/domain/pages.ts'
import { RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import { pathOf } from '../ui/paths.ts'

/** What a shared link says: `?mine=azure.westeurope_aws.eu-central-1`. */
export type RegionsFromLink = {
  regions: readonly RegionId[]
  /** Names in the link that the catalogue does not have, as they are written there. */
  unknown: readonly string[]
  /** How many regions beyond `MAX_LINK_REGIONS` were left out. */
  over: number
}

export const MAX_LINK_REGIONS = 100
const MAX_LINK_CHARS = 4000
const MAX_UNKNOWN_CHARS = 64

/** Each provider is named once before its codes: the link stays short and needs no percent signs. */
const [PROVIDER_SEPARATOR, CODE_SEPARATOR] = ['_', '.']

/** Regions → the text of a link, in their order: `azure.westeurope.northeurope_aws.eu-central-1`. */
export function formatRegions(regions: Iterable<RegionId>): string {
  let text = ''
  let last = ''
  for (const id of regions) {
    const [provider = '', code = ''] = id.split('/')
    text += provider === last ? '' : `${text === '' ? '' : PROVIDER_SEPARATOR}${provider}`
    text += CODE_SEPARATOR + code
    last = provider
  }
  return text
}

/** `azure.a.b_aws.c`, or typed by hand `azure/a,azure/b,aws/c` → ids, which may be unknown. */
const LinkText = z
  .string()
  .max(MAX_LINK_CHARS)
  .transform(text => [
    ...new Set(
      text.split(/[_,]/).flatMap(run => {
        const [provider = '', ...codes] = run.trim().split(/[./]/)
        return codes.length === 0 ? provider : codes.map(code => `${provider}/${code}`)
      }),
    ),
  ])

/** The text of a link → its regions; null where it names none. Never throws. */
export function parseRegions(text: string | null, known: ReadonlyMap<RegionId, Region>): RegionsFromLink | null {
  const named = namedIn(text)
  if (named.length === 0) return null
  const found = named.filter(id => RegionId.safeParse(id).success && known.has(id))
  return {
    regions: found.slice(0, MAX_LINK_REGIONS),
    unknown: named.filter(id => !known.has(id)).map(id => id.slice(0, MAX_UNKNOWN_CHARS)),
    over: Math.max(0, found.length - MAX_LINK_REGIONS),
  }
}

export const namesRegions = (text: string | null): boolean => namedIn(text).length > 0

const namedIn = (text: string | null): string[] => LinkText.safeParse(text ?? '').data?.filter(id => id !== '') ?? []

/** The region whose panel an address opens on the dashboard; null where it opens none. */
export const parsePanel = (query: Pick<URLSearchParams, 'get'>): RegionId | null =>
  RegionId.safeParse(query.get('region')).data ?? null

export const pathOfPanel = (region: RegionId): string => `${pathOf({ name: 'dashboard' })}?region=${region}`

/** Where a link leads from the page `here`: on the dashboard, a region opens in its panel. */
export const pathFrom = (here: Page | null, to: Page): string =>
  here?.name === 'dashboard' && to.name === 'region' ? pathOfPanel(to.region) : pathOf(to)

import { z } from 'zod'
import type { RegionId } from '../../shared/domain/primitives.ts'
import { type Claim, RegionFacts, wholePercent } from '../../shared/domain/region.ts'
import type { Ask } from '../live/answer-to.ts'
import { answerTo } from '../live/answer-to.ts'
import { hostOf } from '../live/catalogue.ts'
import { dayText, type When } from '../ui/time.ts'
import type { Words } from '../words/en/page.ts'
import { type Fact, placeOfData } from './region-facts.ts'

/** Carbon and claims by region. They come with a page of their own request, as the live state is sent without them. */
export type SourcedFacts = ReadonlyMap<RegionId, RegionFacts>

const Answer = z.object({ facts: z.record(z.string(), RegionFacts) })

/** `GET /api/regions/facts`; empty when the server gives none. A browser keeps the answer for a day. */
export const askForFacts = async (ask: Ask): Promise<SourcedFacts> =>
  new Map(Object.entries(Answer.safeParse(await answerTo(ask, '/api/regions/facts')).data?.facts ?? {}))

/** Whose data the figures of the grid are, and their licence. @see NOTICE */
export const gridSource = {
  name: 'Electricity Maps',
  home: 'https://www.electricitymaps.com',
  licence: 'ODbL 1.0',
  licenceText: 'https://opendatacommons.org/licenses/odbl/1-0/',
} as const

/** One figure of a region's electricity: as its provider publishes it, and of the public grid. Null where not known. */
export type ElectricityRow = { label: string; published: string | null; grid: string | null }

/** The rows of a table whose two columns are never mixed; empty where nothing is known. */
export function electricityRows({ grid, published }: RegionFacts, { regions }: Words): ElectricityRow[] {
  if (grid === null && published === null) return []
  const say = regions.electricity
  const zone = grid && (grid.match === 'listed' ? grid.zone : `${grid.zone} (${say.zoneOf[grid.match]})`)
  const row = (label: string, of: (carbon: { carbonFree: number; intensity: number; year: number }) => string) => ({
    label,
    published: published && of(published),
    grid: grid && of(grid),
  })
  return [
    row(say.carbonFree, ({ carbonFree }) => regions.share(wholePercent(carbonFree))),
    row(say.intensity, ({ intensity }) => String(Math.round(intensity))),
    row(say.year, ({ year }) => String(year)),
    { label: say.zone, published: null, grid: zone },
  ]
}

/** What a comparison says of a region's grid, labelled as the grid's. */
export const gridFacts = (of: RegionFacts | undefined, { regions }: Words): Fact[] =>
  of?.grid
    ? [
        { label: regions.facts.gridCarbonFree, value: regions.share(wholePercent(of.grid.carbonFree)) },
        { label: regions.facts.gridIntensity, value: String(Math.round(of.grid.intensity)) },
      ]
    : []

/** A statement in the reader's language, with its page. `isQuoted`: the value is in the words of the source. */
export type ClaimRow = { label: string; value: string; source: string; from: string; isQuoted: boolean }

export function claimRows(claims: readonly Claim[], when: When): ClaimRow[] {
  const say = when.words.regions.claims
  return claims.map(({ claim, value, source, date }) => ({
    label: say[claim],
    value: claimValue(claim, value, when.words),
    source,
    from: say.source(hostOf(source), dayText(date, when)),
    isQuoted: claim !== 'residency' && claim !== 'restricted',
  }))
}

function claimValue(claim: Claim['claim'], value: string, { regions }: Words): string {
  if (claim === 'restricted') return regions.claims.onRequest
  return claim === 'residency' ? placeOfData(value, regions) : value
}

import { type Region, wholePercent } from '../../shared/domain/region.ts'
import { type Catalogue, placeName } from '../live/catalogue.ts'
import { pathOf } from '../ui/paths.ts'
import { timeIn, type When } from '../ui/time.ts'
import type { Words } from '../words/en/page.ts'

/** A named value. `href`: the page that says more about it. `isCode`: a code or digits, no words. */
export type Fact = { label: string; value: string; href?: string; isCode?: boolean }

export function regionFacts(region: Region, catalogue: Catalogue, when: When): Fact[] {
  const { facts, country, share } = when.words.regions
  const { residency } = region
  const known: [string, string | number | null][] = [
    [facts.code, region.code],
    [facts.name, region.name === region.code ? null : region.name],
    [facts.city, region.city],
    [facts.country, country(region.country)],
    [facts.zones, region.zones],
    [facts.localTime, timeIn(region.timezone, when)],
    [facts.opened, region.opened],
    [facts.pair, region.pair === null ? null : placeName(catalogue, region.pair)],
    [facts.access, region.restricted ? when.words.regions.claims.onRequest : null],
    [facts.residency, residency === null ? null : placeOfData(residency, when.words.regions)],
    [facts.carbonFree, region.carbonFree === null ? null : share(wholePercent(region.carbonFree))],
  ]
  return known.flatMap(([label, value]) =>
    value === null ? [] : [{ label, value: String(value), isCode: label === facts.code }],
  )
}

/** The same for the region's own page: with a link to its pair, and its coordinates. */
export function pageFacts(region: Region, catalogue: Catalogue, when: When): Fact[] {
  const { facts } = when.words.regions
  const own = regionFacts(region, catalogue, when).map(fact =>
    fact.label === facts.pair && region.pair !== null
      ? { ...fact, href: pathOf({ name: 'region', region: region.pair }) }
      : fact,
  )
  return [
    ...own,
    { label: when.words.places.coordinates, value: `${region.lat.toFixed(2)}, ${region.lon.toFixed(2)}`, isCode: true },
  ]
}

/** Where data stay: a country by its name, `EU` as it is. */
export const placeOfData = (residency: string, { country }: Pick<Words['regions'], 'country'>): string =>
  /^[A-Z]{2}$/.test(residency) && residency !== 'EU' ? country(residency) : residency

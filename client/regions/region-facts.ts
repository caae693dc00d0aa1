import type { Region } from '../../shared/domain/region.ts'
import { type Catalogue, placeName } from '../live/catalogue.ts'
import { pathOf } from '../ui/paths.ts'
import { timeIn, type When } from '../ui/time.ts'

/** `href`: the page that tells more of it. */
export type Fact = { label: string; value: string; href?: string }

/** What the catalogue knows of a region, as far as it knows it. */
export function regionFacts(region: Region, catalogue: Catalogue, when: When): Fact[] {
  const { facts, country, share } = when.words.regions
  const boundary = region.residency
  const known: [string, string | number | null][] = [
    [facts.code, region.code],
    [facts.name, region.name === region.code ? null : region.name],
    [facts.city, region.city],
    [facts.country, country(region.country)],
    [facts.zones, region.zones],
    [facts.localTime, timeIn(region.timezone, when)],
    [facts.opened, region.opened],
    [facts.pair, region.pair === null ? null : placeName(catalogue, region.pair)],
    [facts.residency, boundary !== null && /^[A-Z]{2}$/.test(boundary) ? country(boundary) : boundary],
    [facts.carbonFree, region.carbonFree === null ? null : share(Math.floor(region.carbonFree * 100))],
  ]
  return known.flatMap(([label, value]) => (value === null ? [] : [{ label, value: String(value) }]))
}

/** The same for the region's own page: its pair is a link, and it says where it stands. */
export function pageFacts(region: Region, catalogue: Catalogue, when: When): Fact[] {
  const { facts } = when.words.regions
  const own = regionFacts(region, catalogue, when).map(fact =>
    fact.label === facts.pair && region.pair !== null
      ? { ...fact, href: pathOf({ name: 'region', region: region.pair }) }
      : fact,
  )
  return [...own, { label: when.words.places.coordinates, value: `${region.lat.toFixed(2)}, ${region.lon.toFixed(2)}` }]
}

import type { Region } from '../../shared/domain/region.ts'
import { type Catalogue, placeName } from './catalogue.ts'
import { timeIn, type When } from './time.ts'

export type Fact = { label: string; value: string }

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

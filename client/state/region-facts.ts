import type { Region } from '../../shared/domain/region.ts'
import { type Catalogue, placeName } from './catalogue.ts'
import { timeIn, type When } from './time.ts'

export type Fact = { label: string; value: string }

const countries = new Intl.DisplayNames(['en'], { type: 'region' })

/** What the catalogue knows of a region, as far as it knows it. */
export function regionFacts(region: Region, catalogue: Catalogue, when: When): Fact[] {
  const facts: [string, string | number | null][] = [
    ['Code', region.code],
    ['Name', region.name === region.code ? null : region.name],
    ['City', region.city],
    ['Country', countryName(region.country)],
    ['Zones', region.zones],
    ['Local time', timeIn(region.timezone, when)],
    ['Opened', region.opened],
    ['Pair', region.pair === null ? null : placeName(catalogue, region.pair)],
    ['Data stay in', region.residency === null ? null : boundaryName(region.residency)],
    ['Carbon-free', region.carbonFree === null ? null : `${Math.floor(region.carbonFree * 100)} %`],
  ]
  return facts.flatMap(([label, value]) => (value === null ? [] : [{ label, value: String(value) }]))
}

/** ISO 3166-1 code → English name; the code itself where it is unknown. */
export const countryName = (code: string): string => countries.of(code) ?? code

const boundaryName = (residency: string): string => (/^[A-Z]{2}$/.test(residency) ? countryName(residency) : residency)

import type { Region } from '../../shared/domain/region.ts'
import { foldAccents } from '../../shared/domain/text.ts'
import type { PopPlace } from '../regions/pops.ts'

/** A place that a reader may name. */
export type City = { name: string; country: string; lat: number; lon: number }

/** Every city of the catalogue and of the edge locations, once a country, by name: all that is needed to find one offline. */
export function citiesOf(regions: Iterable<Region>, pops: Iterable<PopPlace>): City[] {
  const cities = new Map<string, City>()
  for (const { city: name, country, lat, lon } of [...regions, ...pops]) {
    const key = `${foldAccents(name)} ${country}`
    if (!cities.has(key)) cities.set(key, { name, country, lat, lon })
  }
  return [...cities.values()].sort((a, b) => a.name.localeCompare(b.name) || a.country.localeCompare(b.country))
}

/** Cities whose name, or a word of it, begins with the text, accents and capitals aside; those that begin with it come first. */
export function citiesLike(cities: readonly City[], text: string, most: number): City[] {
  const wanted = foldAccents(text.trim())
  if (wanted === '') return []
  const begins = cities.filter(({ name }) => foldAccents(name).startsWith(wanted))
  const within = cities.filter(
    ({ name }) => ` ${foldAccents(name)}`.includes(` ${wanted}`) && !begins.some(city => city.name === name),
  )
  return [...begins, ...within].slice(0, most)
}

import { fail, ok, type Result } from '../domain/primitives.ts'
import { Pop, type PopId } from '../domain/region.ts'
import { readTexts } from './catalogue.ts'
import { numberOf, parseProviderTables, type TableShape } from './table.ts'

/** Every known edge location, in the order of the files. */
export type Pops = ReadonlyMap<PopId, Pop>

/**
 * The texts of `<provider>.tsv` files → the edge locations. Pure, never throws. A failure lists every problem, one a
 * line. @see parseTable
 */
export function parsePops(files: readonly { name: string; text: string }[]): Result<Pops> {
  const pops = new Map<PopId, Pop>()
  const { tables, problems } = parseProviderTables(files, shapeOf)
  for (const { name, rows } of tables) {
    for (const { line, row } of rows) {
      if (pops.has(row.id))
        problems.push(`${name} line ${line}: 'iata: ${row.iata}' has a line already: keep one line a location`)
      pops.set(row.id, row)
    }
  }
  return problems.length > 0 ? fail(problems.join('\n')) : ok(pops)
}

/** The edge locations of all `*.tsv` in a directory. Throws an Error with the problems, one a line. */
export async function loadPops(dir: URL): Promise<Pops> {
  const pops = parsePops(await readTexts(dir, '.tsv', 'edge locations: add a file named <provider>.tsv'))
  if (!pops.ok) throw new Error(pops.error)
  return pops.value
}

const shapeOf = (provider: string): TableShape<'iata' | 'city' | 'country' | 'lat' | 'lon', Pop> => ({
  columns: ['iata', 'city', 'country', 'lat', 'lon'],
  rules: {
    iata: 'is not an airport: use the three capital letters of its IATA code, such as AMS',
    city: 'is not the name of a city: write 1 to 80 characters',
    country: 'is not a country: use its two capital letters in ISO 3166-1, such as NL',
    lat: 'is not a latitude: write degrees from -90 to 90',
    lon: 'is not a longitude: write degrees from -180 to 180',
  },
  parse: ({ iata, lat, lon, ...place }) =>
    Pop.safeParse({ ...place, id: `${provider}/${iata}`, provider, iata, lat: numberOf(lat), lon: numberOf(lon) }),
})

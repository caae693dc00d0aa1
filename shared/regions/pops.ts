import { basename } from 'node:path'
import { fail, ok, type Result, Slug } from '../domain/primitives.ts'
import { Pop, type PopId } from '../domain/region.ts'
import { readTexts } from './catalogue.ts'

/** Every known edge location, in the order of the files. */
export type Pops = ReadonlyMap<PopId, Pop>

/**
 * The texts of `<provider>.tsv` files → the edge locations. Pure, never throws. A failure lists every problem, one a
 * line, as `pops/cloudflare.tsv line 41: 'lat: 95' is not a latitude: write degrees from -90 to 90`. A file has comment
 * lines that begin with #, then a heading, then one line per location.
 */
export function parsePops(files: readonly { name: string; text: string }[]): Result<Pops> {
  const pops = new Map<PopId, Pop>()
  const problems: string[] = []
  for (const { name, text } of files) {
    const provider = basename(name, '.tsv')
    if (!Slug.safeParse(provider).success) problems.push(`${name}: is not named for a provider: use <provider>.tsv`)
    else if (text.length > MAX_CHARACTERS) problems.push(`${name}: longer than ${MAX_CHARACTERS} characters: split it`)
    else
      problems.push(...parseFile(provider, text, pops).map(({ line, problem }) => `${name} line ${line}: ${problem}`))
  }
  return problems.length > 0 ? fail(problems.join('\n')) : ok(pops)
}

/** The edge locations of all `*.tsv` in a directory. Throws an Error with the problems, one a line. */
export async function loadPops(dir: URL): Promise<Pops> {
  const pops = parsePops(await readTexts(dir, '.tsv', 'edge locations: add a file named <provider>.tsv'))
  if (!pops.ok) throw new Error(pops.error)
  return pops.value
}

const MAX_CHARACTERS = 1_000_000

const columns = ['iata', 'city', 'country', 'lat', 'lon'] as const
type Column = (typeof columns)[number]

const rules: Readonly<Record<Column, string>> = {
  iata: 'is not an airport: use the three capital letters of its IATA code, such as AMS',
  city: 'is not the name of a city: write 1 to 80 characters',
  country: 'is not a country: use its two capital letters in ISO 3166-1, such as NL',
  lat: 'is not a latitude: write degrees from -90 to 90',
  lon: 'is not a longitude: write degrees from -180 to 180',
}

type Problem = { line: number; problem: string }

function parseFile(provider: string, text: string, pops: Map<PopId, Pop>): Problem[] {
  const lines = text.split(/\r?\n/).map((line, at) => ({ line: at + 1, row: line }))
  const [heading, ...rows] = lines.filter(({ row }) => row.trim() !== '' && !row.startsWith('#'))
  if (heading?.row !== columns.join('\t'))
    return [{ line: heading?.line ?? 1, problem: `the heading is missing: write ${columns.join(', ')} between tabs` }]
  return rows.flatMap(({ line, row }) => {
    const pop = parseRow(provider, row)
    if (!pop.ok) return pop.error.split('\n').map(problem => ({ line, problem }))
    const { id, iata } = pop.value
    if (pops.has(id)) return [{ line, problem: `'iata: ${iata}' has a line already: keep one line a location` }]
    pops.set(id, pop.value)
    return []
  })
}

function parseRow(provider: string, row: string): Result<Pop> {
  const cells = row.split('\t')
  if (cells.length !== columns.length)
    return fail(`has ${cells.length} columns: write ${columns.join(', ')} between tabs`)
  const [iata = '', city = '', country = '', lat = '', lon = ''] = cells
  const id = `${provider}/${iata}`
  const pop = Pop.safeParse({ id, provider, iata, city, country, lat: degrees(lat), lon: degrees(lon) })
  if (pop.success) return ok(pop.data)
  const wrong = columns.flatMap((column, at) =>
    pop.error.issues.some(issue => issue.path[0] === column)
      ? `'${column}: ${(cells[at] ?? '').slice(0, 40)}' ${rules[column]}`
      : [],
  )
  return fail(wrong.join('\n'))
}

const degrees = (cell: string): number => (/^-?\d{1,3}(?:\.\d{1,6})?$/.test(cell) ? Number(cell) : Number.NaN)

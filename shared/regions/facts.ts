import { basename } from 'node:path'
import type { z } from 'zod'
import { fail, ok, RegionId, type Result } from '../domain/primitives.ts'
import { Claim, GridCarbon, PublishedCarbon, type Region, type RegionFacts } from '../domain/region.ts'
import { numberOf, parseTable, type TableShape } from './table.ts'

/** Facts by region. Every region of the catalogue has an entry. */
export type Facts = ReadonlyMap<RegionId, RegionFacts>

/** Regions with what the tables say of them, and all facts. */
export type WithFacts = { regions: ReadonlyMap<RegionId, Region>; facts: Facts }

/**
 * The texts of the tables → the facts of the catalogue's regions. Pure, never throws. A failure lists every problem,
 * one a line. @see parseTable
 */
export function addFacts(
  regions: ReadonlyMap<RegionId, Region>,
  files: readonly { name: string; text: string }[],
): Result<WithFacts> {
  const facts = new Map<RegionId, RegionFacts>()
  for (const id of regions.keys()) facts.set(id, { grid: null, published: null, claims: [] })
  const problems: string[] = []
  for (const { name, text } of files) {
    const read = tables[basename(name)]
    if (read === undefined)
      problems.push(`${name}: is no table of facts: the tables are ${Object.keys(tables).join(', ')}`)
    else problems.push(...read(name, text, facts))
  }
  const known = [...regions].map(([id, region]) => [id, withFacts(region, facts.get(id))] as const)
  return problems.length > 0 ? fail(problems.join('\n')) : ok({ regions: new Map(known), facts })
}

/** What a region's record takes from the tables, because filters and orders need it at once. */
function withFacts(region: Region, facts: RegionFacts | undefined): Region {
  const claims = facts?.claims ?? []
  return {
    ...region,
    carbonFree: facts?.published?.carbonFree ?? null,
    residency: claims.find(({ claim }) => claim === 'residency')?.value ?? null,
    restricted: claims.some(({ claim }) => claim === 'restricted'),
  }
}

type Row = { region: string; fact: Partial<RegionFacts> }

const carbonRules = {
  region: 'is not the id of a region: write <provider>/<code>',
  intensity: 'is not an intensity: write gCO2e per kWh, from 0 to 2000',
  carbonFree: 'is not a share: write 0 to 1',
  year: 'is not a year: write four digits',
}

type CarbonCells = Readonly<Record<'intensity' | 'carbonFree' | 'year', string>>
const carbonOf = ({ intensity, carbonFree, year }: CarbonCells) => ({
  intensity: numberOf(intensity),
  carbonFree: numberOf(carbonFree),
  year: numberOf(year),
})

const gridShape: TableShape<'region' | 'zone' | 'match' | 'intensity' | 'carbonFree' | 'year', Row> = {
  columns: ['region', 'zone', 'match', 'intensity', 'carbonFree', 'year'],
  rules: {
    ...carbonRules,
    zone: 'is not a zone of Electricity Maps: write it like US-CAL-CISO',
    match: `is not among what is allowed: use ${GridCarbon.shape.match.options.join(', ')}`,
  },
  parse: ({ region, zone, match, ...cells }) =>
    asRow(GridCarbon.extend({ region: RegionId }).safeParse({ region, zone, match, ...carbonOf(cells) }), grid => ({
      grid,
    })),
}

const publishedShape: TableShape<'region' | 'intensity' | 'carbonFree' | 'year', Row> = {
  columns: ['region', 'intensity', 'carbonFree', 'year'],
  rules: carbonRules,
  parse: ({ region, ...cells }) =>
    asRow(PublishedCarbon.extend({ region: RegionId }).safeParse({ region, ...carbonOf(cells) }), published => ({
      published,
    })),
}

const claimShape: TableShape<'region' | 'claim' | 'value' | 'source' | 'date', Row> = {
  columns: ['region', 'claim', 'value', 'source', 'date'],
  rules: {
    region: carbonRules.region,
    claim: `is not among what is allowed: use ${Claim.shape.claim.options.join(', ')}`,
    value: 'is no value: write 1 to 60 characters',
    source: 'is no address: a claim needs the page that states it',
    date: 'is not a day: write YYYY-MM-DD',
  },
  parse: cells => asRow(Claim.extend({ region: RegionId }).safeParse(cells), claim => ({ claims: [claim] })),
}

const readerOf =
  <Column extends string>(shape: TableShape<Column, Row>, key: (row: Row) => string) =>
  (name: string, text: string, facts: Map<RegionId, RegionFacts>): string[] => {
    const { rows, problems } = parseTable(name, text, shape)
    const seen = new Set<string>()
    for (const { line, row } of rows) {
      const known = facts.get(row.region)
      const at = `${name} line ${line}: '${key(row)}'`
      if (known === undefined) problems.push(`${at} is no region of the catalogue: use the id of one`)
      else if (seen.has(key(row))) problems.push(`${at} has a line already: keep one`)
      else facts.set(row.region, { ...known, ...row.fact, claims: [...known.claims, ...(row.fact.claims ?? [])] })
      seen.add(key(row))
    }
    return problems
  }

/** By file name. */
const tables: Readonly<Record<string, ReturnType<typeof readerOf>>> = {
  'carbon-grid.tsv': readerOf(gridShape, ({ region }) => region),
  'carbon-published.tsv': readerOf(publishedShape, ({ region }) => region),
  'claims.tsv': readerOf(claimShape, ({ region, fact }) => `${region} ${fact.claims?.[0]?.claim}`),
}

function asRow<Fact extends { region: string }>(
  read: z.ZodSafeParseResult<Fact>,
  factOf: (fact: Omit<Fact, 'region'>) => Partial<RegionFacts>,
): z.ZodSafeParseResult<Row> {
  if (!read.success) return { success: false, error: read.error as unknown as z.ZodError<Row> }
  const { region, ...fact } = read.data
  return { success: true, data: { region, fact: factOf(fact) } }
}

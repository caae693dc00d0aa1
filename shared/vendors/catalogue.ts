import { basename } from 'node:path'
import { z } from 'zod'
import { fail, ok, RegionId, type Result, Slug, text } from '../domain/primitives.ts'
import type { StackFacts } from '../domain/reason.ts'
import type { StatusFormat } from '../domain/source.ts'
import { type Dependency, Vendor, type VendorList, vendorCategories } from '../domain/vendor.ts'
import { parsedBeside, readTexts } from '../regions/catalogue.ts'
import { parseTable, type TableShape } from '../regions/table.ts'
import { loadParsed, type ParsedYaml } from '../yaml/parsed-yaml.ts'
import { readYaml } from '../yaml/yaml-file.ts'
import { factsOfList } from './vendor-facts.ts'
import { VendorFile, type VendorRow } from './vendor-file.ts'

/** A status source as the list has it: what a line with its address would say. */
export type VendorSource = { id: string; name: string; kind: StatusFormat; url: string; provider: string }

export type KnownVendor = Vendor & {
  /** Of the vendor as a whole, or of its first site; null where no format of it can be read. */
  source: VendorSource | null
  /** Of each site with a status page of its own. */
  siteSources: ReadonlyMap<string, VendorSource>
  /** Its pages, and those of its sites. */
  addresses: readonly { url: string; site: string | null }[]
  isUnsure: boolean
}

/** All vendors, in the order of the files, and what they depend on. */
export type VendorCatalogue = { vendors: ReadonlyMap<string, KnownVendor>; dependencies: readonly Dependency[] }

type File = { name: string; text: string }

/**
 * The texts of `<category>.yaml` files and of the table of dependencies → the vendors. Pure, never throws. A failure
 * lists every problem, one a line, as `data.yaml line 4: 'aliases: Atlas' also means mongodb: …`.
 */
export function parseVendors(
  files: readonly File[],
  depends: File = { name: 'depends.tsv', text: columns.join('\t') },
  known?: ParsedYaml,
): Result<VendorCatalogue> {
  const rows: { row: VendorRow; category: string; at: (key: keyof VendorRow) => string }[] = []
  const problems: string[] = []
  for (const { name, text } of files) {
    const category = basename(name, '.yaml')
    const file = readYaml(name, text, VendorFile, known)
    if (!vendorCategories.some(one => one === category))
      problems.push(`${name}: is not named for a category: use ${vendorCategories.join(', ')}`)
    else if (!file.ok) problems.push(file.error)
    else
      for (const [index, row] of file.value.value.vendors.entries())
        rows.push({ row, category, at: key => `${name} line ${file.value.lineOf(['vendors', index, key])}` })
  }
  problems.push(...wordsOfTwo(rows))
  const table = parseTable(depends.name, depends.text, dependsShape)
  problems.push(...table.problems)
  const ids = new Set(rows.map(({ row }) => row.id))
  for (const { line, row } of table.rows)
    if (problems.length === 0 && !ids.has(row.vendor))
      problems.push(`${depends.name} line ${line}: 'vendor: ${row.vendor}' is not a vendor of the list: add its line`)
  if (problems.length > 0) return fail(problems.join('\n'))
  const dependencies = table.rows.map(({ row }) => row)
  const vendors = rows.map(({ row, category }) => toVendor(row, category, dependencies))
  return ok({ vendors: new Map(vendors.map(vendor => [vendor.id, vendor])), dependencies })
}

/** The vendors of all `*.yaml` in a directory and its `depends.tsv`. Throws an Error with the problems, one a line. */
export async function loadVendors(dir: URL): Promise<VendorCatalogue> {
  const files = await readTexts(dir, '.yaml', 'vendors: take them from a release')
  const [depends] = await readTexts(dir, 'depends.tsv', 'depends.tsv: take it from a release')
  const vendors = parseVendors(files, depends, await loadParsed(parsedBeside(dir)))
  if (!vendors.ok) throw new Error(vendors.error)
  return vendors.value
}

/** The vendors as pages and programs get them: without what only workers need. */
export function slimVendors({ vendors, dependencies }: VendorCatalogue): VendorList {
  const sites = [...vendors.values()].flatMap(({ siteSources }) =>
    [...siteSources].map(([site, { id }]) => [id, site] as const),
  )
  const slim = [...vendors.values()].map(vendor => Vendor.parse(vendor))
  return { vendors: slim, dependencies: [...dependencies], siteSources: Object.fromEntries(sites) }
}

/** What `concerns` asks about vendors. */
export const vendorFacts = (catalogue: VendorCatalogue): Pick<StackFacts, 'dependencies' | 'siteOf'> =>
  factsOfList(slimVendors(catalogue))

function toVendor(row: VendorRow, category: string, dependencies: readonly Dependency[]): KnownVendor {
  const { id, name, aliases, domains, kind, url = '', home = url, isUnsure, sites } = row
  const own = kind && { id: row.source ?? id, name, kind, url, provider: id }
  const siteSources = sites.flatMap(site => {
    if (own === undefined) return []
    const source =
      site.url === undefined
        ? own
        : { ...own, id: `${id}-${site.id}`, name: `${name} ${site.id.toUpperCase()}`, url: site.url }
    return [[site.id, source] as const]
  })
  return {
    ...{ id, name, aliases, domains, home, isUnsure },
    category: vendorCategories.find(one => one === category) ?? 'other',
    hasSource: own !== undefined,
    sites: [
      ...new Set(
        [...sites, ...dependencies.filter(({ vendor }) => vendor === id).map(({ site }) => ({ id: site }))].map(
          site => site.id,
        ),
      ),
    ],
    source: own ?? null,
    siteSources: new Map(siteSources),
    addresses: [
      ...[home, url].map(one => ({ url: one, site: null })),
      ...sites.flatMap(site => [site.home, site.url].map(one => ({ url: one ?? '', site: site.id }))),
    ].filter(address => address.url !== ''),
  }
}

/** Ids, names, aliases and domains that two vendors have: whoever writes one means one. */
function wordsOfTwo(rows: readonly { row: VendorRow; at: (key: keyof VendorRow) => string }[]): string[] {
  const owners = new Map<string, string>()
  return rows.flatMap(({ row, at }) => {
    const words = [...new Set([row.id, row.name, ...row.aliases, ...row.domains].map(word => word.toLowerCase()))]
    return words.flatMap(word => {
      const owner = owners.get(word)
      owners.set(word, row.id)
      return owner === undefined
        ? []
        : [`${at('id')}: '${row.id}: ${word}' also means ${owner}: leave out a word that two vendors share`]
    })
  })
}

const columns = ['vendor', 'site', 'region', 'relation', 'source'] as const
const relations = ['runs-in', 'one-of'] as const
const dependsShape: TableShape<(typeof columns)[number], Dependency> = {
  columns,
  rules: {
    vendor: 'is not an id: use a-z, 0-9 and inner hyphens',
    site: 'is not a site: use a-z, 0-9 and inner hyphens',
    region: 'is not the id of a region: write <provider>/<code>',
    relation: `is not a relation: write ${relations.join(' or ')}`,
    source: 'is missing: say where the vendor says so',
  },
  parse: cells => DependsRow.safeParse(cells),
}
const DependsRow = z
  .object({ vendor: Slug, site: Slug, region: RegionId, relation: z.enum(relations), source: text(120).min(1) })
  .transform(({ relation, ...row }) => ({ ...row, isCertain: relation === 'runs-in' }))

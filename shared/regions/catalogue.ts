import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CountryOf } from '../domain/channels.ts'
import { fail, ok, type RegionId, type Result } from '../domain/primitives.ts'
import type { Provider, Region } from '../domain/region.ts'
import { loadParsed, type ParsedYaml } from '../yaml/parsed-yaml.ts'
import { readYaml } from '../yaml/yaml-file.ts'
import { addFacts, type Facts } from './facts.ts'
import { ProviderFile, toRegion } from './provider-file.ts'

/** Every known provider and region, each in the order of the files. */
export type Catalogue = { providers: ReadonlyMap<string, Provider>; regions: ReadonlyMap<RegionId, Region> }

/**
 * The texts of the providers' files → the catalogue. Pure, never throws. A failure lists every problem, one a line, as
 * `azure.yaml line 41: 'zones: three' is not a number: write it in digits`.
 */
export function parseCatalogue(
  files: readonly { name: string; text: string }[],
  known?: ParsedYaml,
): Result<Catalogue> {
  const providers = new Map<string, Provider>()
  const regions = new Map<RegionId, Region>()
  const problems: string[] = []
  for (const { name, text } of files) {
    const file = readYaml(name, text, ProviderFile, known)
    if (!file.ok) {
      problems.push(file.error)
      continue
    }
    const { provider, regions: rows } = file.value.value
    if (providers.has(provider.id)) {
      const line = file.value.lineOf(['provider', 'id'])
      problems.push(`${name} line ${line}: 'id: ${provider.id}' has a file already: keep one file a provider`)
    }
    providers.set(provider.id, provider)
    for (const row of rows) {
      const region = toRegion(provider.id, row)
      regions.set(region.id, region)
    }
  }
  return problems.length > 0 ? fail(problems.join('\n')) : ok({ providers, regions })
}

/**
 * The catalogue of all `*.yaml` in a directory, with the facts of the tables in its `facts/`. Throws an Error with the
 * problems, one a line.
 */
export async function loadCatalogue(dir: URL): Promise<Catalogue & { facts: Facts }> {
  const files = await readTexts(dir, '.yaml', 'region files: add one named <provider>.yaml')
  const catalogue = parseCatalogue(files, await loadParsed(parsedBeside(dir)))
  if (!catalogue.ok) throw new Error(catalogue.error)
  const tables = await readTexts(
    new URL('facts/', ensureSlash(dir)),
    '.tsv',
    'tables of facts: take them from a release',
  )
  const known = addFacts(catalogue.value.regions, tables)
  if (!known.ok) throw new Error(known.error)
  return { ...catalogue.value, ...known.value }
}

/** What the build of a folder in `shared/` keeps. */
export const parsedBeside = (dir: URL): URL => new URL('../../dist/parsed.json', ensureSlash(dir))

const ensureSlash = (dir: URL): URL => new URL(dir.href.replace(/\/?$/, '/'))

/** All files of a directory with an ending, by name. Throws an Error where it holds none; `missing` says what to add. */
export async function readTexts(dir: URL, ending: string, missing: string): Promise<{ name: string; text: string }[]> {
  const folder = fileURLToPath(dir)
  const names = (await readdir(folder)).filter(name => name.endsWith(ending)).sort()
  if (names.length === 0) throw new Error(`${folder} holds no ${missing}`)
  const read = (name: string) => readFile(join(folder, name), 'utf8')
  return Promise.all(names.map(async name => ({ name: join(basename(folder), name), text: await read(name) })))
}

export const countryOf =
  (catalogue: Catalogue): CountryOf =>
  region =>
    catalogue.regions.get(region)?.country

import { readFile } from 'node:fs/promises'
import type { Result } from '../../../shared/domain/primitives.ts'
import { formatUse } from '../../../shared/domain/stack.ts'
import type { ServiceWords, VendorWords } from '../../../shared/import/finding.ts'
import { createImport, type Imported } from '../../../shared/import/import.ts'
import { parseTypes, type TypeTables, typeTables } from '../../../shared/import/type-table.ts'
import { loadCatalogue } from '../../../shared/regions/catalogue.ts'

const folder = new URL('../../../shared/services/types/', import.meta.url)
export const textOf = (name: string): Promise<string> => readFile(new URL(`${name}.tsv`, folder), 'utf8')

export const types = Object.fromEntries(
  await Promise.all(
    typeTables.map(async name => {
      const table = parseTypes(`${name}.tsv`, await textOf(name))
      if (!table.ok) throw new Error(table.error)
      return [name, table.value] as const
    }),
  ),
  // The compiler does not count the entries.
) as unknown as TypeTables

/** Every target of the tables. */
export const targets = new Set(
  (await Promise.all(typeTables.map(textOf))).flatMap(text =>
    [...text.matchAll(/^([a-z0-9/-]+)\t/gm)].flatMap(([, one]) => one ?? []),
  ),
)
targets.delete('target')

const aliases: Readonly<Record<string, string[]>> = {
  'aws/lambda': ['Lambda'],
  'aws/grafana': ['Grafana'],
  'azure/functions': ['Functions'],
  'azure/virtual-machines': ['VM'],
  'oracle/functions': ['Functions'],
  'google/cloud-functions': ['Functions'],
  'google/gke': ['GKE', 'Kubernetes Engine'],
  'linode/object-storage': ['Object Storage'],
  'oracle/object-storage': ['Object Storage'],
}
const global =
  /^(?:aws\/(?:iam|route53|cloudfront)|azure\/(?:front-door|azure-dns|resource-manager|entra-id)|google\/(?:iam|pubsub|vpc|cloud-dns|cloud-load-balancing))$/
const zonal =
  /^(?:aws\/(?:ec2|vpc|ebs|rds)|azure\/(?:virtual-machines|aks)|google\/(?:compute-engine|persistent-disk|gke))$/

const services = [...targets, 'azure/functions', 'oracle/functions']
  .filter(target => target.includes('/'))
  .map((id): ServiceWords => {
    const name = id.slice(id.indexOf('/') + 1).replaceAll('-', ' ')
    return {
      id,
      name,
      aliases: aliases[id] ?? [],
      scope: global.test(id) ? 'global' : zonal.test(id) ? 'zonal' : 'regional',
    }
  })

const own: VendorWords[] = [
  { id: 'aws', name: 'Amazon Web Services', aliases: ['AWS', 'Lambda'], domains: ['aws.amazon.com'] },
  { id: 'google', name: 'Google Cloud', aliases: ['GCP'], domains: ['cloud.google.com'] },
  { id: 'github', name: 'GitHub', aliases: ['GH', 'Copilot'], domains: ['github.com'], parts: ['Actions', 'Packages'] },
  {
    id: 'datadog',
    name: 'Datadog',
    aliases: ['DD'],
    domains: ['datadoghq.com'],
    sites: [{ id: 'us1' }, { id: 'eu1' }],
  },
]
const vendors = [...targets]
  .filter(target => !target.includes('/') && !own.some(({ id }) => id === target))
  .map((id): VendorWords => ({ id, name: id, aliases: [], domains: [`${id}.com`] }))

const { regions } = await loadCatalogue(new URL('../../../shared/regions/', import.meta.url))

export const importTexts = createImport({ regions, services, vendors: [...own, ...vendors], types })

export function importOf(...texts: (string | object)[]): Imported {
  const imported: Result<Imported> = importTexts(
    texts.map(one => (typeof one === 'string' ? one : JSON.stringify(one))),
  )
  if (!imported.ok) throw new Error(imported.error)
  return imported.value
}

/** The uses in their text form, each with its number where that is not 1. */
export const usesOf = (...texts: (string | object)[]): string[] =>
  importOf(...texts).uses.map(({ use, count }) => formatUse(use) + (count === 1 ? '' : ` ${count}`))

import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import type { Result } from '../../../shared/domain/primitives.ts'
import { formatUse } from '../../../shared/domain/stack.ts'
import { createImport, type Imported } from '../../../shared/import/import.ts'
import { importReport, stackYaml } from '../../../shared/import/stack-yaml.ts'
import { parseTypeTables } from '../../../shared/import/type-table.ts'
import { loadCatalogue } from '../../../shared/regions/catalogue.ts'
import { loadServices } from '../../../shared/services/service-table.ts'
import { loadVendors } from '../../../shared/vendors/catalogue.ts'
import { canaries } from './states.ts'

const folder = new URL('../../../shared/services/types/', import.meta.url)
const textOf = (name: string): Promise<string> => readFile(new URL(`${name}.tsv`, folder), 'utf8')
const texts = {
  terraform: await textOf('terraform'),
  cloudformation: await textOf('cloudformation'),
  arm: await textOf('arm'),
  arn: await textOf('arn'),
  'google-assets': await textOf('google-assets'),
}
export const types = parseTypeTables(texts)

/** Every target of the tables. */
export const targets = new Set(
  Object.values(texts).flatMap(text => [...text.matchAll(/^([a-z0-9/-]+)\t/gm)].flatMap(([, target]) => target ?? [])),
)
targets.delete('target')

export const services = await loadServices(new URL('../../../shared/services/', import.meta.url))
export const { vendors } = await loadVendors(new URL('../../../shared/vendors/', import.meta.url))
const { regions } = await loadCatalogue(new URL('../../../shared/regions/', import.meta.url))

const importFiles = createImport({ regions, services: services.values(), vendors: vendors.values(), types })

export const importTexts = (...texts: (string | object)[]): Result<Imported> =>
  importFiles(texts.map(one => ({ name: 'it', text: typeof one === 'string' ? one : JSON.stringify(one) })))

export function importOf(...texts: (string | object)[]): Imported {
  const imported = importTexts(...texts)
  if (!imported.ok) throw new Error(imported.error)
  // Whatever a test gives, nothing of it but the uses may come out.
  const { uses } = imported.value
  const shown = JSON.stringify(imported) + stackYaml('shop', 'Shop', uses) + importReport(imported.value)
  for (const canary of Object.values(canaries)) expect(shown).not.toContain(canary)
  return imported.value
}

/** The uses in their text form, each with its number where that is not 1. */
export const usesOf = (...texts: (string | object)[]): string[] =>
  importOf(...texts).uses.map(({ use, count }) => formatUse(use) + (count === 1 ? '' : ` ${count}`))

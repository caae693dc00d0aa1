import { z } from 'zod'
import { Slug } from '../domain/primitives.ts'
import { ServiceId } from '../domain/service.ts'
import { parseTable } from '../regions/table.ts'

/**
 * The services (`aws/lambda`) and vendors (`stripe`) that a type of resource belongs to; none for an unknown one.
 * @param variant what tells a type apart where the table says so: its kind or engine
 */
export type TypeTable = (type: string, variant?: string) => readonly string[]

/** The files of `shared/services/types/`, one for each way of naming types. */
export const typeTableNames = ['terraform', 'cloudformation', 'arm', 'arn', 'google-assets'] as const
export type TypeTables = Readonly<Record<(typeof typeTableNames)[number], TypeTable>>

/** The texts of the files → the tables. Throws an Error with the problems, one a line: they ship with the program. */
export const parseTypeTables = (texts: Readonly<Record<keyof TypeTables, string>>): TypeTables => ({
  terraform: parseTypes('terraform.tsv', texts.terraform),
  cloudformation: parseTypes('cloudformation.tsv', texts.cloudformation),
  arm: parseTypes('arm.tsv', texts.arm),
  arn: parseTypes('arn.tsv', texts.arn),
  'google-assets': parseTypes('google-assets.tsv', texts['google-assets']),
})

/**
 * A type without `*` wins over one with it, the longest text before `*` over the others; capitals do not matter.
 * @throws an Error with the problems, one a line
 */
export function parseTypes(name: string, text: string): TypeTable {
  const { rows, problems } = parseTable(name, text, {
    columns: ['target', 'types'],
    rules: {
      target: 'is neither a service nor a vendor: write it like aws/lambda or stripe',
      types: 'is no list of types: write them with single spaces between',
    },
    parse: cells => Row.safeParse(cells),
  })
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const [exact, globs] = [new Map<string, string[]>(), new Map<string, string[]>()]
  for (const { row } of rows)
    for (const type of row.types)
      for (const form of new Set([type.toLowerCase(), joined(type.toLowerCase())])) {
        const [map, key] = form.endsWith('*') ? [globs, form.slice(0, -1)] : [exact, form]
        map.set(key, [...(map.get(key) ?? []), row.target])
      }
  /** @param shortest a text before `*` has at least so many characters */
  const find = (type: string, shortest: number): string[] | undefined => {
    let found = exact.get(type)
    for (let end = type.length; found === undefined && end >= shortest; end--) found = globs.get(type.slice(0, end))
    return found
  }
  return (written, variant) => {
    if (written.length > MAX_CHARACTERS) return []
    const type = written.toLowerCase()
    // Only a pattern that names the variant counts: `aws_*` says nothing about an engine.
    const special = variant && find(`${type}:${variant.slice(0, MAX_CHARACTERS).toLowerCase()}`, type.length + 2)
    return special || (find(type, 1) ?? find(joined(type), 1) ?? [])
  }
}

const MAX_CHARACTERS = 200

/** Pulumi joins what Terraform separates: google_artifactregistry_repository. No type with `_` is mistaken for one. */
const joined = (type: string): string => type.replaceAll('_', '')

const Row = z.object({
  target: z.union([ServiceId, Slug]),
  types: z
    .string()
    .regex(/^\S+(?: \S+)*$/)
    .transform(types => types.split(' ')),
})

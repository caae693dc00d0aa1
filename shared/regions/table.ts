import type { z } from 'zod'
import { Slug } from '../domain/primitives.ts'

/** The lines of a table that fit, each with its number in the file, and what is wrong with the others. */
export type Table<Row> = { rows: { line: number; row: Row }[]; problems: string[] }

/** What the columns of a table are, in their order, and what to do about a cell that does not fit. */
export type TableShape<Column extends string, Row> = {
  columns: readonly Column[]
  rules: Readonly<Record<Column, string>>
  /** Cells → a record. An issue's path begins with the name of its column. */
  parse: (cells: Readonly<Record<Column, string>>) => z.ZodSafeParseResult<Row>
}

const MAX_CHARACTERS = 1_000_000
const MAX_SHOWN_CHARACTERS = 40

/**
 * The text of a `.tsv` file → its rows. Pure, never throws. A file has comment lines that begin with #, then a heading,
 * then one line a record. A problem reads `pops/cloudflare.tsv line 41: 'lat: 95' is not a latitude: write degrees`.
 */
export function parseTable<Column extends string, Row>(
  name: string,
  text: string,
  shape: TableShape<Column, Row>,
): Table<Row> {
  const { columns } = shape
  const between = `write ${columns.join(', ')} between tabs`
  if (text.length > MAX_CHARACTERS)
    return { rows: [], problems: [`${name}: longer than ${MAX_CHARACTERS} characters: split it`] }
  const lines = text.split(/\r?\n/).map((content, at) => ({ line: at + 1, content }))
  const [heading, ...records] = lines.filter(({ content }) => content.trim() !== '' && !content.startsWith('#'))
  if (heading?.content !== columns.join('\t'))
    return { rows: [], problems: [`${name} line ${heading?.line ?? 1}: the heading is missing: ${between}`] }
  const table: Table<Row> = { rows: [], problems: [] }
  for (const { line, content } of records) {
    const cells = content.split('\t')
    const fail = (problem: string) => table.problems.push(`${name} line ${line}: ${problem}`)
    if (cells.length !== columns.length) {
      fail(`has ${cells.length} columns: ${between}`)
      continue
    }
    const named = Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ''])) as Record<Column, string>
    const record = shape.parse(named)
    if (record.success) table.rows.push({ line, row: record.data })
    else
      for (const column of columns.filter(one => record.error.issues.some(issue => issue.path[0] === one)))
        fail(`'${column}: ${named[column].slice(0, MAX_SHOWN_CHARACTERS)}' ${shape.rules[column]}`)
  }
  return table
}

/** The tables of `<provider>.tsv` files, in their order; `problems` has those of all. Pure, never throws. */
export function parseProviderTables<Column extends string, Row>(
  files: readonly { name: string; text: string }[],
  shapeOf: (provider: string) => TableShape<Column, Row>,
): { tables: { name: string; rows: Table<Row>['rows'] }[]; problems: string[] } {
  const problems: string[] = []
  const tables = files.flatMap(({ name, text }) => {
    // pages read tables too, and have no `node:path`
    const provider = name.slice(name.lastIndexOf('/') + 1).replace(/\.tsv$/, '')
    if (!Slug.safeParse(provider).success) {
      problems.push(`${name}: is not named for a provider: use <provider>.tsv`)
      return []
    }
    const table = parseTable(name, text, shapeOf(provider))
    problems.push(...table.problems)
    return [{ name, rows: table.rows }]
  })
  return { tables, problems }
}

/** A cell in digits, with a dot before the decimals → a number; NaN for anything else. */
export const numberOf = (cell: string): number => (/^-?\d{1,4}(?:\.\d{1,6})?$/.test(cell) ? Number(cell) : Number.NaN)

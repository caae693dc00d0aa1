/** Rows, the names of the columns first → a table of Markdown, laid out as the formatter does. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows
  const widths = head.map((_, column) => Math.max(3, ...rows.map(row => row[column]?.length ?? 0)))
  const lineOf = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [lineOf(head), lineOf(widths.map(width => '-'.repeat(width))), ...body.map(lineOf), ''].join('\n')
}

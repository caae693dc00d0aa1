import { formatUse, type Use } from '../domain/stack.ts'
import type { CountedUse } from './gather.ts'

/** The uses as a stack of the sources file: one a line with the number of what says so, grouped by cloud. */
export function stackYaml(id: string, name: string, uses: readonly CountedUse[]): string {
  const lines = [`- id: ${id}`, `  name: ${name}`, '  uses:']
  let group = ''
  for (const { use, count } of uses) {
    const next = groupOf(use)
    if (next !== group) lines.push(`    # ${next}`)
    group = next
    lines.push(`    - ${scalar(formatUse(use))} # ${count}`)
  }
  if (uses.length === 0) lines[2] = '  uses: []'
  return `${lines.join('\n')}\n`
}

const groupOf = (use: Use): string =>
  use.kind === 'service'
    ? use.service.replace(/\/.*/, '')
    : use.kind === 'region'
      ? 'regions'
      : use.kind === 'vendor'
        ? 'vendors'
        : 'others'

/** Quoted where YAML would read it as something else. */
const scalar = (text: string): string =>
  /^[a-z][a-z0-9/@,-]*$/.test(text) && !yamlWords.has(text) ? text : JSON.stringify(text)

const yamlWords: ReadonlySet<string> = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off'])

import { formatUse, MAX_USES, type Use } from '../domain/stack.ts'
import type { Imported, ImportKind } from './import.ts'

/** `count`: how many resources or lines say so, where the use comes from files. */
type WrittenUse = { use: Use; count?: number; isUnplaced?: boolean }

/** The uses as a stack of the sources file: one a line with the number of what says so, grouped by cloud; as many as it has room for. */
export function stackYaml(id: string, name: string, uses: readonly WrittenUse[]): string {
  const lines = [`- id: ${id}`, `  name: ${nameText(name)}`, uses.length === 0 ? '  uses: []' : '  uses:']
  let group = ''
  for (const { use, count, isUnplaced } of uses.slice(0, MAX_USES)) {
    const next = groupOf(use)
    if (next !== group) lines.push(`    # ${next}`)
    group = next
    const remark = [count ?? [], isUnplaced ? 'where? Add @<region>' : []].flat().join(', ')
    lines.push(`    - ${scalar(formatUse(use))}${remark === '' ? '' : ` # ${remark}`}`)
  }
  return `${lines.join('\n')}\n`
}

/** What was read, and what was not understood, for people: some lines. */
export function importReport({ kinds, uses, notUnderstood }: Imported): string {
  const all = uses.reduce((total, { count }) => total + count, 0)
  const lines = [`Read ${kinds.map(kind => kindNames[kind]).join(', ')}: ${uses.length} uses, said ${all} times`]
  const over = uses.length - MAX_USES
  if (over > 0) lines.push(`A stack has room for ${MAX_USES}: ${over} were left out`)
  const unplaced = uses.filter(({ isUnplaced }) => isUnplaced).length
  if (unplaced > 0) lines.push(`Without a region, which then may be any: ${unplaced} of them`)
  for (const [kind, heading] of Object.entries(headings)) {
    const these = notUnderstood.filter(one => one.kind === kind)
    if (these.length > 0)
      lines.push(`${heading}: ${these.map(({ what, count }) => (count > 1 ? `${what} (${count})` : what)).join(', ')}`)
  }
  if (uses.length > 0) lines.push('Put it under stacks: in the sources file. A wall shows it at /wall?stack=<its id>')
  return `${lines.join('\n')}\n`
}

const headings = {
  type: 'Left out, as what it is is not known',
  place: 'Of these a region is not known',
  line: 'Not understood, by the number of the line',
} satisfies Record<Imported['notUnderstood'][number]['kind'], string>

const kindNames: Readonly<Record<ImportKind, string>> = {
  'terraform-state': 'a state of Terraform',
  'terraform-show': 'what terraform show prints',
  'terraform-code': "Terraform's code",
  pulumi: 'a stack of Pulumi',
  cloudformation: 'a template of CloudFormation',
  'stack-resources': 'the resources of a CloudFormation stack',
  arm: 'a template of Azure',
  bicep: 'Bicep',
  nodes: 'nodes of Kubernetes',
  inventory: 'an inventory',
  words: 'a list of words',
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

const nameText = (name: string): string =>
  /^[A-Za-z][A-Za-z0-9 -]*$/.test(name) && !yamlWords.has(name.toLowerCase()) ? name : JSON.stringify(name)

const yamlWords: ReadonlySet<string> = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off'])

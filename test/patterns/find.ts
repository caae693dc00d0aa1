import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'svelte/compiler'
import ts from 'typescript'

/** A regular expression in the code. */
export type Pattern = {
  /** `workers/feeds/feed.ts:20` */
  place: string
  source: string
  flags: string
}

/** What is found: patterns that are written out, and the places where one is put together while the program runs. */
export type Found = { literals: Pattern[]; made: string[] }

const root = fileURLToPath(new URL('../..', import.meta.url))

/** All regular expressions of these folders' TypeScript, JavaScript and Svelte, by their syntax trees. */
export function patternsIn(folders: readonly string[]): Found {
  const found: Found = { literals: [], made: [] }
  for (const folder of folders)
    for (const entry of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })) {
      const file = path.join(folder, entry)
      if (/\.m?[jt]s$/.test(file)) inScript(file, read(file), found)
      else if (file.endsWith('.svelte')) inComponent(file, read(file), found)
    }
  return found
}

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')

function inScript(file: string, text: string, found: Found): void {
  const script = ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
  const place = (node: ts.Node) => `${file}:${script.getLineAndCharacterOfPosition(node.getStart(script)).line + 1}`
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      found.literals.push({ place: place(node), source: node.text.slice(1, end), flags: node.text.slice(end + 1) })
    } else if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText(script) === 'RegExp')
      found.made.push(place(node))
    ts.forEachChild(node, visit)
  }
  visit(script)
}

/** Both script and markup: Svelte's tree has the expressions of either as ESTree nodes. */
function inComponent(file: string, text: string, found: Found): void {
  const place = (start: unknown) => `${file}:${text.slice(0, Number(start)).split('\n').length}`
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    if ('regex' in node && isRegex(node.regex) && 'start' in node)
      found.literals.push({ place: place(node.start), source: node.regex.pattern, flags: node.regex.flags })
    if ('callee' in node && isNamed(node.callee, 'RegExp') && 'start' in node) found.made.push(place(node.start))
    for (const child of Object.values(node)) visit(child)
  }
  visit(parse(text, { modern: true, filename: file }))
}

const isRegex = (value: unknown): value is { pattern: string; flags: string } =>
  typeof value === 'object' && value !== null && 'pattern' in value && 'flags' in value

const isNamed = (node: unknown, name: string): boolean =>
  typeof node === 'object' && node !== null && 'name' in node && node.name === name

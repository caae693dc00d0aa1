import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { fail, ok, type Result } from '../domain/primitives.ts'

/** Steps from the top of a file to a value: keys and positions. */
type Path = readonly PropertyKey[]

/** What a file says, and the line (from 1) on which the value at a path stands. */
export type YamlFile<T> = { value: T; lineOf: (path: Path) => number }

const MAX_CHARACTERS = 4_000_000
/** Bounds what the aliases of a file may unfold to. @see https://eemeli.org/yaml/#tojs-options */
const MAX_ALIAS_COUNT = 100

/**
 * YAML 1.2 text → the value that the schema makes of it. Never throws: a failure lists every problem, one a line, as
 * `config/sources.yaml line 12: 'every: 5 minutes' is not a duration: write it like 20s, 5m or 1h`.
 * A schema's own messages are written to fit: the rule that was broken, a colon, the mend.
 */
export function readYaml<S extends z.ZodType>(name: string, text: string, schema: S): Result<YamlFile<z.output<S>>> {
  if (text.length > MAX_CHARACTERS) return fail(`${name}: longer than ${MAX_CHARACTERS} characters: split it`)
  try {
    const lines = new LineCounter()
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' })
    if (document.errors.length > 0) {
      const problems = document.errors.map(
        error => `${name} line ${lines.linePos(error.pos[0]).line}: ${error.message}`,
      )
      return fail([...new Set(problems)].join('\n'))
    }
    const lineOf = (path: Path): number => lines.linePos(offsetOf(document, path)).line
    const raw: unknown = document.toJS({ maxAliasCount: MAX_ALIAS_COUNT })
    const parsed = schema.safeParse(raw, { error: inOurWords })
    if (parsed.success) return ok({ value: parsed.data, lineOf })
    const problems = parsed.error.issues.flatMap(flatten).map(issue => ({
      line: lineOf(issue.path),
      text: tell(raw, issue),
    }))
    problems.sort((a, b) => a.line - b.line)
    return fail(problems.map(({ line, text }) => `${name} line ${line}: ${text}`).join('\n'))
  } catch (error) {
    // the parser throws at what aliases or nesting would unfold to
    return fail(`${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** A map that refuses keys which are not its own, and names the one that was probably meant. */
export const strict = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, {
    error: issue =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map(key => unknownKey(key, Object.keys(shape))).join('\n')
        : undefined,
  })

const unknownKey = (key: string, known: string[]): string => {
  const meant = nearestWord(key, known)
  return `is not a key here: ${meant === null ? `use ${known.join(', ')}` : `did you mean '${meant}'?`}`
}

/** A schema with one message for all that it refuses. */
export const inWords = <S extends z.ZodType>(schema: S, message: string) =>
  z.custom<z.output<S>>(value => schema.safeParse(value).success, { message, abort: false })

type Issue = { path: Path; message: string }

/** Unknown keys come as one issue with a message a line; each gets its own place. */
const flatten = (issue: z.core.$ZodIssue): Issue[] =>
  issue.code === 'unrecognized_keys'
    ? issue.message.split('\n').map((message, at) => ({ path: [...issue.path, issue.keys[at] ?? ''], message }))
    : [issue]

const kinds: Readonly<Record<string, string>> = {
  string: 'is not text: write it in words',
  number: 'is not a number: write it in digits',
  int: 'is not a whole number: write it in digits',
  boolean: 'is neither true nor false: write one of them',
  array: 'is not a list: put it in square brackets',
  tuple: 'is not a list: put it in square brackets',
  object: 'is not a map: write it as key: value',
}

function inOurWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected]
    case 'invalid_value':
      return `is not among what is allowed: use ${issue.values.join(', ')}`
    case 'too_small':
      return `is too small or too short: at least ${issue.minimum} is allowed`
    case 'too_big':
      return `is too large or too long: at most ${issue.maximum} is allowed`
    case 'invalid_format':
      return `is not in its format: write it as ${issue.pattern ?? issue.format}`
    default:
      return undefined
  }
}

/** `'every: 5 minutes' is not a duration: write it like …`; of what is not there, `'every' is missing: write it like …`. */
function tell(raw: unknown, { path, message }: Issue): string {
  const key = path.findLast(step => typeof step === 'string')
  if (key === undefined) return `the file ${message}`
  let value = raw
  for (const step of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined
  if (value === undefined) return `'${key}' is missing: ${message.slice(message.indexOf(': ') + 2)}`
  return typeof value === 'object' && value !== null
    ? `'${key}' ${message}`
    : `'${key}: ${secretKeys.has(key) ? hidden(String(value)) : shown(String(value))}' ${message}`
}

/** Keys whose values belong in the environment: where one was written into the file, a log must not repeat it. */
const secretKeys: ReadonlySet<string> = new Set(['webhook'])
const hidden = (value: string): string => (/^\$\{\w{1,64}\}$/.test(value) ? shown(value) : '***')

/** A value fit for a log: one line, short, and without the password of an address. */
function shown(value: string): string {
  const from = value.indexOf('//')
  const to = value.lastIndexOf('@')
  const safe = from >= 0 && to > from ? `${value.slice(0, from)}//***${value.slice(to)}` : value
  const line = safe.slice(0, 200).replace(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

/** Where the value at the path begins; of a path that ends in nothing, where its last known step does. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(item => isScalar(item.key) && String(item.key.value) === String(step))
      offset = startOf(pair?.key) ?? offset
      node = pair?.value
    } else if (isSeq(node)) {
      node = node.items[Number(step)]
      offset = startOf(node) ?? offset
    } else break
  }
  return offset
}

const startOf = (node: unknown): number | undefined =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? node.range[0] : undefined

/** The one of `known` that somebody who wrote `word` probably meant; null when none is near. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  if (word.length > 40) return null
  let nearest: string | null = null
  let fewest = Math.min(MAX_SLIPS + 1, word.length / 2)
  for (const candidate of known) {
    const slips = distance(word.toLowerCase(), candidate.toLowerCase())
    if (slips < fewest) [nearest, fewest] = [candidate, slips]
  }
  return nearest
}

/** Beyond this many slips of the pen, or half of a short word, it is another word. */
const MAX_SLIPS = 2

/** Letters to add, drop or exchange. @see https://en.wikipedia.org/wiki/Levenshtein_distance */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const exchange = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1)
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, exchange))
    }
    row = next
  }
  return row[b.length] ?? 0
}

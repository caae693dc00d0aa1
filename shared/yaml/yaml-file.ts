import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { fail, ok, type Result } from '../domain/primitives.ts'
import { nestsTooDeep } from '../yaml-depth.ts'
import { type ParsedYaml, parsedOf } from './parsed-yaml.ts'

type Path = readonly PropertyKey[]

/** The content of a file, and the line (from 1) of the value at a path. */
export type YamlFile<T> = { value: T; lineOf: (path: Path) => number }

const MAX_CHARACTERS = 4_000_000
/** Bounds the expansion of a file's aliases. @see https://eemeli.org/yaml/#tojs-options */
const MAX_ALIAS_COUNT = 100
/** One mistake can make thousands, such as a quote that is missing. */
const MAX_PROBLEMS = 100
/** The parser quotes what it does not understand, up to the rest of the file. */
const MAX_QUOTED_CHARACTERS = 200

/**
 * YAML 1.2 text → the value that the schema makes of it. Never throws. A failure lists every problem, one a line, as
 * `config/sources.yaml line 12: 'every: 5 minutes' is not a duration: write it like 20s, 5m or 1h`. A schema's own
 * messages have the same form: the broken rule, a colon, the correction.
 * @param known values of texts that were parsed before; they pass the schema like others
 */
export function readYaml<S extends z.ZodType>(
  name: string,
  text: string,
  schema: S,
  known: ParsedYaml = new Map(),
): Result<YamlFile<z.output<S>>> {
  const before = parsedOf(text, known)
  const reread = before === undefined ? null : schema.safeParse(before)
  if (reread?.success) return ok({ value: reread.data, lineOf: path => lineIn(text, path) })
  if (text.length > MAX_CHARACTERS) return fail(`${name}: longer than ${MAX_CHARACTERS} characters: split it`)
  if (nestsTooDeep(text)) return fail(`${name}: nests too deep: look for a bracket that is never closed`)
  try {
    const lines = new LineCounter()
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' })
    if (document.errors.length > 0) {
      const lineAt = (offset: number): number => lines.linePos(offset).line
      const problems = document.errors.map(({ pos, message }) => `${name} line ${lineAt(pos[0])}: ${quoted(message)}`)
      return fail(listed([...new Set(problems)]))
    }
    const lineOf = (path: Path): number => lines.linePos(offsetOf(document, path)).line
    const raw: unknown = document.toJS({ maxAliasCount: MAX_ALIAS_COUNT })
    const parsed = schema.safeParse(raw, { error: inOurWords })
    if (parsed.success) return ok({ value: parsed.data, lineOf })
    const problems = parsed.error.issues
      .flatMap(flatten)
      .map(issue => ({ line: lineOf(issue.path), text: describe(raw, issue) }))
    problems.sort((a, b) => a.line - b.line)
    return fail(listed(problems.map(({ line, text }) => `${name} line ${line}: ${text}`)))
  } catch (error) {
    // The parser throws when aliases or nesting expand too far.
    return fail(`${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function lineIn(text: string, path: Path): number {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  return lines.linePos(offsetOf(document, path)).line
}

const listed = (problems: readonly string[]): string => {
  const more = problems.length - MAX_PROBLEMS
  return [...problems.slice(0, MAX_PROBLEMS), ...(more > 0 ? [`and ${more} more`] : [])].join('\n')
}

const quoted = (message: string): string =>
  message.length > MAX_QUOTED_CHARACTERS ? `${message.slice(0, MAX_QUOTED_CHARACTERS)}…` : message

/** A map that refuses unknown keys, and suggests the nearest known one. */
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

export const inWords = <S extends z.ZodType>(schema: S, message: string) =>
  z.custom<z.output<S>>(value => schema.safeParse(value).success, { message, abort: false })

/** A value that has one of several forms: its problems are those of the form that `choose` finds in it. */
export const oneOf = <S extends z.ZodType>(choose: (value: unknown) => S) =>
  z.unknown().transform((value, context): z.output<S> => {
    const parsed = choose(value).safeParse(value, { error: inOurWords })
    if (parsed.success) return parsed.data
    for (const { path, message } of parsed.error.issues.flatMap(flatten))
      context.addIssue({ code: 'custom', path: [...path], message })
    // Nobody gets it, as there is an issue; checks of the whole list still find its id.
    return value as z.output<S>
  })

type Issue = { path: Path; message: string }

/** Splits the issue of unknown keys, which has one message per line, into one issue per key. */
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

/** `'every: 5 minutes' is not a duration: write it like …`, or `'every' is missing: write it like …`. */
function describe(raw: unknown, { path, message }: Issue): string {
  const last = path.findLast(step => typeof step === 'string')
  if (last === undefined) return `the file ${message}`
  const key = shown(last)
  let value = raw
  for (const step of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined
  if (value === undefined) return `'${key}' is missing: ${message.slice(message.indexOf(': ') + 2)}`
  return typeof value === 'object' && value !== null
    ? `'${key}' ${message}`
    : `'${key}: ${secretKeys.has(last) ? hidden(String(value)) : shown(String(value))}' ${message}`
}

/** Keys whose values belong in the environment: if one is written into the file, a log must not repeat it. */
const secretKeys: ReadonlySet<string> = new Set(['webhook', 'secret'])
const hidden = (value: string): string => (/^\$\{\w{1,64}\}$/.test(value) ? shown(value) : '***')

/** A value fit for a log: one short line, without the password of an address. */
function shown(value: string): string {
  const from = value.indexOf('//')
  const to = value.lastIndexOf('@')
  const safe = from >= 0 && to > from ? `${value.slice(0, from)}//***${value.slice(to)}` : value
  const line = safe.slice(0, 200).replace(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

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

/** The word of `known` that is probably meant by a misspelt `word`; null when none is near. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  if (word.length > 40) return null
  let nearest: string | null = null
  let fewest = Math.min(MAX_MISTAKES + 1, word.length / 2)
  for (const candidate of known) {
    const mistakes = distance(word.toLowerCase(), candidate.toLowerCase())
    if (mistakes < fewest) [nearest, fewest] = [candidate, mistakes]
  }
  return nearest
}

/** With more mistakes than this, or than half of a short word, it is another word. */
const MAX_MISTAKES = 2

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

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how addresses refer to the environment
import { createHash } from 'node:crypto'
import { fail, ok, type Result, WebUrl } from '../../shared/domain/primitives.ts'

/** The values of the variables that an address refers to, by name. Never log, store or publish them. */
export type Secrets = Readonly<Record<string, string>>

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The variables that an address such as `https://x.example.com/feed?key=${FEED_KEY}` refers to, in its path and query,
 * as hosts are resolved and shown in many places; undefined when there are none. A failure shows no value.
 */
export function secretsOf(url: string, environment: Environment): Result<Secrets | undefined> {
  if (!url.includes('${')) return ok(undefined)
  if (/^[^/]*\/\/[^/?#]*\$\{/.test(url)) return fail('refers to the environment in its host: only path and query may')
  const secrets: Record<string, string> = Object.create(null)
  for (const [, name = ''] of url.matchAll(references)) {
    const value = Object.hasOwn(environment, name) ? environment[name] : undefined
    if (value === undefined || value === '')
      return fail(`refers to ${name}, which is not set: set it in the environment of the workers`)
    secrets[name] = value
  }
  const filled = withSecrets(url, secrets)
  if (filled.includes('${')) return fail("holds a '${' that names no variable: write it like ${FEED_KEY}")
  const names = Object.keys(secrets).join(', ')
  if (!WebUrl.safeParse(filled).success || !URL.canParse(filled))
    return fail(`is no web address once ${names} stands in it: encode the value for addresses`)
  return ok(secrets)
}

const references = /\$\{([A-Za-z_][A-Za-z0-9_]{0,63})\}/g

/** Shorter secrets could be guessed. */
const SHORTEST_WEBHOOK_SECRET = 16

/** `${NAME}` → SHA-256 of its value, in hex: workers need no more of it. A failure shows no value. */
export function secretDigest(reference: string, environment: Environment): Result<string> {
  const name = /^\$\{([A-Za-z_][A-Za-z0-9_]{0,63})\}$/.exec(reference)?.[1]
  if (name === undefined)
    return fail('is not the name of a secret: write it like ${GITHUB_HOOK}, and set that in the environment')
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined
  if (value === undefined || value === '')
    return fail(`refers to ${name}, which is not set: set it in the environment of the workers`)
  if (value.length < SHORTEST_WEBHOOK_SECRET)
    return fail(`refers to ${name}, which is too short: give it at least ${SHORTEST_WEBHOOK_SECRET} random characters`)
  return ok(createHash('sha256').update(value).digest('hex'))
}

export const withSecrets = (url: string, secrets: Secrets | undefined): string =>
  secrets === undefined ? url : url.replace(references, (reference, name) => secrets[name] ?? reference)

/** Shorter values are words: redacting them would mangle texts. */
const SHORTEST_SECRET = 8

/** Valid in ids, addresses and texts alike. */
const REDACTED = 'redacted'

/** Plain data with every secret redacted in its texts, however it is written: a feed may repeat its own address. */
export function withoutSecrets<T>(value: T, secrets: Secrets | undefined): T {
  const needle = secrets && needleOf(secrets)
  if (needle === undefined) return value
  const redact = (node: unknown): unknown => {
    if (typeof node === 'string') return node.replace(needle, REDACTED)
    if (Array.isArray(node)) return node.map(redact)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, redact(child)]))
  }
  return redact(value) as T // strings stay strings, everything else stays itself
}

/** Matches every secret, with each of its characters plain or escaped for addresses, JSON or XML. */
function needleOf(secrets: Secrets): RegExp | undefined {
  const forms = Object.values(secrets).flatMap(secret => [secret, decoded(secret)])
  const long = [...new Set(forms)].filter(form => form.length >= SHORTEST_SECRET).sort((a, b) => b.length - a.length)
  if (long.length === 0) return undefined
  return new RegExp(long.map(form => [...form].map(spellingsOf).join('')).join('|'), 'gi')
}

/** An address has its secret percent-encoded; its host may repeat it as it reads it. */
function decoded(secret: string): string {
  try {
    return decodeURIComponent(secret)
  } catch {
    return secret
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** A character as a pattern of its spellings. JSON within JSON doubles backslashes. */
function spellingsOf(char: string): string {
  const hex = (code: number, length: number) => code.toString(16).padStart(length, '0')
  const code = char.codePointAt(0) ?? 0
  const units = Array.from({ length: char.length }, (_, at) => char.charCodeAt(at))
  const spellings = [
    `\\\\{0,8}${char.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}`,
    [...Buffer.from(char)].map(byte => `%${hex(byte, 2)}`).join(''),
    units.map(unit => `\\\\{1,8}u${hex(unit, 4)}`).join(''),
    `&#(?:0{0,6}${code}|x0{0,6}${hex(code, 1)});`,
    ...(entities[char] ? [entities[char]] : []),
    ...(char === ' ' ? ['\\+'] : []),
  ]
  return `(?:${spellings.join('|')})`
}

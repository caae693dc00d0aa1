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

type Filled = { value: unknown; secrets: Secrets; problems: { path: PropertyKey[]; message: string }[] }

/** Plain data with every `${NAME}` in its texts replaced by what the environment has for it. No problem shows a value. */
export function filled(value: unknown, environment: Environment): Filled {
  const secrets: Record<string, string> = Object.create(null)
  const problems: Filled['problems'] = []
  const fillText = (text: string, path: PropertyKey[]): string => {
    if (text.replace(references, '').includes('${'))
      problems.push({ path, message: "holds a '${' that names no variable: write it like ${SLACK_TOKEN}" })
    return text.replace(references, (reference, name) => {
      const found = Object.hasOwn(environment, name) ? environment[name] : undefined
      if (found === undefined || found === '') {
        const message = `refers to ${name}, which is not set: set it in the environment of the workers`
        problems.push({ path, message })
        return reference
      }
      secrets[name] = found
      return found
    })
  }
  const fill = (node: unknown, path: PropertyKey[]): unknown => {
    if (typeof node === 'string') return fillText(node, path)
    if (Array.isArray(node)) return node.map((child, at) => fill(child, [...path, at]))
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, fill(child, [...path, key])]))
  }
  return { value: fill(value, []), secrets, problems }
}

/** Shorter secrets could be guessed. */
const SHORTEST_WEBHOOK_SECRET = 16

/** `${NAME}` → SHA-256 of its value, in hex: workers need no more of it. A failure shows no value. */
export function secretDigest(reference: string, environment: Environment): Result<string> {
  const secret = namedSecret(reference, environment)
  return secret.ok ? ok(secret.value.digest) : secret
}

/** The same with the name of the variable. */
export function namedSecret(reference: string, environment: Environment): Result<{ name: string; digest: string }> {
  const name = /^\$\{([A-Za-z_][A-Za-z0-9_]{0,63})\}$/.exec(reference)?.[1]
  if (name === undefined)
    return fail('is not the name of a secret: write it like ${GITHUB_HOOK}, and set that in the environment')
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined
  if (value === undefined || value === '')
    return fail(`refers to ${name}, which is not set: set it in the environment of the workers`)
  if (value.length < SHORTEST_WEBHOOK_SECRET)
    return fail(`refers to ${name}, which is too short: give it at least ${SHORTEST_WEBHOOK_SECRET} random characters`)
  return ok({ name, digest: createHash('sha256').update(value).digest('hex') })
}

export const withSecrets = (url: string, secrets: Secrets | undefined): string =>
  secrets === undefined ? url : url.replace(references, (reference, name) => secrets[name] ?? reference)

/** Shorter values are words: redacting them would mangle texts. */
const SHORTEST_SECRET = 8

/** Valid in ids, addresses and texts alike. */
const REDACTED = 'redacted'

/** Plain data with every secret redacted in its texts, however it is escaped: a feed may repeat its own address. */
export function withoutSecrets<T>(value: T, secrets: Secrets | undefined): T {
  const needles = Object.values(secrets ?? {})
    .flatMap(secret => [secret, ...partsOf(secret)])
    .filter(secret => secret.length >= SHORTEST_SECRET)
    .map(secret => unescaped(secret))
    .filter(needle => needle.length >= SHORTEST_SECRET / 2)
    .sort((a, b) => b.length - a.length)
  if (needles.length === 0) return value
  const redact = (node: unknown): unknown => {
    if (typeof node === 'string') return redacted(node, needles)
    if (Array.isArray(node)) return node.map(redact)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, redact(child)]))
  }
  return redact(value) as T // strings stay strings, everything else stays itself
}

/** Shorter parts of an address are words, such as `webhooks`. */
const SHORTEST_PART = 16

/** Of a secret that is an address, what a server may repeat: 'Cannot POST /services/T0/B0/…'. */
function partsOf(secret: string): string[] {
  if (!/^https?:/i.test(secret) || !URL.canParse(secret)) return []
  const { pathname, search, searchParams } = new URL(secret)
  const parts = [pathname + search, pathname, ...pathname.split('/'), ...searchParams.values()]
  return parts.filter(part => part.length >= SHORTEST_PART)
}

/** Replaces each needle in a text. Time grows with the text alone, as it comes from outside. */
function redacted(text: string, needles: readonly string[]): string {
  const plain = unescaped(text)
  if (!needles.some(needle => plain.includes(needle))) return text
  const starts = new Uint32Array(plain.length)
  const ends = new Uint32Array(plain.length)
  unescaped(text, (at, from, to) => {
    starts[at] = from
    ends[at] = to
  })
  let clean = ''
  let done = 0
  for (let at = nextMatch(plain, needles, 0); at !== null; at = nextMatch(plain, needles, at.to)) {
    clean += text.slice(done, starts[at.from]) + REDACTED
    done = ends[at.to - 1] ?? text.length
  }
  return done === 0 ? text : clean + text.slice(done)
}

/** The first needle in a text; of several at one place the longest, which comes first. */
function nextMatch(text: string, needles: readonly string[], from: number): { from: number; to: number } | null {
  let found: { from: number; to: number } | null = null
  for (const needle of needles) {
    const at = text.indexOf(needle, from)
    if (at >= 0 && (found === null || at < found.from)) found = { from: at, to: at + needle.length }
  }
  return found
}

/** Backslashes, as JSON within JSON multiplies them, or a character as JSON, an address or XML writes it. */
const escapes =
  /(?:\\|%(?:25){0,4}5c)+(?:u([\da-f]{4}))?|%(?:25){0,4}([0-7][\da-f])|((?:%(?:25){0,4}[89a-f][\da-f])+)|&(?:amp;){0,4}(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * A text in small letters without escapes and backslashes, in which spaces are as forms write them.
 * @param onUnit is told of each code unit where it was in the text
 */
function unescaped(text: string, onUnit?: (at: number, from: number, to: number) => void): string {
  let plain = ''
  let done = 0
  const add = (piece: string, from: number, to: number, isLiteral: boolean) => {
    for (let unit = 0; onUnit && unit < piece.length; unit++)
      onUnit(plain.length + unit, isLiteral ? from + unit : from, isLiteral ? from + unit + 1 : to)
    plain += piece.replace(/[A-Z]+/g, letters => letters.toLowerCase()).replaceAll(' ', '+')
  }
  for (const match of text.matchAll(escapes)) {
    const [whole, unit, byte, bytes, decimal, hex, name] = match
    add(text.slice(done, match.index), done, match.index, true)
    done = match.index + whole.length
    const code = Number.parseInt(unit ?? byte ?? hex ?? decimal ?? '', decimal === undefined ? 16 : 10)
    const char = bytes ? textOfBytes(bytes) : (entities[name?.toLowerCase() ?? ''] ?? charOf(code))
    add(char, match.index, done, false)
  }
  add(text.slice(done), done, text.length, true)
  return plain
}

/** '%c3%a9' → 'é' */
const textOfBytes = (bytes: string): string => Buffer.from(bytes.replace(/%(?:25)*/g, ''), 'hex').toString()

const charOf = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '')

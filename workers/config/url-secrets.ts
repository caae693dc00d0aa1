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
    const value = secretNamed(name, environment)
    if (!value.ok) return value
    secrets[name] = value.value
  }
  const filled = withSecrets(url, secrets)
  if (filled.includes('${')) return fail("holds a '${' that names no variable: write it like ${SOURCE_FEED_KEY}")
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
      problems.push({ path, message: "holds a '${' that names no variable: write it like ${SOURCE_SLACK_TOKEN}" })
    return text.replace(references, (reference, name) => {
      const found = secretNamed(name, environment)
      if (!found.ok) {
        problems.push({ path, message: found.error })
        return reference
      }
      secrets[name] = found.value
      return found.value
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

/** Whoever writes the sources file reads no other variables: those of our own settings never begin so. */
export const SECRET_PREFIX = 'SOURCE_'

function secretNamed(name: string, environment: Environment): Result<string> {
  if (!name.startsWith(SECRET_PREFIX))
    return fail(
      `refers to ${name}, but is given only what begins with ${SECRET_PREFIX}: name it ${SECRET_PREFIX}${name}, in the environment too`,
    )
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined
  return value ? ok(value) : fail(`refers to ${name}, which is not set: set it in the environment of the workers`)
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
    return fail('is not the name of a secret: write it like ${SOURCE_GITHUB_HOOK}, and set that in the environment')
  const value = secretNamed(name, environment)
  if (!value.ok) return value
  if (value.value.length < SHORTEST_WEBHOOK_SECRET)
    return fail(`refers to ${name}, which is too short: give it at least ${SHORTEST_WEBHOOK_SECRET} random characters`)
  return ok({ name, digest: createHash('sha256').update(value.value).digest('hex') })
}

export const withSecrets = (url: string, secrets: Secrets | undefined): string =>
  secrets === undefined ? url : url.replace(references, (reference, name) => secrets[name] ?? reference)

/** Shorter values are words: redacting them would mangle texts. */
const SHORTEST_SECRET = 8

/** Valid in ids, addresses and texts alike. */
const REDACTED = 'redacted'

/**
 * Plain data with every secret redacted in its texts, however it is escaped: a feed may repeat its own address. Where a
 * text was cut within a secret, what is left of that is redacted too.
 */
export function withoutSecrets<T>(value: T, secrets: Secrets | undefined): T {
  const needles = Object.values(secrets ?? {}).flatMap(needlesOf)
  if (needles.length === 0) return value
  const redact = (node: unknown): unknown => {
    if (typeof node === 'string') return redacted(node, needles)
    if (Array.isArray(node)) return node.map(redact)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, redact(child)]))
  }
  return redact(value) as T // strings stay strings, everything else stays itself
}

/** What is looked for, and how much of its beginning counts where a text ends before the rest. */
type Needle = { whole: string; head: string }

/** Shorter parts of an address are words, such as `webhooks`. */
const SHORTEST_PART = 16

/** Of a secret that is an address also what a server may repeat: 'Cannot POST /services/T0/B0/…'. */
function needlesOf(secret: string): Needle[] {
  if (!/^https?:/i.test(secret) || !URL.canParse(secret)) return needleOf(secret, SHORTEST_SECRET)
  const { pathname, search, searchParams } = new URL(secret)
  // how an address begins is no secret
  const beginnings = [secret, pathname + search, pathname].flatMap(text => needleOf(text, text.length))
  const parts = [...pathname.split('/'), ...searchParams.values()].filter(part => part.length >= SHORTEST_PART)
  return [...beginnings, ...parts.flatMap(part => needleOf(part, SHORTEST_SECRET))]
}

function needleOf(text: string, headLength: number): Needle[] {
  const whole = unescaped(text)
  const isWord = text.length < SHORTEST_SECRET || whole.length < SHORTEST_SECRET / 2
  return isWord ? [] : [{ whole, head: whole.slice(0, headLength) }]
}

/** Replaces each needle in a text. Time grows with the text alone, as it comes from outside. */
function redacted(text: string, needles: readonly Needle[]): string {
  const plain = unescaped(text)
  const matches = needles.flatMap(needle => matchesIn(plain, needle)).sort((a, b) => a.from - b.from)
  if (matches.length === 0) return text
  const starts = new Uint32Array(plain.length)
  const ends = new Uint32Array(plain.length)
  unescaped(text, (at, from, to) => {
    starts[at] = from
    ends[at] = to
  })
  let clean = ''
  let from = 0
  let done = 0
  for (const match of matches) {
    if (match.from >= from) clean += text.slice(done, starts[match.from]) + REDACTED
    if (match.to <= from) continue
    from = match.to
    // backslashes have no place in the plain text: those at a cut go with it
    done = (match.isCut ? starts[match.to] : ends[match.to - 1]) ?? text.length
  }
  return clean + text.slice(done)
}

type Match = { from: number; to: number; isCut: boolean }

/** Where a needle is in a text, or as much of it as the text has. */
function matchesIn(plain: string, { whole, head }: Needle): Match[] {
  const found: Match[] = []
  for (let from = plain.indexOf(head); from >= 0; ) {
    let to = from + head.length
    while (to - from < whole.length && plain.charCodeAt(to) === whole.charCodeAt(to - from)) to++
    const isCut = to - from < whole.length
    const end = isCut ? cutAt(plain, to) : to
    if (end !== null) found.push({ from, to: end, isCut })
    from = plain.indexOf(head, end ?? from + 1)
  }
  return found
}

/** The end of a text that was cut here, with what is left of an escape; null where it goes on. */
function cutAt(plain: string, at: number): number | null {
  endOfText.lastIndex = at
  const found = endOfText.exec(plain)
  return found === null ? null : at + (found[1] ?? '').length
}

const endOfText = /(%(?:25){0,4}(?:[\da-f]|2)?|u[\da-f]{0,3}|&(?:amp;){0,4}[a-z#\d]{0,8}|\uFFFD)?(?:$|…|\.{3})/y

/** Backslashes, as JSON within JSON multiplies them, or a character as JSON, an address or XML writes it. */
const escapes =
  /(?:\\|%(?:25){0,4}5c)+(?:u([\da-f]{4}))?|((?:%(?:25){0,4}[89a-f][\da-f])+)|%(?:25){0,4}([0-7][\da-f])|&(?:amp;){0,4}(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi

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
    const [whole, unit, bytes, byte, decimal, hex, name] = match
    add(text.slice(done, match.index), done, match.index, true)
    done = match.index + whole.length
    const code = Number.parseInt(unit ?? byte ?? hex ?? decimal ?? '', decimal === undefined ? 16 : 10)
    const char = bytes ? textOfBytes(bytes) : (entities[name?.toLowerCase() ?? ''] ?? charOf(code))
    add(char === '\\' ? '' : char, match.index, done, false)
  }
  add(text.slice(done), done, text.length, true)
  return plain
}

/** '%c3%a9' → 'é' */
const textOfBytes = (bytes: string): string => Buffer.from(bytes.replace(/%(?:25)*/g, ''), 'hex').toString()

const charOf = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '')

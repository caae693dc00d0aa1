import { normalizeEncoding, TextDecoder } from '@exodus/bytes/encoding.js'
import type { Http, HttpOutcome, HttpRequest } from '../http/http.ts'

/** An answer as it came, without its content encoding, but not yet decoded to text. */
export type Answer = {
  body: Uint8Array
  /** The whole `Content-Type` header; null when there was none. */
  contentType: string | null
  /** The whole `Link` header; null or absent when there was none. */
  link?: string | null
  /** The headers `ETag`, `Last-Modified` and `Date`, likewise. */
  etag?: string | null
  lastModified?: string | null
  date?: string | null
  /** The answer of the reader's second address, where it has one. */
  also?: Answer
  /** That of the address that the first two call for, where they do and it has an answer. */
  more?: Answer
}

/** The outcome of the first address. It carries the answers of the others, where there are such. */
export type FetchedAnswer = HttpOutcome & Pick<Answer, 'also' | 'more'>

/**
 * Fetches a document, the second one without which it cannot be read, and what these call for. Two are fetched whole,
 * and one failure fails both. `latencyMs` is that of the slower one.
 */
export async function fetchAnswer(
  request: HttpRequest,
  { also, more }: { also: string | undefined; more(answer: Answer): string | undefined },
  http: Pick<Http, 'get'>,
): Promise<FetchedAnswer> {
  const answer = await fetchBoth(request, also, http)
  const url = answer.kind === 'fresh' ? more(answer) : undefined
  if (url === undefined) return answer
  const third = await http.get({ ...request, url, etag: null, lastModified: null })
  if (third.kind === 'fresh') return { ...answer, more: third }
  return isRefusal(third) ? answer : { ...third, latencyMs: slower(answer.latencyMs, third.latencyMs) }
}

/** Whether the host has no such document. Anything else, such as a timeout, may be over at the next poll. */
const isRefusal = (outcome: HttpOutcome): boolean =>
  outcome.kind === 'failed' && outcome.status !== 429 && Math.floor((outcome.status ?? 0) / 100) === 4

async function fetchBoth(
  request: HttpRequest,
  also: string | undefined,
  http: Pick<Http, 'get'>,
): Promise<FetchedAnswer> {
  if (also === undefined) return http.get(request)
  const whole = { ...request, etag: null, lastModified: null }
  const [first, second] = await Promise.all([http.get(whole), http.get({ ...whole, url: also })])
  const latencyMs = slower(first.latencyMs, second.latencyMs)
  if (first.kind !== 'fresh') return { ...first, latencyMs }
  return second.kind === 'fresh' ? { ...first, also: second, latencyMs } : { ...second, latencyMs }
}

const slower = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b)

/** Larger answers are refused before parsing, in bytes. */
export const MAX_BYTES = 8 * 1024 * 1024

/**
 * Bytes → text. The byte order mark decides, then the HTTP charset, then the XML declaration, then UTF-8; a label that
 * the standard does not know decides nothing. Zero bytes reveal UTF-16 without a mark. Invalid bytes become U+FFFD.
 * @see https://www.rfc-editor.org/rfc/rfc7303#section-3.2
 * @see https://encoding.spec.whatwg.org/#names-and-labels
 */
export function decodeText({ body, contentType }: Answer): string {
  const encoding = utf16Of(body) ?? (hasUtf8Mark(body) ? 'utf-8' : (declaredByHttp(contentType) ?? declaredByXml(body)))
  if (encoding === undefined || isUnicode(encoding)) return new globalThis.TextDecoder(encoding).decode(body)
  return new TextDecoder(encoding).decode(body) // Node's own is wrong for windows-1252 before Node 22, among others
}

const hasUtf8Mark = (body: Uint8Array): boolean => body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf

/** WHATWG reads a bare `utf-16` as little-endian, AWS means big-endian. So the bytes decide before any label. */
function utf16Of(body: Uint8Array): string | undefined {
  const [first, second] = body
  if (first === undefined || second === undefined) return undefined
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be'
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le'
  return undefined
}

const declaredByHttp = (contentType: string | null): string | undefined =>
  encodingOf(
    /[;,\s]\s{0,9}charset\s{0,9}=["'\\\s]{0,9}([^\s;,"'\\]{1,40})/i.exec((contentType ?? '').slice(0, 500))?.[1],
  )

function declaredByXml(body: Uint8Array): string | undefined {
  const head = Buffer.from(body.subarray(0, 256)).toString('latin1')
  return encodingOf(/^\s*<\?xml[^>]{0,120}\sencoding\s{0,9}=\s{0,9}["']\s{0,9}([^"'\s]{1,40})/.exec(head)?.[1])
}

/** A label → the standard's name; undefined for UTF-16, as a label that is readable in single bytes is not in it. */
function encodingOf(label: string | undefined): string | undefined {
  const encoding = label === undefined ? null : normalizeEncoding(label)
  return encoding === null || encoding === 'replacement' || encoding.startsWith('utf-16') ? undefined : encoding
}

const isUnicode = (encoding: string): boolean => encoding.startsWith('utf-')

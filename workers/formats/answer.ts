import type { Http, HttpOutcome, HttpRequest } from '../http/http.ts'

/** An answer as it came: the decoded transfer encoding, not yet the charset. */
export type Answer = {
  body: Uint8Array
  /** The `Content-Type` header, whole; null when there was none. */
  contentType: string | null
  /** The `Link` header, whole; null or absent when there was none. */
  link?: string | null
  /** The answer of the reader's second address, where it has one. */
  also?: Answer
}

/** What became of a question: the outcome of the first address, which carries the answer of the second where there is one. */
export type FetchedAnswer = HttpOutcome & { also?: Answer }

/**
 * Fetches a document, and the second one without which it cannot be read. The two belong together: both are fetched whole,
 * whatever is known of the first, and where one fails all has failed. The slower of the two says how long it took.
 */
export async function fetchAnswer(request: HttpRequest, also: string | undefined, http: Http): Promise<FetchedAnswer> {
  if (also === undefined) return http.get(request)
  const whole = { ...request, etag: null, lastModified: null }
  const [first, second] = await Promise.all([http.get(whole), http.get({ ...whole, url: also })])
  const latencyMs = slower(first.latencyMs, second.latencyMs)
  if (first.kind !== 'fresh') return { ...first, latencyMs }
  return second.kind === 'fresh' ? { ...first, also: second, latencyMs } : { ...second, latencyMs }
}

const slower = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b)

/** Larger answers are refused before anything is parsed, in bytes. */
export const MAX_BYTES = 8 * 1024 * 1024

/**
 * Bytes → text. The byte order mark decides, then the HTTP charset, then the XML declaration, then UTF-8.
 * UTF-16 without a mark is told by its zero bytes. Bytes that fit nothing become U+FFFD.
 * @see https://www.rfc-editor.org/rfc/rfc7303#section-3.2
 * @see https://encoding.spec.whatwg.org/#names-and-labels
 */
export function decodeText({ body, contentType }: Answer): string {
  const label = utf16Of(body) ?? (hasUtf8Mark(body) ? 'utf-8' : (declaredByHttp(contentType) ?? declaredByXml(body)))
  return decoderOf(label ?? 'utf-8').decode(body)
}

const hasUtf8Mark = (body: Uint8Array): boolean => body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf

/** WHATWG reads a bare `utf-16` as little-endian, AWS means big-endian: so the bytes are asked before any label. */
function utf16Of(body: Uint8Array): string | undefined {
  const [first, second] = body
  if (first === undefined || second === undefined) return undefined
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be'
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le'
  return undefined
}

const declaredByHttp = (contentType: string | null): string | undefined =>
  singleByte(/;\s*charset\s*=\s*"?([^\s;"]{1,40})/i.exec((contentType ?? '').slice(0, 500))?.[1])

function declaredByXml(body: Uint8Array): string | undefined {
  const head = Buffer.from(body.subarray(0, 256)).toString('latin1')
  return singleByte(/^\s*<\?xml[^>]{0,120}\sencoding\s*=\s*["']([^"']{1,40})["']/.exec(head)?.[1])
}

/** Whoever could write the label in single bytes does not use UTF-16, whatever the label says. */
const singleByte = (label: string | undefined): string | undefined =>
  label !== undefined && /^(?:utf-?16|ucs-?2|iso-10646)/i.test(label) ? undefined : label

function decoderOf(label: string): TextDecoder {
  try {
    return new TextDecoder(label)
  } catch {
    return new TextDecoder('utf-8') // a label that nobody knows
  }
}

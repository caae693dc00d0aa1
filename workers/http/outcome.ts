import { errors } from 'undici'
import { clip } from '../text/plain-text.ts'

export type HttpOutcome = Ending & {
  /** How long hosts took to answer, in whole ms, without time in the queue. Null where no host was asked. */
  latencyMs: number | null
}

/** How one request ended. `maxAgeMs` is how long the answer stays valid from now on; null when it does not say. */
export type Ending = Fresh | Unchanged | Failed | Held

type Fresh = {
  kind: 'fresh'
  status: number
  /** Without its content encoding. */
  body: Uint8Array
  contentType: string | null
  etag: string | null
  lastModified: string | null
  /** The host's clock, as it writes it. */
  date: string | null
  maxAgeMs: number | null
  link: string | null
  url: string
  /** The same address where every redirect to it was permanent, so that it may be stored; null otherwise. */
  movedTo: string | null
}

type Unchanged = { kind: 'unchanged'; status: 304 } & Pick<Fresh, 'etag' | 'lastModified' | 'maxAgeMs'>

/** The outcome of a posted form: accepted with a 2xx, whose body is not read. */
export type HttpReceipt = { kind: 'accepted'; status: number } | Failed

/** What a service answered to a message: any status, with the text of its body. */
export type Answered = { kind: 'answered'; status: number; body: string; retryAfterMs: number | null }

export type Failed = {
  kind: 'failed'
  /** Null where no answer came, or the answer was refused. */
  status: number | null
  /** Plain words, one line. */
  reason: string
  /** How long the host asks for no requests, at most a day; null when it does not. */
  retryAfterMs: number | null
  /** The address will not come back (410). */
  gone: boolean
}

/** The end of the reason of a request that met a challenge, which only a browser passes. */
export const BROWSER_WANTED = 'the host asks for a browser'

/** No request was made: the host asked another request for a pause. */
type Held = { kind: 'held'; host: string; waitMs: number }

export type Moved = { kind: 'moved'; location: string | null; isPermanent: boolean }

/** A request that one of our own rules ended. The message is the reason: plain words in one line. */
export class Refusal extends Error {
  readonly code = 'ERR_REFUSED'
}

/** The error of a request → plain words in one line. An error without a code is a bug of ours and is thrown again. */
export function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message
  if (error instanceof errors.HTTPParserError) return error.message || 'the answer is not HTTP/1.1' // it has no code
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error
  const { code } = error
  const known = reasons.get(code)
  if (known !== undefined) return known
  if (code.startsWith(tls))
    return `the TLS handshake failed (${code.slice(tls.length).toLowerCase().replaceAll('_', ' ')})`
  const [line = ''] = error.message.split('\n')
  return `${clip(line, 200)} (${code})`
}

/** As in `ERR_SSL_WRONG_VERSION_NUMBER`. */
const tls = 'ERR_SSL_'

const cut = 'the connection was closed before the answer was complete'
const nameNotFound = 'name not found'
const noRoute = 'no route to the host'
const selfSigned = 'certificate is self-signed'
const unknownIssuer = 'certificate is from an unknown issuer'

/**
 * @see https://nodejs.org/api/errors.html
 * @see https://nodejs.org/api/tls.html#x509-certificate-error-codes
 */
const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', nameNotFound],
  ['ENODATA', nameNotFound],
  ['EAI_AGAIN', 'the name server did not answer'],
  ['ECONNREFUSED', 'connection refused'],
  ['ECONNRESET', cut],
  ['EPIPE', cut],
  ['UND_ERR_SOCKET', cut],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'the body is not as long as its Content-Length says'],
  ['EHOSTUNREACH', noRoute],
  ['ENETUNREACH', noRoute],
  ['EADDRNOTAVAIL', noRoute],
  ['ETIMEDOUT', 'the host did not answer'],
  ['UND_ERR_CONNECT_TIMEOUT', 'the host did not answer'],
  ['UND_ERR_HEADERS_OVERFLOW', 'the headers are over 16 kB'],
  ['CERT_HAS_EXPIRED', 'certificate has expired'],
  ['CERT_NOT_YET_VALID', 'certificate is not valid yet'],
  ['CERT_REVOKED', 'certificate was revoked'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate is for another name'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', selfSigned],
  ['SELF_SIGNED_CERT_IN_CHAIN', selfSigned],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', unknownIssuer],
  ['UNABLE_TO_GET_ISSUER_CERT', unknownIssuer],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', unknownIssuer],
  ['EPROTO', 'the TLS handshake failed'],
])

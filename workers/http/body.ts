import { pipeline, type Transform } from 'node:stream'
import zlib from 'node:zlib'
import { clip } from '../text/plain-text.ts'
import { Refusal } from './outcome.ts'

type Chunks = AsyncIterable<Uint8Array>

/**
 * The decoded body. `maxBytes` bounds the bytes on the wire and the decoded ones while they stream, so that a small
 * bomb stops early. Throws a `Refusal`, or what the network threw.
 */
export async function readBody(body: Chunks, encoding: string | null, maxBytes: number): Promise<Uint8Array> {
  const coding = codingOf(encoding ?? '')
  try {
    return await collect(capped(decode(capped(body, maxBytes), coding), maxBytes))
  } catch (error) {
    throw isDecoderError(error) ? new Refusal(`the body is not complete and valid ${coding}`) : error
  }
}

export const ACCEPT_ENCODING = 'gzip, br, deflate'

/** The one coding that changes the bytes. Servers also name what changes none: a charset, a media type, 'none'. */
function codingOf(header: string): string {
  const codings = header
    .toLowerCase()
    .split(',')
    .map(coding => coding.replace(/["'\s]/g, ''))
  return codings.filter(coding => coding !== '' && !harmless.test(coding)).join(', ') || 'identity'
}

const harmless =
  /^(?:identity|none|null|plain|text|binary|[78]-?bit|(?:x-)?unicode|aws-chunked|utf-?8|utf-?16(?:le|be)?|us-ascii|ascii|iso-?8859-?\d{1,2}|latin-?1|windows-125\d|(?:application|text)\/[\w.+-]{1,60}.{0,60})$/

function decode(encoded: Chunks, coding: string): Chunks {
  switch (coding) {
    case 'identity':
      return encoded
    case 'gzip':
    case 'x-gzip':
      return through(encoded, zlib.createGunzip())
    case 'br':
      return through(encoded, zlib.createBrotliDecompress())
    case 'deflate':
    case 'x-deflate':
      return inflate(encoded)
    default:
      throw new Refusal(`the content encoding '${clip(coding, 40)}' was not asked for (${ACCEPT_ENCODING})`)
  }
}

/** The consumer of the decoder gets any error, so the callback is empty. */
const through = (encoded: Chunks, decoder: Transform): Chunks => pipeline(encoded, decoder, () => {})

/**
 * `deflate` should have a zlib wrapper; some servers send it bare. A wrapper's first byte has the method, 8, in its
 * lower half, unlike any sensible bare stream. @see https://www.rfc-editor.org/rfc/rfc9110#name-deflate-coding
 */
async function* inflate(encoded: Chunks): Chunks {
  const iterator = encoded[Symbol.asyncIterator]()
  const first = await iterator.next()
  async function* whole(): Chunks {
    if (first.done) return
    yield first.value
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  const isWrapped = first.done || ((first.value[0] ?? 8) & 0x0f) === 8
  yield* through(whole(), isWrapped ? zlib.createInflate() : zlib.createInflateRaw())
}

async function* capped(chunks: Chunks, maxBytes: number): Chunks {
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > maxBytes) throw new Refusal(`the body is over ${maxBytes / 1e6} MB`)
    yield chunk
  }
}

/** Fills one growing buffer: a server that sends single bytes would otherwise cause eight million chunks. */
async function collect(chunks: Chunks): Promise<Uint8Array> {
  let buffer = new Uint8Array(65_536)
  let size = 0
  for await (const chunk of chunks) {
    if (size + chunk.length > buffer.length) {
      const larger = new Uint8Array(Math.max(buffer.length * 2, size + chunk.length))
      larger.set(buffer.subarray(0, size))
      buffer = larger
    }
    buffer.set(chunk, size)
    size += chunk.length
  }
  return buffer.slice(0, size)
}

/** zlib's codes begin with `Z_`, those of Node's Brotli with `ERR__ERROR_` or `ERR_BROTLI`. */
const isDecoderError = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  /^(?:Z_|ERR__ERROR_|ERR_BROTLI)/.test(error.code)

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { z } from 'zod'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import { FORMAT_VERSION, Header, Line, Trailer } from './format.ts'

/** What a whole and sound backup says of itself. */
export type Verified = { header: Header; lines: number; sha256: string }

/** Something in the file is not as it was written. */
class Unsound extends Error {}

/** Bytes of the longest line that is taken for one of ours: a stored text may be long, but not that long. */
const LONGEST_LINE = 64 * 1024 * 1024

/**
 * Reads a backup from beginning to end, line by line, and checks all of it: gzip's own checksum, every line's shape, the number of
 * lines and their digest.
 * @param onLine gets each line between the first and the last, while it is not yet known whether the rest is sound
 * @returns one line that says what is wrong
 */
export async function readBackup(
  file: string,
  onLine: (line: Line) => Promise<void> | void = () => undefined,
): Promise<Result<Verified>> {
  const hash = createHash('sha256')
  let header: Header | undefined
  let trailer: Trailer | undefined
  let lines = 0

  async function take(bytes: Buffer): Promise<void> {
    if (trailer !== undefined) throw new Unsound('goes on behind its last line')
    const value = parseJson(bytes, lines + 1)
    if (header === undefined) {
      header = expect(Header, value, 1, 'is no backup of Nephoscope')
      if (header.version > FORMAT_VERSION)
        throw new Unsound(
          `is of format version ${header.version}, this build reads version ${FORMAT_VERSION}: use the newer Nephoscope`,
        )
    } else if (isTrailer(value)) {
      trailer = expect(Trailer, value, lines + 1, 'is damaged')
      if (trailer.lines !== lines)
        throw new Unsound(`is damaged: ${trailer.lines} lines were written, ${lines} are there`)
      return
    } else {
      await onLine(expect(Line, value, lines + 1, 'is damaged'))
    }
    lines += 1
    hash.update(bytes).update('\n')
  }

  let first: unknown
  try {
    await pipeline(createReadStream(file), createGunzip(), async (source: AsyncIterable<Buffer>) => {
      try {
        for await (const line of split(source)) await take(line)
      } catch (error) {
        first = error
        throw error
      }
    })
  } catch (error) {
    // Whoever stops reading early is told by `pipeline` that it was stopped, not why.
    const cause = first instanceof Error && first.name !== 'AbortError' ? first : error
    if (cause instanceof Unsound) return fail(`${file} ${cause.message}`)
    if (isFileError(cause)) return fail(`${file} ${fileErrors[cause.code] ?? `cannot be read: ${cause.message}`}`)
    throw cause
  }
  if (header === undefined || trailer === undefined) return fail(`${file} is cut short: its last line is missing`)
  const sha256 = hash.digest('hex')
  if (sha256 !== trailer.sha256) return fail(`${file} has been changed since it was written: its checksum is another`)
  return ok({ header, lines, sha256 })
}

const fileErrors: Record<string, string> = {
  ENOENT: 'is not there',
  Z_BUF_ERROR: 'is cut short: its end is missing',
  Z_DATA_ERROR: 'is damaged, or no backup of Nephoscope',
}

const isFileError = (error: unknown): error is NodeJS.ErrnoException & { code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(?:Z_|E[A-Z]+$)/.test(error.code)

const isTrailer = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'end'

function parseJson(bytes: Buffer, number: number): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new Unsound(`is damaged: line ${number} is not JSON`)
  }
}

function expect<S extends z.ZodType>(schema: S, value: unknown, number: number, what: string): z.infer<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Unsound(`${what}: line ${number}${issue ? ` ${issue.path.join('.')} ${issue.message}` : ''}`)
}

/** The lines of a text, without their ends. What follows the last line end is a line too. */
async function* split(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = []
  let length = 0
  for await (const chunk of source) {
    let from = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([...parts, chunk.subarray(from, end)])
      parts = []
      length = 0
      from = end + 1
    }
    parts.push(chunk.subarray(from))
    length += chunk.length - from
    if (length > LONGEST_LINE) throw new Unsound('is no backup of Nephoscope: it has a line without end')
  }
  if (length > 0) yield Buffer.concat(parts)
}

import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, link, open, rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { z } from 'zod'
import { EventId } from '../../shared/domain/events.ts'
import { fail, Instant, ok, type Result } from '../../shared/domain/primitives.ts'
import { keptTypeOf } from '../../shared/redis/keys.ts'

/** Raise it with every change that older builds would misread. */
export const FORMAT_VERSION = 1

export const Header = z.object({
  format: z.literal('nephoscope-backup'),
  version: z.number().int().positive(),
  schema: z.number().int().positive(),
  takenAt: Instant,
})
export type Header = z.infer<typeof Header>

const Pair = z.tuple([z.string(), z.string()])

/** A part of a key's value, or all of it. Plain texts by type, as the format of `DUMP` differs between versions. */
export const Part = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('string'), key: z.string(), value: z.string() }),
    /** field, value */
    z.object({ kind: z.literal('hash'), key: z.string(), items: z.array(Pair).min(1) }),
    /** member, score */
    z.object({ kind: z.literal('zset'), key: z.string(), items: z.array(Pair).min(1) }),
    z.object({ kind: z.literal('list'), key: z.string(), items: z.array(z.string()).min(1) }),
    /** id, then fields and values in turn */
    z.object({
      kind: z.literal('stream'),
      key: z.string(),
      items: z.array(z.tuple([EventId, z.array(z.string()).min(2)])).min(1),
    }),
  ])
  .refine(({ key, kind }) => keptTypeOf(key) === kind, 'names a key that no backup of this build holds')
export type Part = z.infer<typeof Part>

/** What XSETID wants, so that the stream goes on as it was. @see https://redis.io/docs/latest/commands/xsetid/ */
export const StreamEnd = z.object({
  kind: z.literal('stream-end'),
  key: z.string().refine(key => keptTypeOf(key) === 'stream', 'is no stream'),
  lastId: EventId,
  entriesAdded: z.number().int().nonnegative(),
  maxDeletedId: EventId,
})
export type StreamEnd = z.infer<typeof StreamEnd>

/** The last line: the number of lines before it, and the SHA-256, in hex, of those lines with their line ends. */
const Trailer = z.object({
  kind: z.literal('end'),
  lines: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
type Trailer = z.infer<typeof Trailer>

export const Line = z.union([Part, StreamEnd])
export type Line = z.infer<typeof Line>

/**
 * Writes a backup as gzipped JSON lines, readable by its owner only, as it has secrets. Until it is
 * complete and on disk its name is `<file>.<random>.partial`, which a killed process leaves behind. Others who may write
 * to the folder cannot know it, so that they can have neither a file there first nor a link.
 * @throws if the file exists or cannot be written, or `lines` throws; then nothing is left behind
 */
export async function writeBackup(
  file: string,
  header: Header,
  lines: AsyncIterable<Line>,
): Promise<{ lines: number; bytes: number }> {
  if (await isThere(file)) throw Object.assign(new Error(`EEXIST: ${file} exists already`), { code: 'EEXIST' })
  const partial = `${file}.${randomBytes(8).toString('hex')}.partial`
  try {
    const target = await open(partial, 'wx', 0o600)
    const count = { lines: 0 }
    await pipeline(textOf(header, lines, count), createGzip(), target.createWriteStream({ flush: true }))
    // Unlike `rename`, `link` never replaces: of two writers of the same file one fails.
    await link(partial, file)
    const { size } = await stat(file)
    return { lines: count.lines, bytes: size }
  } finally {
    await rm(partial, { force: true })
  }
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )

async function* textOf(header: Header, lines: AsyncIterable<Line>, count: { lines: number }): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const line = (value: Header | Line): string => {
    const text = `${JSON.stringify(value)}\n`
    hash.update(text)
    count.lines += 1
    return text
  }
  yield line(header)
  for await (const value of lines) yield line(value)
  const trailer: Trailer = { kind: 'end', lines: count.lines, sha256: hash.digest('hex') }
  yield `${JSON.stringify(trailer)}\n`
}

export type Verified = { header: Header; lines: number; sha256: string }

class InvalidBackup extends Error {}

const MAX_LINE_BYTES = 64 * 1024 * 1024

/**
 * Reads a backup line by line and verifies all of it; an error is one line that says what is wrong.
 * @param onLine gets each line between the first and the last, before the rest is verified
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
    if (trailer !== undefined) throw new InvalidBackup('goes on behind its last line')
    const value = parseJson(bytes, lines + 1)
    if (header === undefined) {
      header = expect(Header, value, 1, 'is no backup of Nephoscope')
      if (header.version > FORMAT_VERSION)
        throw new InvalidBackup(
          `is of format version ${header.version}, this build reads version ${FORMAT_VERSION}: use the newer Nephoscope`,
        )
    } else if (isTrailer(value)) {
      trailer = expect(Trailer, value, lines + 1, 'is damaged')
      if (trailer.lines !== lines)
        throw new InvalidBackup(`is damaged: ${trailer.lines} lines were written, ${lines} are there`)
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
    // When a reader throws, `pipeline` may reject with an AbortError instead of the cause.
    const cause = first instanceof Error && first.name !== 'AbortError' ? first : error
    if (cause instanceof InvalidBackup) return fail(`${file} ${cause.message}`)
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
    throw new InvalidBackup(`is damaged: line ${number} is not JSON`)
  }
}

function expect<S extends z.ZodType>(schema: S, value: unknown, number: number, what: string): z.infer<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new InvalidBackup(`${what}: line ${number}${issue ? ` ${issue.path.join('.')} ${issue.message}` : ''}`)
}

/** The lines of a text without their ends. A rest behind the last line end is a line too. */
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
    if (length > MAX_LINE_BYTES) throw new InvalidBackup('is no backup of Nephoscope: it has a line without end')
  }
  if (length > 0) yield Buffer.concat(parts)
}

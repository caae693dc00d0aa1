import { createHash } from 'node:crypto'
import { access, link, open, rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Header, Line, Trailer } from './format.ts'

/**
 * Writes a backup as gzipped JSON lines, readable by its owner alone, for it holds the secrets of hubs. Until it is whole and on the disk it
 * stands under another name, `<file>.<process id>.partial`, which is all that a killed process leaves.
 * @returns lines, and bytes of the file
 * @throws when the file exists already or cannot be written, or `lines` fail; then nothing of it is left
 */
export async function writeBackup(
  file: string,
  header: Header,
  lines: AsyncIterable<Line>,
): Promise<{ lines: number; bytes: number }> {
  if (await isThere(file)) throw Object.assign(new Error(`EEXIST: ${file} exists already`), { code: 'EEXIST' })
  const partial = `${file}.${process.pid}.partial`
  try {
    const target = await open(partial, 'w', 0o600)
    const count = { lines: 0 }
    await pipeline(textOf(header, lines, count), createGzip(), target.createWriteStream({ flush: true }))
    // Unlike a renaming, a link never replaces: of two that write the same file one fails.
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

import { createHash } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Header, Line, Trailer } from './format.ts'

/**
 * Writes a backup as gzipped JSON lines, readable by its owner alone, for it holds the secrets of hubs. Until it is whole and on the disk it
 * stands under another name, `<file>.partial`.
 * @returns lines, and bytes of the file
 * @throws when the file exists already or cannot be written, or `lines` fail; then nothing of it is left
 */
export async function writeBackup(
  file: string,
  header: Header,
  lines: AsyncIterable<Line>,
): Promise<{ lines: number; bytes: number }> {
  // The name is taken at once and for good: of two that write the same file one fails.
  const taken = await open(file, 'wx', 0o600)
  await taken.close()
  const partial = `${file}.partial`
  try {
    const target = await open(partial, 'w', 0o600)
    const count = { lines: 0 }
    await pipeline(textOf(header, lines, count), createGzip(), target.createWriteStream({ flush: true }))
    await rename(partial, file)
    const written = await open(file, 'r')
    const { size } = await written.stat()
    await written.close()
    return { lines: count.lines, bytes: size }
  } catch (error) {
    await Promise.all([file, partial].map(name => rm(name, { force: true })))
    throw error
  }
}

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

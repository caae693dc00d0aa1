import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'

/** Below this many bytes a compressed file saves no packet. */
const WORTHWHILE = 1_024
const TEXT = /\.(?:css|html|js|json|svg|webmanifest)$/

/**
 * Lays a `.br` and a `.gz` beside each file of text in a folder, as small as they can be, for the server to send as they are.
 * @param {string} dir
 */
export async function compressed(dir) {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile() && TEXT.test(entry.name))
  await Promise.all(
    files.map(async entry => {
      const file = path.join(entry.parentPath, entry.name)
      const bytes = await readFile(file)
      if (bytes.length < WORTHWHILE) return
      const [br, gz] = await Promise.all([promisify(brotliCompress)(bytes), promisify(gzip)(bytes, { level: 9 })])
      await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)])
    }),
  )
}

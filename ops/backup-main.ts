import path from 'node:path'
import { toInstant } from '../shared/domain/primitives.ts'
import { refuse } from '../shared/process.ts'
import { clean } from '../shared/terminal.ts'
import { exportStore } from './backup/export.ts'
import { writeBackup } from './backup/file.ts'
import { openStore, withMaintenanceLease } from './store.ts'

/** `npm run backup -- <file>`: exports the store. Exit code 0; 1 with one line and no file; 2 for wrong arguments. */
const [named, ...more] = process.argv.slice(2)
if (named === undefined || named.startsWith('-') || more.length > 0)
  refuse('Name the file to write: npm run backup -- nephoscope-2026-01-31.jsonl.gz')
// npm changes to the project's folder; the path is relative to where the command was called.
const file = path.resolve(process.env.INIT_CWD ?? '.', named)

const redis = await openStore(process.env, 'backup')
if (!redis.ok) refuse(redis.error, 1)
try {
  const { lines, bytes, unknown } = await withMaintenanceLease(redis.value, async () => {
    const { header, lines, unknown } = await exportStore(redis.value, toInstant(Date.now()))
    return { ...(await writeBackup(file, header, lines)), unknown }
  })
  for (const key of unknown) process.stderr.write(`left out, as no part of Nephoscope writes it: ${clean(key)}\n`)
  process.stdout.write(
    `${named}: ${lines} lines, ${(bytes / 1024).toFixed(0)} KB. It holds secrets, such as the one that signs keys: keep it like one\n`,
  )
} catch (error) {
  const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
  const reason = error instanceof Error ? error.message : String(error)
  refuse(`No backup was written: ${exists ? `${named} exists already: name another file` : reason}`, 1)
}
redis.value.disconnect()

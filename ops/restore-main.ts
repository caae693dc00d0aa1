import path from 'node:path'
import { refuse } from '../shared/process.ts'
import { restore } from './backup/restore.ts'
import { openStore } from './store.ts'

/** `npm run restore -- <file> [--force]`: restores a backup. Exit code 0; 1 with one line; 2 for wrong arguments. */
const args = process.argv.slice(2)
const [named, ...more] = args.filter(arg => arg !== '--force')
if (named === undefined || named.startsWith('-') || more.length > 0)
  refuse('Name the backup to restore: npm run restore -- nephoscope-2026-01-31.jsonl.gz [--force]')
// npm changes to the project's folder; the path is relative to where the command was called.
const file = path.resolve(process.env.INIT_CWD ?? '.', named)

const redis = await openStore(process.env, 'restore')
if (!redis.ok) refuse(redis.error, 1)
const restored = await restore(redis.value, file, { force: args.includes('--force') }).catch((error: Error) =>
  refuse(
    error.message.startsWith('OOM ')
      ? 'Nothing was restored: Redis has no room for the backup beside what it holds; raise its maxmemory, or empty it first'
      : `Nothing was restored: ${error.message}`,
    1,
  ),
)
if (!restored.ok) refuse(restored.error, 1)
const { header, keys } = restored.value
process.stdout.write(
  `Restored ${keys} keys as of ${header.takenAt}. Servers and workers that run take them by themselves\n`,
)
redis.value.disconnect()

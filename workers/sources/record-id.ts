import { hash } from 'node:crypto'
import type { RecordId } from '../../shared/domain/primitives.ts'

/** The id of what a source calls `native`: its own word where the grammar of ids allows it, else a hash of that word. */
export function recordId(source: string, native: string): RecordId {
  const lower = native.toLowerCase()
  return `${source}/${/^[a-z0-9][a-z0-9._-]{0,119}$/.test(lower) ? lower : digest(native)}`
}

/** The id of something known by several words together. */
export const hashedId = (source: string, ...words: string[]): RecordId => `${source}/${digest(JSON.stringify(words))}`

/** 80 bits of SHA-256 in hex: enough to tell a source's records apart. */
export const digest = (text: string): string => hash('sha256', text, 'hex').slice(0, 20)

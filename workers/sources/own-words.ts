import { clip } from './clip.ts'
import { oneLine } from './plain-text.ts'

/**
 * What a table says of a source's word, whatever its case, spaces and signs; null where the table does not have it.
 * The table's keys are small letters and digits.
 */
export const lookUp = <T>(table: ReadonlyMap<string, T>, word: string): T | null =>
  table.get(
    word
      .slice(0, 80)
      .toLowerCase()
      .replace(/[^a-z\d]/g, ''),
  ) ?? null

/** A word that is none of ours, as records keep it; null for none. */
export const ownWord = (word: string): string | null => clip(oneLine(word), 80) || null

import { clip } from './clip.ts'
import { oneLine } from './plain-text.ts'

/** Names as an incident lists its services: each once, in alphabetical order, bounded. */
export const serviceNames = (names: readonly string[]): string[] =>
  [...new Set(names.map(name => clip(oneLine(name), 120)))]
    .filter(name => name !== '')
    .sort()
    .slice(0, 100)

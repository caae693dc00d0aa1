import { listsIn } from '../lists.ts'

export const lists = {
  /** `a, b and c`; beyond `most`, three unless told, the rest is counted: `a, b, c and 4 more`. */
  sentence: listsIn('en-GB', n => `${n} more`),
  /** `a, b, c`, however many. */
  plain: (items: readonly string[]) => items.join(', '),
  sentences: (sentences: readonly string[]) => sentences.join(' '),
}

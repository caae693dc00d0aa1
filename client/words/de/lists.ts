import { listsIn } from '../lists.ts'
import type { Words } from '../words.ts'

export const lists: Words['lists'] = {
  sentence: listsIn('de', n => `${n} weitere`),
  plain: items => items.join(', '),
  sentences: sentences => sentences.join(' '),
}

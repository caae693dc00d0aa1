import { listsIn } from '../lists.ts'
import type { Words } from '../words.ts'

export const lists: Words['lists'] = {
  sentence: listsIn('ja', n => `ほか${n}件`),
  plain: items => items.join('、'),
  // no space stands between two Japanese sentences
  sentences: sentences => sentences.join(''),
}

import { foldAccents } from '../../shared/domain/text.ts'

export const wordsIn = (text: string): { word: string; at: number }[] =>
  [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map(match => ({ word: match[0], at: match.index }))

/** Splits a text at the words among `words` (folded by `foldAccents`), which are hits. The pieces join to it again. */
export function marked(text: string, words: ReadonlySet<string>): { text: string; hit: boolean }[] {
  const pieces: { text: string; hit: boolean }[] = []
  let from = 0
  const take = (until: number, hit: boolean) => {
    if (until > from) pieces.push({ text: text.slice(from, until), hit })
    from = until
  }
  for (const { word, at } of words.size === 0 ? [] : wordsIn(text)) {
    if (!words.has(foldAccents(word))) continue
    take(at, false)
    take(at + word.length, true)
  }
  take(text.length, false)
  return pieces
}

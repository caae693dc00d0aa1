/** The one of `known` that somebody who wrote `word` probably meant; null when none is near. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  if (word.length > 40) return null
  let nearest: string | null = null
  let fewest = Math.min(MAX_SLIPS + 1, word.length / 2)
  for (const candidate of known) {
    const slips = distance(word.toLowerCase(), candidate.toLowerCase())
    if (slips < fewest) [nearest, fewest] = [candidate, slips]
  }
  return nearest
}

/** Beyond this many slips of the pen, or half of a short word, it is another word. */
const MAX_SLIPS = 2

/** Letters to add, drop or exchange. @see https://en.wikipedia.org/wiki/Levenshtein_distance */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const exchange = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1)
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, exchange))
    }
    row = next
  }
  return row[b.length] ?? 0
}

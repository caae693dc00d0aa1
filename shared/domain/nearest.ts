/**
 * The candidate that a mistyped word most likely means; null where none is near. Equal distances: the first one.
 * @param word what was written; compared as it is, so lower-case both where case does not matter
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const most = word.length <= 4 ? 1 : word.length <= 8 ? 2 : 3
  let best: { candidate: string; distance: number } | null = null
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > most) continue
    const distance = editDistance(word, candidate)
    if (distance <= most && (best === null || distance < best.distance)) best = { candidate, distance }
  }
  return best?.candidate ?? null
}

/** ': did you mean aws/lambda?', or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearest(word, candidates)
  return near === null ? '' : `: did you mean ${near}?`
}

/**
 * Insertions, deletions, changes and swaps of neighbours between two words.
 * @see https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance (optimal string alignment)
 */
export function editDistance(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= a.length; row++) {
    const line = [row]
    for (let column = 1; column <= b.length; column++) {
      const change = a[row - 1] === b[column - 1] ? 0 : 1
      let least = Math.min(at(last, column) + 1, at(line, column - 1) + 1, at(last, column - 1) + change)
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (isSwap) least = Math.min(least, at(before, column - 2) + 1)
      line.push(least)
    }
    before = last
    last = line
  }
  return at(last, b.length)
}

const at = (line: readonly number[], column: number): number => line[column] ?? Number.POSITIVE_INFINITY

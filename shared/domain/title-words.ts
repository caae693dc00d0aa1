/** The words of a title that carry its meaning: lower case, without accents, each once. */
export function titleWords(title: string): Set<string> {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? []
  return new Set(words.filter(word => !isFiller(word)))
}

/** Those of the words that hold figures: versions, dates, codes. Titles that differ in one of them tell different things. */
export const figuresIn = (words: Iterable<string>): string =>
  [...words]
    .filter(word => /\p{N}/u.test(word))
    .sort()
    .join(' ')

/** Single letters are left over from `it's` and the like. */
const isFiller = (word: string): boolean => fillers.has(word) || /^\p{L}$/u.test(word)

const fillers = new Set(
  'an and are as at be by for from has how in is it its new now of on or our that the this to was we what why will with you your'.split(
    ' ',
  ),
)

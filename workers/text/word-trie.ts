import { withoutAccents } from '../../shared/domain/text.ts'

/** A word or a sign of a text; `start` and `end` are its position in the plain text. */
export type Token = {
  /** In small letters, without accents. */
  text: string
  /** As it was written, without accents. */
  raw: string
  start: number
  end: number
  opensLine: boolean
}

export type WordTrie<T> = { next: Map<string, WordTrie<T>>; value?: T }

/** A text without accents, full-width forms, unusual hyphens and invisible characters (zero-width, soft hyphens). */
const plain = (text: string): string =>
  withoutAccents(text)
    // Letters grow up to threefold. A few ligatures grow to eighteen, which only a hostile text repeats.
    .slice(0, 3 * text.length + 18)
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Pd}/gu, '-')

/** A text, or its tokens where several functions need them. */
export type Words = string | readonly Token[]

/** The tokens of words. Of a text, only the first `maxChars` characters are read. */
export const tokensIn = (words: Words, maxChars: number): readonly Token[] =>
  typeof words === 'string' ? tokensOf(words.slice(0, maxChars)) : words

/**
 * Words are runs of Latin letters and digits, or of other letters: 'AWS東京' is two. Every other visible character is a
 * token of its own.
 */
export function tokensOf(text: string): Token[] {
  if (isAscii.test(text)) return asciiTokensOf(text)
  const source = plain(text)
  if (isAscii.test(source)) return asciiTokensOf(source) // accents and the ellipsis of a cut were all that was not
  const tokens: Token[] = []
  let end = 0
  for (const { 0: raw, index: start } of source.matchAll(/[\p{Script=Latin}\p{N}]+|[^\P{L}\p{Script=Latin}]+|\S/gu)) {
    const opensLine = tokens.length === 0 || source.slice(end, start).includes('\n')
    end = start + raw.length
    tokens.push({ text: raw.toLowerCase(), raw, start, end, opensLine })
  }
  return tokens
}

const isAscii = /^[\0-\x7F]*$/

/** The same for ASCII, which most texts are, several times as fast. */
function asciiTokensOf(text: string): Token[] {
  // A part of a text in which one sign is not Latin has two bytes for each letter, and all below is slow.
  const source = Buffer.from(text, 'latin1').toString('latin1')
  const tokens: Token[] = []
  let opensLine = true
  for (let start = 0; start < source.length; ) {
    const sort = asciiSorts[source.charCodeAt(start)]
    let end = start + 1
    if (sort === SPACE) opensLine ||= source.charCodeAt(start) === NEWLINE
    else {
      let hasCapital = sort === CAPITAL
      if (sort !== SIGN)
        for (let next = asciiSorts[source.charCodeAt(end)]; next === WORD || next === CAPITAL; end++) {
          hasCapital ||= next === CAPITAL
          next = asciiSorts[source.charCodeAt(end + 1)]
        }
      const raw = source.slice(start, end)
      tokens.push({ text: hasCapital ? raw.toLowerCase() : raw, raw, start, end, opensLine })
      opensLine = false
    }
    start = end
  }
  return tokens
}

const NEWLINE = 10
const [SIGN, SPACE, WORD, CAPITAL] = [0, 1, 2, 3] as const
const asciiSorts = Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code)
  return /[a-z\d]/.test(char) ? WORD : /[A-Z]/.test(char) ? CAPITAL : /\s/.test(char) ? SPACE : SIGN
})

/** Whether two tokens follow each other without a space. */
export const isAdjacent = (left: Token | undefined, right: Token | undefined): boolean =>
  left !== undefined && right !== undefined && left.end === right.start

export const emptyTrie = <T>(): WordTrie<T> => ({ next: new Map() })

export function addPhrase<T>(trie: WordTrie<T>, phrase: string, value: T): void {
  let node = trie
  for (const { text } of tokensOf(phrase)) {
    let child = node.next.get(text)
    if (child === undefined) {
      child = emptyTrie()
      node.next.set(text, child)
    }
    node = child
  }
  node.value = value
}

/** The longest phrase that begins at token `from`, and the index after its last token; null when there is none. */
export function longestAt<T>(
  trie: WordTrie<T>,
  tokens: readonly Token[],
  from: number,
): { value: T; to: number } | null {
  let node = trie.next.get(tokens[from]?.text ?? '')
  if (node === undefined) return null
  let found: { value: T; to: number } | null = node.value === undefined ? null : { value: node.value, to: from + 1 }
  for (let i = from + 1; i < tokens.length; i++) {
    node = node.next.get(tokens[i]?.text ?? '')
    if (node === undefined) break
    if (node.value !== undefined) found = { value: node.value, to: i + 1 }
  }
  return found
}

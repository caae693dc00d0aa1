/** A word or a sign of a text, folded; `start` and `end` are its place in the folded text. */
export type Token = { text: string; start: number; end: number }

export type WordTrie<T> = { next: Map<string, WordTrie<T>>; value?: T }

/** Text → the same without case, accents and odd hyphens, so that 'São Paulo' and 'SAO PAULO' are one. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/\p{Pd}/gu, '-')
    .toLowerCase()

/** Words are runs of letters and digits, every other visible character stands for itself. */
export function tokensOf(folded: string): Token[] {
  const tokens: Token[] = []
  for (const match of folded.matchAll(/[\p{L}\p{N}]+|\S/gu)) {
    tokens.push({ text: match[0], start: match.index, end: match.index + match[0].length })
  }
  return tokens
}

export const emptyTrie = <T>(): WordTrie<T> => ({ next: new Map() })

export function addPhrase<T>(trie: WordTrie<T>, phrase: string, value: T): void {
  let node = trie
  for (const { text } of tokensOf(fold(phrase))) {
    let child = node.next.get(text)
    if (child === undefined) {
      child = emptyTrie()
      node.next.set(text, child)
    }
    node = child
  }
  node.value = value
}

/** The longest phrase that begins at token `from`, and the index after its last token; null when none does. */
export function longestAt<T>(trie: WordTrie<T>, tokens: Token[], from: number): { value: T; to: number } | null {
  let found: { value: T; to: number } | null = null
  let node: WordTrie<T> | undefined = trie
  for (let i = from; i < tokens.length; i++) {
    node = node.next.get(tokens[i]?.text ?? '')
    if (node === undefined) break
    if (node.value !== undefined) found = { value: node.value, to: i + 1 }
  }
  return found
}

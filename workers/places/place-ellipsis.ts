import type { Token, WordTrie } from '../text/word-trie.ts'
import type { Match } from './place-list.ts'
import type { Phrase } from './place-phrases.ts'

/**
 * Names that share a part with the name beside them: 'North and West Europe', 'Japan East and West', 'East US 2 and 3',
 * 'us-east-1/2', 'eu-west-1 and -2'. The words that stand alone become matches of the whole names; all in order.
 * @param matches what is named in full
 */
export function withElided(trie: WordTrie<Phrase>, tokens: readonly Token[], matches: readonly Match[]): Match[] {
  return matches.flatMap((match, at) => {
    if (!isJoined(tokens, match) || !isShared(match)) return match
    const [free, end] = [matches[at - 1]?.to ?? 0, matches[at + 1]?.from ?? tokens.length]
    return [...elidedBefore(trie, tokens, match, free), match, ...elidedAfter(trie, tokens, match, end)]
  })
}

const isJoined = (tokens: readonly Token[], { from, to }: Match): boolean =>
  joiners.has(tokens[from - 1]?.text ?? '') || joiners.has(tokens[to]?.text ?? '')

const isShared = ({ phrase }: Match): boolean =>
  phrase.region !== null && (phrase.kind === 'code' || phrase.kind === 'name' || phrase.kind === 'title')

/** Words of a name that may stand alone. */
const MAX_ALONE = 3

/** 'North, South and' before 'West Europe': the words take its end. */
function elidedBefore(trie: WordTrie<Phrase>, tokens: readonly Token[], match: Match, free: number): Match[] {
  const name = textsOf(tokens, match.from, match.to)
  const found: Match[] = []
  for (let to = beforeJoiners(tokens, match.from); to !== null; ) {
    const end = to
    const longest = spans(end, free).find(from => {
      if (!trie.next.has(tokens[from]?.text ?? '')) return false
      const alone = textsOf(tokens, from, end)
      return name.some((_, cut) => cut > 0 && phraseOf(trie, [...alone, ...name.slice(cut)]) !== null)
    })
    if (longest === undefined) break
    const alone = textsOf(tokens, longest, end)
    const cut = name.findIndex((_, at) => at > 0 && phraseOf(trie, [...alone, ...name.slice(at)]) !== null)
    const phrase = phraseOf(trie, [...alone, ...name.slice(cut)])
    if (phrase === null) break
    found.unshift({ phrase, free, from: longest, to: end })
    to = beforeJoiners(tokens, longest)
  }
  return found
}

/** From the longest to the shortest span of words that ends before `to`. */
const spans = (to: number, free: number): number[] =>
  Array.from({ length: MAX_ALONE }, (_, at) => to - MAX_ALONE + at).filter(from => from >= free)

/** 'and West' behind 'Japan East': the words take its beginning. A figure needs a name with one: 'East US 2 and 3'. */
function elidedAfter(trie: WordTrie<Phrase>, tokens: readonly Token[], match: Match, end: number): Match[] {
  const found: Match[] = []
  const name = textsOf(tokens, match.from, match.to)
  for (let from = afterJoiners(tokens, match.to); from !== null; ) {
    const next = longestAfter(trie, tokens, name, from, end)
    if (next === null) break
    found.push({ phrase: next.phrase, free: from, from, to: next.to })
    from = afterJoiners(tokens, next.to)
  }
  return found
}

function longestAfter(
  trie: WordTrie<Phrase>,
  tokens: readonly Token[],
  name: readonly string[],
  from: number,
  end: number,
): { phrase: Phrase; to: number } | null {
  if (!mayContinue(trie, name, tokens[from]?.text ?? '')) return null
  for (let to = Math.min(from + 4, end); to > from; to--) {
    const phrase = continued(trie, name, textsOf(tokens, from, to))
    if (phrase !== null && isClosed(tokens, from, to)) return { phrase, to }
  }
  return null
}

/** A quick look: most words behind a name continue no part of it. Figures and hyphens may. */
function mayContinue(trie: WordTrie<Phrase>, name: readonly string[], word: string): boolean {
  if (/^[\d-]/.test(word)) return true
  let node: WordTrie<Phrase> | undefined = trie
  for (const part of name) {
    node = node.next.get(part)
    if (node === undefined) return false
    if (node.next.has(word)) return true
  }
  return false
}

/** The name with its last words replaced: 'us-east-1' and '2', 'nyc1' and '3', 'Japan East' and 'West'. */
function continued(trie: WordTrie<Phrase>, name: readonly string[], alone: readonly string[]): Phrase | null {
  const last = name.at(-1) ?? ''
  const letters = /^([a-z]{1,20})\d{1,2}$/.exec(last)?.[1]
  const isFigure = /^\d{1,2}$/.test(alone.at(-1) ?? '') && alone.every(text => /^(?:\d{1,2}|-)$/.test(text))
  if (isFigure && !/\d$/.test(last)) return null
  if (isFigure && letters !== undefined) return phraseOf(trie, [...name.slice(0, -1), letters + alone.at(-1)])
  const words = alone[0] === '-' ? alone.slice(1) : alone
  for (let cut = name.length - 1; cut > 0; cut--) {
    if (name[cut] === '-') continue // a hyphen stays with the words before it
    const phrase = phraseOf(trie, [...name.slice(0, cut), ...words])
    if (phrase !== null) return phrase
  }
  return null
}

/** Whether the words end there: at a sign, a verb or the next member. '3 hours' and 'West Midlands' do not. */
function isClosed(tokens: readonly Token[], from: number, to: number): boolean {
  const next = tokens[to]
  if (next === undefined || next.opensLine) return true
  if (next.text === '.' && /^\d/.test(tokens[to + 1]?.text ?? '') && next.start + 1 === tokens[to + 1]?.start)
    return false
  const isFigure = /^\d/.test(tokens[to - 1]?.text ?? '')
  // '…-1, 2 are down' may count something else.
  const isLoose = isFigure && tokens[from - 1]?.text === ','
  if (isLoose) return /^(?:and|or|,|&)$/.test(next.text)
  return closers.has(next.text) || (!isFigure && verbs.has(next.text)) || !/[\p{L}\p{N}%-]/u.test(next.text)
}

const closers = new Set('is are was were has have and or region regions since due'.split(' '))
const verbs = new Set('see experience fail report may might could customers users'.split(' '))

/** The index behind the joiners that begin there; null where none do, or a line ends. */
function afterJoiners(tokens: readonly Token[], at: number): number | null {
  let to = at
  while (to < at + 2 && joiners.has(tokens[to]?.text ?? '') && !tokens[to]?.opensLine) to++
  return to === at || tokens[to] === undefined || tokens[to]?.opensLine ? null : to
}

function beforeJoiners(tokens: readonly Token[], at: number): number | null {
  let to = at
  while (to > at - 2 && joiners.has(tokens[to - 1]?.text ?? '') && !tokens[to]?.opensLine) to--
  return to === at || tokens[to]?.opensLine ? null : to
}

const joiners = new Set(', / & + and or und et y'.split(' '))

const textsOf = (tokens: readonly Token[], from: number, to: number): string[] =>
  tokens.slice(from, to).map(({ text }) => text)

/** The phrase of exactly these words, if it names one region. */
function phraseOf(trie: WordTrie<Phrase>, words: readonly string[]): Phrase | null {
  let node: WordTrie<Phrase> | undefined = trie
  for (const word of words) node = node?.next.get(word)
  const phrase = node?.value
  return phrase?.region && /^(?:code|name|title)$/.test(phrase.kind) ? phrase : null
}

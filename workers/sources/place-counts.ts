import type { Match } from './place-list.ts'
import { properties, qualifiers, reach, sequels, troubles } from './place-words.ts'
import { isTied, type Token } from './word-trie.ts'

/** Whether a phrase counts where it stands; `labelled` tells whether its list is a label. Its kinds say why. */
export function counts(tokens: readonly Token[], match: Match, labelled: boolean): boolean {
  const { phrase, from, to } = match
  const words = tokens.slice(from, to)
  const next = tokens[to]
  switch (phrase.kind) {
    case 'code':
      return isContiguous(words) && !goesOn(tokens, to) && (!leadsOn(tokens, to) || isZone(phrase.zone, tokens, to))
    case 'name':
      return isWhole(tokens, match)
    case 'title':
      return isWhole(tokens, match) && (labelled || !words.some(isLowerCase) || words[1]?.text === '-')
    case 'place':
      return !leadsOn(tokens, to) && (labelled || isBracketed(tokens, match))
    case 'airport':
      if (tokens.length === words.length) return true
      return words.every(isUpperCase) && !leadsOn(tokens, to) && (labelled || isBracketed(tokens, match))
    case 'everywhere':
      return !/^(?:in|within|of|where|that|with)$/.test(next?.text ?? '')
    case 'globally':
      if (next === undefined || troubles.has(next.text)) return true
      return !properties.has(next.text) && !(words.some(isCapital) && isCapital(next))
    case 'global':
      return isGlobal(next) || (labelled && !leadsOn(tokens, to))
  }
}

const isGlobal = (next: Token | undefined): boolean =>
  next !== undefined && (troubles.has(next.text) || reach.has(next.text))

const isWhole = (tokens: readonly Token[], match: Match): boolean =>
  !leadsOn(tokens, match.to) && !goesOn(tokens, match.to) && !isLedInto(tokens, match)

/** Whether a hyphen ties the phrase to a next word: 'us-east-1-bos', 'London-based'. */
const leadsOn = (tokens: readonly Token[], to: number): boolean =>
  tokens[to]?.text === '-' && isTied(tokens[to - 1], tokens[to]) && isTied(tokens[to], tokens[to + 1])

/** Whether the name is another's first part: 'East US 9', 'Central US EUAP'. A time may follow: 'East US 9:30'. */
function goesOn(tokens: readonly Token[], to: number): boolean {
  const next = tokens[to]?.text ?? ''
  if (sequels.has(next)) return true
  return /^\d$/.test(next) && /\p{L}$/u.test(tokens[to - 1]?.text ?? '') && tokens[to + 1]?.text !== ':'
}

/** Whether the name is another's last part: 'North-East US'. */
function isLedInto(tokens: readonly Token[], { free, from }: Match): boolean {
  const hyphened = tokens[from - 1]?.text === '-' && isTied(tokens[from - 1], tokens[from])
  const before = hyphened ? from - 2 : from - 1
  return before >= free && qualifiers.has(tokens[before]?.text ?? '')
}

/** The letter of 'europe-west1-b', the figure of 'us-south-1', with nothing tied on after it. */
const isZone = (pattern: RegExp | null, tokens: readonly Token[], to: number): boolean =>
  pattern?.test(tokens[to + 1]?.text ?? '') === true && !leadsOn(tokens, to + 2)

/** 'us-east' is a code, 'us - east' is not. */
const isContiguous = (words: readonly Token[]): boolean =>
  words.every((word, at) => at === 0 || isTied(words[at - 1], word))

const isBracketed = (tokens: readonly Token[], { from, to }: Match): boolean =>
  /^[([【「]$/.test(tokens[from - 1]?.text ?? '') && /^[)\]】」]$/.test(tokens[to]?.text ?? '')

const isCapital = (word: Token): boolean => /^\p{Lu}/u.test(word.raw)
const isLowerCase = (word: Token): boolean => /^\p{Ll}/u.test(word.raw)
const isUpperCase = (word: Token): boolean => word.raw === word.raw.toUpperCase()

import { isAdjacent, type Token } from '../text/word-trie.ts'
import type { Phrase } from './place-phrases.ts'

/** A found phrase: the tokens from `from` to before `to`. The tokens from `free` on belong to no other phrase. */
export type Match = { phrase: Phrase; free: number; from: number; to: number }

/** Phrases side by side, as in 'Ohio, Oregon and N. Virginia'. The words around the list hold for each. */
export type List = { matches: Match[]; from: number; to: number }

/** Groups found phrases into lists. */
export function listsOf(matches: readonly Match[], tokens: readonly Token[]): List[] {
  const lists: List[] = []
  for (const match of matches) {
    const list = lists.at(-1)
    if (list !== undefined && isJoined(tokens.slice(list.to, match.from + 1))) {
      list.matches.push(match)
      list.to = match.to
    } else lists.push({ matches: [match], from: match.from, to: match.to })
  }
  return lists
}

/** Whether the text excludes these: 'except West Europe', 'East US is not affected'. */
export function isSpared(tokens: readonly Token[], { from, to }: List): boolean {
  let before = from - 1
  while (before >= from - MAX_FILLERS && fillers.has(tokens[before]?.text ?? '')) before--
  if (sparing.has(tokens[before]?.text ?? '')) return true
  const after = tokens.slice(to, to + 6).map(({ text }) => text)
  return unaffected.test(after.join(' '))
}

/**
 * Whether a list of places is used as a label: between signs ('(Ohio)', 'Latency - Ohio'), beside a word that makes it
 * one ('Ohio region'), or after a trouble ('packet loss in Ohio since noon').
 */
export function isLabel(tokens: readonly Token[], { matches, from, to }: List): boolean {
  const first = tokens[from]
  const before = tokens[from - 1]
  const after = tokens[to]
  const ended = after === undefined || after.opensLine
  if (!ended && namesRegions(after.text, tokens[to + 1]?.text ?? '')) return true
  const closed = ended || closing.has(after.text)
  if (isTroubleIn(tokens, from)) return closed || afterTrouble.has(after.text)
  if (!closed) return false
  if (matches.length > 1 && isOwn(matches[0])) return true
  // 'Paris, Texas' and 'Tokyo, 12 June' begin a line as well.
  if (first?.opensLine === true) return ended || after.text !== ','
  if (before?.text === '-' && isAdjacent(before, first)) return !isAdjacent(tokens[from - 2], before)
  return before !== undefined && (regionWords.has(before.text) || opening.has(before.text))
}

const MAX_FILLERS = 5

const unaffected =
  /^(?:regions? |customers )*(?:is|are|was|were|remains?) (?:un(?:affected|impacted)|not(?: affected| impacted|$| [.,;)]))/

/** Whether only a few signs and words of a list come before the last of these tokens, all on one line. */
const isJoined = (tokens: readonly Token[]): boolean =>
  tokens.length <= 4 &&
  tokens.every(({ opensLine }) => !opensLine) &&
  tokens.slice(0, -1).every(({ text }) => joiners.has(text))

const isOwn = (match: Match | undefined): boolean => /^(?:code|name|title)$/.test(match?.phrase.kind ?? '')

/** 'Ohio region', 'Ohio data center'. */
const namesRegions = (word: string, next: string): boolean =>
  regionWords.has(word) || (/^(?:data|availability)$/.test(word) && /^(?:cent(?:er|re)s?|zones?)$/.test(next))

/** 'packet loss in …', 'network issues at …'. */
function isTroubleIn(tokens: readonly Token[], from: number): boolean {
  const [where = '', trouble = '', technique = ''] = [1, 2, 3].map(back => tokens[from - back]?.text)
  if (!/^(?:in|at|within)$/.test(where) || !troubles.has(trouble)) return false
  return !/^issues?$/.test(trouble) || techniques.has(technique)
}

/** The words and signs around a phrase that decide what it means, all in small letters without accents. */
const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(' '))

/** Between the members of a list. */
const joiners = wordSet(', / & + | ( ) [ ] 、 and or')

/** Before and after a label. */
const opening = wordSet('- ( [ | : / * • · " “ « 【 「')
const closing = wordSet('- ) ] , | : / . ; • · ! ? " ” » 】 」 。 、')

const regionWords = wordSet(
  'region regions datacenter datacenters datacentre datacentres location locations zone zones facility facilities',
)

/** What goes wrong at a place. An issue counts only with a technique: 'planning issues in Ireland' is none. */
export const troubles = wordSet(
  'error errors latency latencies connectivity degradation outage outages disruption disruptions interruption interruptions failures timeouts loss maintenance incident incidents downtime congestion slowness delays issue issues',
)
const techniques = wordSet(
  'network networking connectivity connection power cooling performance service api storage hardware routing peering latency droplet dns compute',
)
/** What follows the place of a trouble: 'errors in Ohio since noon'. */
const afterTrouble = wordSet(
  'is are was were has have since on at from between during due after starting beginning for',
)

/** Excludes what follows, with fillers between: 'no impact to customers in …'. */
const sparing = wordSet('except excepting excluding exception outside unlike besides than not no')
const fillers = wordSet(
  'for of in to the our at within any region regions customer customers impact affect affecting impacting',
)

/** Before a name they make another of it: 'South East US', 'Non-East US'. */
export const qualifiers = wordSet(
  'north south east west central middle northern southern eastern western northeast northwest southeast southwest non',
)
/** After a name they make it a canary, a stage or no region: 'Central US EUAP', 'US-East coast'. */
export const sequels = wordSet('euap stg stage coast time')

/** What 'global …' affects, beside troubles. */
export const reach = wordSet('event scope region location impact')
/** Make 'globally …' a property instead of a scope. */
export const properties = wordSet(
  'distributed unique replicated available redundant consistent recognised recognized known scalable leading developers conference team community network',
)

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

/**
 * Whether a list of places is used as a label: between signs ('(Ohio)', 'Latency - Ohio'), beside a word that makes it
 * one ('Ohio region'), after a trouble ('packet loss in Ohio since noon')
 * or before one ('Frankfurt network maintenance').
 */
export function isLabel(tokens: readonly Token[], { matches, from, to }: List): boolean {
  const first = tokens[from]
  const before = tokens[from - 1]
  const after = tokens[to]
  const ended = after === undefined || after.opensLine
  if (!ended && namesRegions(after.text, tokens[to + 1]?.text ?? '')) return true
  if (isTroubleAfter(tokens, to)) return true
  // 'region in London overheats'
  if (before?.text === 'in' && regionWords.has(tokens[from - 2]?.text ?? '')) return failing.has(after?.text ?? '')
  const closed = ended || closing.has(after.text)
  if (isTroubleIn(tokens, from)) return closed || afterTrouble.has(after.text)
  if (!closed) return false
  if (matches.length > 1 && isOwn(matches[0])) return true
  // 'Emergency maintenance Chicago'
  if (ended && before !== undefined && !first?.opensLine && alone.has(before.text)) return true
  // 'Paris, Texas' and 'Tokyo, 12 June' begin a line as well.
  if (first?.opensLine === true) return ended || after.text !== ','
  if (before?.text === '-' && isAdjacent(before, first)) return !isAdjacent(tokens[from - 2], before)
  return before !== undefined && (regionWords.has(before.text) || opening.has(before.text))
}

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
  const isThere = /^(?:in|at|within|affecting|impacting|near|en|bei)$/.test(where)
  // 'packet loss to Frankfurt': one end of a way is enough.
  const isOnTheWay =
    /^(?:to|from|towards|between|for)$/.test(where) &&
    /^(?:loss|latency|connectivity|routing|congestion|maintenance|wartung)$/.test(trouble)
  // 'outage hits Amsterdam'
  if (/^(?:hits?|strikes?)$/.test(where) && troubles.has(trouble)) return true
  if (isThere && isTroubleOf(tokens, from - 1)) return true
  if (!(isThere || isOnTheWay) || !troubles.has(trouble)) return false
  return !/^(?:issues?|problems?|troubles?|difficulties|failure)$/.test(trouble) || techniques.has(technique)
}

/** 'Störung bei AWS in …', 'outage at Oracle Cloud in …': a trouble, whose it is in up to three words, and the place. */
function isTroubleOf(tokens: readonly Token[], to: number): boolean {
  for (let at = to - 1; at > to - 5 && at > 0; at--) {
    const word = tokens[at]?.text ?? ''
    if (/^(?:bei|at|of|von|bij|chez)$/.test(word)) return at < to - 1 && troubles.has(tokens[at - 1]?.text ?? '')
  }
  return false
}

/** '… network maintenance', '… packet loss since noon': techniques, then a trouble, and nothing that it belongs to. */
function isTroubleAfter(tokens: readonly Token[], to: number): boolean {
  let at = to
  while (
    at < to + 4 &&
    techniques.has(tokens[at]?.text ?? '') &&
    !tokens[at]?.opensLine &&
    tokens[at]?.text !== 'power'
  )
    at++
  const trouble = tokens[at]
  if (trouble === undefined || trouble.opensLine || !troubles.has(trouble.text)) {
    // A technique may be the trouble itself: 'Ohio latency'.
    const last = tokens[at - 1]?.text ?? ''
    const isTrouble =
      /^(?:latency|connectivity)$/.test(last) || (last === 'performance' && tokens[at - 2]?.text === 'degraded')
    return at > to && isTrouble && endsAt(tokens, at)
  }
  if (at === to && !alone.has(trouble.text)) return false
  return endsAt(tokens, at + 1)
}

const endsAt = (tokens: readonly Token[], at: number): boolean => {
  const next = tokens[at]
  return next === undefined || next.opensLine || closing.has(next.text) || afterTrouble.has(next.text)
}

/** The words and signs around a phrase that decide what it means, all in small letters without accents. */
const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(' '))

/** Between the members of a list. */
const joiners = wordSet(', / & + | ( ) [ ] 、 and or und et y')

/** Before and after a label. */
const opening = wordSet('- ( [ | : / * • · " “ « 【 「')
const closing = wordSet('- ) ] , | : / . ; • · ! ? " ” » 】 」 。 、')

const regionWords = wordSet(
  'region regions datacenter datacenters datacentre datacentres location locations zone zones facility facilities rechenzentrum standort',
)

/** What goes wrong at a place. An issue counts only with a technique: 'planning issues in Ireland' is none. */
export const troubles = wordSet(
  'error errors latency latencies connectivity degradation outage outages disruption disruptions interruption interruptions failures timeouts loss maintenance incident incidents downtime congestion slowness delays issue issues problem problems trouble troubles difficulties failure unavailability storung storungen netzwerkstorung netzwerkausfall wartung wartungsarbeiten ausfall ausfalle panne mantenimiento manutencao interrupcion',
)
const techniques = wordSet(
  'network networking connectivity connection power cooling performance service api storage hardware routing peering latency droplet dns compute emergency scheduled planned unplanned partial major degraded intermittent high elevated increased packet host node switch router transit upstream backbone edge internet fiber fibre ddos block object volume instance ipv4 ipv6 system server',
)
/** Troubles that need no technique: 'Frankfurt outage'. Airports and fairs have incidents, delays and losses as well. */
const alone = wordSet(
  'latency connectivity degradation outage outages maintenance downtime timeouts slowness errors unavailability wartung wartungsarbeiten netzwerkstorung netzwerkausfall',
)
/** What a region does that goes wrong. */
const failing = wordSet('overheats overheated fails failed goes went suffers struggles offline down dark burns floods')
/** What follows the place of a trouble: 'errors in Ohio since noon'. */
const afterTrouble = wordSet(
  'is are was were has have since on at from between during due after starting beginning for hits hit takes took knocks knocked leaves left disrupts disrupted traced blamed',
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

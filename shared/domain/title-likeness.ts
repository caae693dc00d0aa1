import { foldAccents } from './text.ts'

/** A title, as far as it says whether another one tells the same. */
export type TitleWords = {
  /** The meaningful words, each once, in small letters without accents; pairs of characters where words have no spaces. */
  words: ReadonlySet<string>
  /** All of them in their order, which equal titles share. */
  whole: string
  /** The words with digits: versions, dates, codes. Titles that differ in one of them are different news. */
  figures: string
  /** Whether something is not: 'will' and 'will not' are different news. */
  negations: number
  /** Words that may name something: those with a capital of their own, and the first. Of Chinese and Japanese, pairs of ideographs. */
  names: ReadonlySet<string>
}

/** Similar titles share this part of all their words: 4 of 5. @see https://en.wikipedia.org/wiki/Jaccard_index */
export const [SHARED_WORDS, ALL_WORDS] = [4, 5]
/** Shorter titles are similar by chance, unless they are equal. */
export const MIN_WORDS = 5

export function readTitle(title: string): TitleWords {
  const written =
    withoutFrame(title)
      .replaceAll(/n['’]t\b/g, ' not')
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const sequence: string[] = []
  const names = new Set<string>()
  const isTitleCase = written.slice(1).filter(word => /^\p{Lu}/u.test(word)).length * 2 > written.length
  let negations = 0
  for (const [at, raw] of written.entries()) {
    const word = numbers.get(foldAccents(raw)) ?? foldAccents(raw)
    if (negating.has(word)) negations += 1
    if (isFiller(word)) continue
    if (CJK.test(raw)) {
      const pairs = pairsOf(word)
      sequence.push(...pairs)
      for (const pair of pairs) if (HAN.test(pair)) names.add(pair)
      negations += raw.match(cjkNegation)?.length ?? 0
      continue
    }
    sequence.push(word)
    const hasOwnCapital = /\p{L}\p{Lu}/u.test(raw) || (at > 0 && !isTitleCase && /^\p{Lu}/u.test(raw))
    const isSubject = (at === 0 || isTitleCase) && /^\p{Lu}/u.test(raw) && !isInflected(word)
    if (hasOwnCapital || isSubject) names.add(word)
  }
  const figures = [...new Set(sequence.filter(word => /\p{N}/u.test(word)))].sort().join(' ')
  return { words: new Set(sequence), whole: sequence.join(' '), figures, negations: negations % 2, names }
}

/** How alike two titles are, 1 for equal ones; 0 where they are different news. */
export function titleLikeness(a: TitleWords, b: TitleWords): number {
  if (a.figures !== b.figures || a.negations !== b.negations) return 0
  if (a.whole === b.whole) return isTelling(a) ? 1 : 0
  if (a.words.size < MIN_WORDS || b.words.size < MIN_WORDS) return 0
  const [onlyA, onlyB] = [without(a.words, b.words), without(b.words, a.words)]
  if (onlyA.length > 0 && onlyA.join('') === onlyB.join('')) return ALMOST_EQUAL // 'start-up' and 'startup'
  const shared = a.words.size - onlyA.length
  const all = shared + onlyA.length + onlyB.length
  if (shared * ALL_WORDS < all * SHARED_WORDS || isContrary(onlyA, onlyB)) return 0
  // 'PostgreSQL' in place of 'MySQL' makes other news; 'unveils' in place of 'presents' does not.
  const isRenamed = onlyA.some(word => a.names.has(word)) && onlyB.some(word => b.names.has(word))
  return isRenamed && !isSpelling(onlyA, onlyB) ? 0 : shared / all
}

const ALMOST_EQUAL = 0.99

/** Of one source titles are alike in many series: only a word or two that name nothing may differ. */
const OWN_LIKENESS = 0.85

/** Whether one source tells the same again: in a title that is equal, spelled otherwise, or has a plain word more or less. */
export function isRepeated(a: TitleWords, b: TitleWords): boolean {
  const likeness = titleLikeness(a, b)
  if (likeness >= ALMOST_EQUAL) return true
  const differing = [...without(a.words, b.words), ...without(b.words, a.words)]
  return likeness >= OWN_LIKENESS && !differing.some(word => a.names.has(word) || b.names.has(word))
}

/** Whether equal titles tell one thing: 'AWS is down' does, 'Weekly cloud news' and 'Update' do not. */
export const isTelling = ({ words, whole }: TitleWords): boolean =>
  [...words].some(word => !periodical.has(word)) && (words.size >= MIN_WORDS || isLongEnough(words, whole))

const isLongEnough = (words: ReadonlySet<string>, whole: string): boolean =>
  words.size >= 2 && ![...words].some(word => series.has(word)) && whole.length >= 5

const without = (words: ReadonlySet<string>, others: ReadonlySet<string>): string[] =>
  [...words].filter(word => !others.has(word))

/** Whether a word of one is the opposite of a word of the other, as 'opens' of 'closes'. */
function isContrary(a: readonly string[], b: readonly string[]): boolean {
  if (alternatives.some(set => a.some(word => set.has(word)) && b.some(word => set.has(word)))) return true
  return contraries.some(
    ([one, other]) =>
      (a.some(word => one.has(word)) && b.some(word => other.has(word))) ||
      (a.some(word => other.has(word)) && b.some(word => one.has(word))),
  )
}

/** 'datacenter' and 'data center', 'centre' and 'center': the same letters, or all but one. */
function isSpelling(a: readonly string[], b: readonly string[]): boolean {
  const [one, other] = [a.join(''), b.join('')]
  return one === other || [...one].sort().join('') === [...other].sort().join('')
}

const CJK = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/
const HAN = /^\p{Script=Han}+$/u
const cjkNegation = /[不没未沒]|ない|ません|なし|않|못/g

const pairsOf = (word: string): string[] => {
  const characters = [...word]
  return characters.length < 3 ? [word] : characters.slice(1).map((character, at) => `${characters[at]}${character}`)
}

/** Without what publishers put around a title: 'Breaking: …', '… | The Gazette'. */
function withoutFrame(title: string): string {
  const inner = title
    .slice(0, MAX_CHARS)
    .replace(/data[ -]?cent(?:er|re)/gi, 'data center')
    .replace(/(\d) ?(?:billion|bn)\b/gi, '$1bn')
    .replace(/(\d) ?(?:million|mn)\b/gi, '$1m')
    .replace(/\b(?:\p{Lu}\.){2,5}/gu, dotted => dotted.replaceAll('.', ''))
    .replace(
      /^\s*(?:\[(?:update|updated|breaking|video)\]|(?:breaking|update|updated|exclusive|watch|video|eilmeldung|show hn|tell hn)\s*:)\s*/i,
      '',
    )
  const [, head = '', tail = ''] = /^([^|]{20,}) \| ([^|]{1,40})$/.exec(inner) ?? []
  return tail === '' ? inner : head
}
const MAX_CHARS = 300

const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(' '))

/** Single letters remain of `it's` and the like. */
const isFiller = (word: string): boolean => fillers.has(word) || /^[a-z]$/.test(word)
const fillers = wordSet(
  'an and are as at be been by for from has have how in is it its new now of on or our that the this to was we were what why will with you your',
)
const negating = wordSet(
  'not no never without cannot neither nor none denies deny denied nicht kein keine keinen nie ohne ne pas jamais sans non sin nunca nao sem',
)
/** Words of a verb's form, which headlines begin with a capital too. */
const isInflected = (word: string): boolean =>
  /(?:s|ed|ing|ly)$/.test(word) ||
  /^(?:cut|hit|set|put|say|buy|get|add|sell|take|make|big|more|over|after|amid|major|huge|fresh)$/.test(word)

const numbers: ReadonlyMap<string, string> = new Map(
  'two three four five six seven eight nine ten eleven twelve'.split(' ').map((word, at) => [word, String(at + 2)]),
)

/** Words that titles of a series have in every issue. */
const series = wordSet(
  'weekly daily monthly newsletter digest roundup recap briefing changelog issue episode podcast links notes',
)
const periodical = wordSet(
  'weekly daily monthly news newsletter digest roundup recap briefing changelog release notes update updates links week month day podcast episode issue cloud blog post announcement announcements untitled status maintenance scheduled planned emergency incident outage security product service services advisory bulletin patch version community engineering important system general',
)

const contraries =
  `opens launches launch open opened launched starts start started begins | closes close closed shuts shutters ends end ended stops stop retires retired
  up rises rise raises raise raised increases increase grows higher hikes hike gains surges | down falls fall lowers lower lowered decreases decrease cuts cut drops drop reduces shrinks
  resolved restored recovers recovered fixed back mitigated over ends | investigating ongoing continues persists begins starts
  before | after
  first | second third fourth last
  second | third fourth
  wins win won | loses lose lost
  buys buy acquires acquire | sells sell divests
  joins join enters | leaves leave left quits exits
  approves approve approved clears allows allow permits | rejects reject rejected blocks block bans ban
  confirms confirm confirmed admits | rejects refutes disputes
  preview beta alpha | ga generally available stable
  available | unavailable retired
  enabled enables enable adds add added | disabled disables disable removes remove removed drops
  hires hire | fires fire lays
  north northern | south southern
  east eastern | west western
  north south | east west
  free | paid
  safe secure | vulnerable unsafe insecure
  public | private
  delays delayed postpones | accelerates
  more | less fewer
  best | worst
  erhoht steigert steigt eroffnet offnet startet | senkt sinkt fallt schließt beendet
  ouvre augmente lance | ferme baisse arrete
  abre sube lanza | cierra baja`
    .split('\n')
    .map(line => line.split('|').map(side => wordSet(side.trim())))
    .flatMap(([one, other]): [ReadonlySet<string>, ReadonlySet<string>][] => (one && other ? [[one, other]] : []))

/** Words of one sort: another one of them makes other news. */
const alternatives = [
  'january february march april may june july august september october november december',
  'monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag',
  'water electricity gas coal',
  'solar wind nuclear geothermal hydrogen gas coal',
  'storage compute network networking database databases email dns identity billing',
  'banks airlines hospitals retailers schools governments airports universities',
  'africa asia europe america australia african asian european american australian',
  'postgresql mysql mariadb redis mongodb oracle sqlserver cassandra',
].map(wordSet)

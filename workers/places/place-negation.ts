import type { Token } from '../text/word-trie.ts'
import type { List } from './place-list.ts'

/**
 * The lists of places that a text says something bad of: without those that it excludes ('except West Europe'), calls
 * well ('East US is fine'), or sends traffic to. What has recovered stays, unless the text names what has not: a notice
 * of an end is about the region that it names.
 */
export function unsparedLists(tokens: readonly Token[], lists: readonly List[]): readonly List[] {
  if (lists.length === 0) return lists
  let before: Said = 'nothing'
  const said = lists.map(list => {
    const own = saidOf(tokens, list)
    // 'X is fine, Y is not' and 'X is affected, Y is not'.
    const resolved: Said = own === 'not' ? (before === 'well' || before === 'recovered' ? 'bad' : 'well') : own
    before = resolved
    return { list, said: resolved }
  })
  const hasBad = said.some(({ said }) => said === 'bad' || said === 'nothing')
  return said.filter(({ said }) => said !== 'well' && !(said === 'recovered' && hasBad)).map(({ list }) => list)
}

/** What is said of a list. `not`: the same as of the list before, negated. */
type Said = 'well' | 'recovered' | 'bad' | 'not' | 'nothing'

function saidOf(tokens: readonly Token[], list: List): Said {
  if (isExcluded(tokens, list.from) || isRefuge(tokens, list.from)) return 'well'
  if (!predicates.has(tokens[list.to]?.text ?? '')) return 'nothing'
  const after = tokens
    .slice(list.to, list.to + 12)
    .map(({ text }) => text)
    .join(' ')
    .replace(/\b(is|are|was|were|has|have|do|does|did)n ['’] t\b/g, '$1 not')
    .replace(/^(?:(?:regions?|customers|users|zones?) ){1,2}/, '')
  if (well.some(pattern => pattern.test(after))) return 'well'
  if (recovered.some(pattern => pattern.test(after))) return 'recovered'
  if (
    /^(?:is|are|was|were|has|have|do|does|did|remains?) not(?:$| [.,;)!]| but\b| and\b| however\b| yet\b)/.test(after)
  )
    return 'not'
  return /^(?:is|are|was|were|has|have) (?:still )?(?:affected|impacted|down|degraded|unavailable|impaired)\b/.test(
    after,
  )
    ? 'bad'
    : 'nothing'
}

const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(' '))

/** What a predicate begins with, behind a list. Most texts have none, which one look tells. */
const predicates = wordSet(
  'region regions customers users zone zones is are isn aren was were wasn weren remains remain remained stays stay stayed looks look appears appear seems seem has have hasn haven had do does did don doesn didn shows sees saw : ( = - unaffected unimpacted fine ok healthy operational recovered up restored works work operates operate',
)

const well = [
  /^(?:is|are|was|were|remains?|remained|stays?|looks?|appears?|seems?|(?:has|have) been)(?: (?:now|currently|still|also|both|all|fully|completely|otherwise|perfectly|to be)){0,3} (?:un(?:affected|impacted)|fine|ok|okay|healthy|well|good|unscathed|safe)\b/,
  /^(?:is|are|was|were|remains?|(?:has|have) been)(?: (?:currently|still|also|both)){0,2} (?:not|never|no longer) (?:affected|impacted|involved|hit|degraded|impaired|down|experiencing|seeing|having)\b/,
  /^(?:do|does|did) not (?:experience|see|have|show)\b/,
  /^(?:has|have|had|shows?|sees?|saw) no (?:known |reported )?(?:issues?|impact|errors?|problems?|trouble)\b/,
  /^[:(=-] (?:un(?:affected|impacted)|ok|okay|fine|healthy|no (?:known )?(?:impact|issues?|problems?)|not (?:affected|impacted))\b/,
  /^(?:un(?:affected|impacted)|fine|ok|healthy)(?:$| [.,;)])/,
]

const recovered = [
  /^(?:is|are|was|were|remains?|remained|stays?|(?:has|have) been)(?: (?:now|currently|still|also|both|all|fully|again)){0,3} (?:operational|operating|stable|normal|available|up|recovered|restored|back|working|mitigated|resolved)\b/,
  /^(?:has|have)(?: (?:now|already|fully|since|also|both)){0,2} (?:recovered|returned|come back)\b/,
  /^(?:[:(=-] )?(?:operational|recovered|up|restored)(?:$| [.,;)])/,
  /^(?:recovered|works?|operates?)\b/,
]

/** Whether the words before exclude what follows: 'except West Europe', 'no impact to customers in East US'. */
function isExcluded(tokens: readonly Token[], from: number): boolean {
  let before = from - 1
  while (before >= from - MAX_FILLERS && fillers.has(tokens[before]?.text ?? '')) before--
  const word = tokens[before]?.text ?? ''
  const further = tokens[before - 1]?.text ?? ''
  if (word === 'from') return /^(?:apart|aside)$/.test(further)
  if (word === 'but') return /^(?:all|any|every|everywhere|regions?|locations?)$/.test(further)
  return excluding.has(word)
}

const MAX_FILLERS = 6
const excluding = wordSet(
  'except excepting excluding excludes exception outside unlike besides than not no neither nor without instead nothing',
)
const fillers = wordSet(
  'for of in to on the our at within any other known reported region regions customer customers impact affect affecting impacting affected issue issues problem problems errors',
)

/** Whether traffic is sent there from somewhere else: 'fail over to West US', 'rerouted to Ohio'. */
function isRefuge(tokens: readonly Token[], from: number): boolean {
  if (!/^(?:to|into|towards)$/.test(tokens[from - 1]?.text ?? '')) return false
  const before = tokens.slice(Math.max(0, from - 9), from - 1).map(({ text }) => text)
  const isMove = before.some(
    (text, at) => moves.has(text) || (/^fail(?:ed|ing)?$/.test(text) && before[at + 1] === 'over'),
  )
  return isMove && !before.some(text => hindrances.has(text))
}

const moves = wordSet(
  'reroute rerouted rerouting redirect redirected redirecting shifted shifting diverted diverting evacuated evacuating',
)
/** 'Errors when failing over to Ohio' are in Ohio. */
const hindrances = wordSet('errors issues when while cannot unable fails trouble timeouts latency . ;')

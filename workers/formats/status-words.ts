import type { Instant } from '../../shared/domain/primitives.ts'
import type { IncidentStatus, MaintenanceStatus } from '../../shared/domain/status.ts'
import { parseDate } from '../text/dates.ts'
import { clip, oneLine } from '../text/plain-text.ts'
import type { IncidentUpdate } from './reader.ts'
import { orderUpdates } from './reading.ts'

/** The status that a feed's item claims. `raw` is its own word where it is none of ours. */
export type SaidStatus = { status: IncidentStatus | MaintenanceStatus | null; raw: string | null }

/**
 * The status by the words of a title and its plain text, newest first; null when nothing says it. A label ('Status:
 * Resolved') wins over the beginning of a line ('Resolved - …'), and that over words in title or text.
 */
export function saidStatus(title: string, text: string): SaidStatus | null {
  const labelled = /(?:^|\n)[ ]?(?:current )?status ?[:=] ?([^\n.,;|]{1,60})/i.exec(text)?.[1]?.trim()
  if (labelled) {
    const status = statusOf(labelled) ?? labels.get(labelled.toLowerCase()) ?? null
    return { status, raw: status === null ? labelled : null }
  }
  for (const line of [title, ...text.split('\n')]) {
    const word = /^[\s[(【]{0,3}(\p{L}+(?:[ -]\p{L}+){0,2})(?: ?[\])】]| [-–—]|[:–—])/iu.exec(line)?.[1] ?? ''
    const status = statusOf(word)
    // 'Recovered: Helsinki. Ongoing: Falkenstein.'
    const isPart = status === 'resolved' && /\b(?:ongoing|still|remains?|but|except)\b/i.test(line)
    if (status !== null && !isPart) return { status, raw: null }
  }
  const status = lifecycleOf(title, text)
  return status === null ? null : { status, raw: null }
}

const statusOf = (word: string): SaidStatus['status'] => {
  const plain = word.toLowerCase().replace(/[\s_-]+/g, ' ')
  return words.get(plain) ?? words.get(plain.replace(/^maintenance /, '')) ?? null
}

/** What status pages call the stages of an incident, in the languages that their engines speak. */
const vocabulary: Readonly<Record<IncidentStatus | MaintenanceStatus, string>> = {
  investigating: 'investigating,enquête en cours,untersuchung,investigando,onderzoek,utreder,調査中,调查中',
  identified: 'identified,mitigating,identifié,identifiziert,identificado,geïdentificeerd,特定済み,已确认',
  monitoring: 'monitoring,watching,mitigated,surveillance,überwachung,monitorando,monitoreando,監視中,监控中',
  resolved: `resolved,fixed,closed,recovered,recovery,restored,solved,all clear,résolu,résolue,
    rétabli,behoben,gelöst,resuelto,solucionado,risolto,resolvido,opgelost,löst,rozwiązany,解決済み,解決,復旧,已解决,已恢复`,
  postmortem: 'postmortem,post mortem',
  scheduled: 'scheduled,planned,upcoming,not started,planifié,geplant,programado,予定,计划中',
  in_progress: 'in progress,en cours,in arbeit,en curso,em andamento,進行中,进行中',
  verifying: 'verifying,vérification',
  completed: `completed,complete,cancelled,canceled,terminé,terminée,abgeschlossen,completado,concluído,
    完了,已完成`,
}

const words = new Map(
  Object.entries(vocabulary).flatMap(([status, names]) =>
    names.split(',').map(name => [name.trim(), status as IncidentStatus | MaintenanceStatus] as const),
  ),
)

/** These count only after 'Status:'. At the start of a line they name parts and times: 'Operational: DNS', 'Started: 9:00'. */
const labels = new Map<string, IncidentStatus | MaintenanceStatus>([
  ...['operational', 'ok', 'up', 'ended', 'available'].map(word => [word, 'resolved'] as const),
  ...['down', 'outage', 'open', 'ongoing'].map(word => [word, 'investigating'] as const),
  ...['started', 'active', 'underway'].map(word => [word, 'in_progress'] as const),
  ...['finished', 'done'].map(word => [word, 'completed'] as const),
])

/**
 * The status by the words of title and text; null when they do not say. In text, promises such as 'until this is
 * resolved' or 'not yet mitigated' do not count.
 * @param isOfAll whether a sentence is about all of the incident: 'North Europe has recovered' may be about a part
 */
export function lifecycleOf(
  title: string,
  prose: string,
  isOfAll: (claim: string) => boolean = () => true,
): IncidentStatus | null {
  const sentences = prose.split(/[.!?](?: |$)|\n|。/).filter(sentence => sentence.trim() !== '')
  const claims = sentences.filter(sentence => !promise.test(sentence) && isOfAll(sentence))
  const after = (claim: string) => sentences.slice(sentences.indexOf(claim) + 1)
  if (saysOver(title)) return 'resolved'
  if (claims.some(claim => isResolved(claim, textObjects) && !after(claim).some(tellsOfTrouble))) return 'resolved'
  // Weaker words hold only where nothing says that some of it goes on, and nothing but courtesy follows.
  const isEnd = (claim: string) =>
    saysRecovered(claim) &&
    !ofOthers.test(claim) &&
    after(claim).every(sentence => courtesy.test(sentence) || saysRecovered(sentence) || past.test(sentence))
  if (claims.some(isEnd) && !goesOn.test(prose)) return 'resolved'
  if ([title, ...claims].some(claim => /\bmitigated\b/i.test(claim))) return 'monitoring'
  if (/\bidentified\b/i.test(title) || /\bidentified\b/i.test(prose)) return 'identified'
  return null
}

/**
 * Whether a title says that it is over: 'Resolved' anywhere, other words where they are the predicate or a label.
 * 'Restored backups are missing' and 'Fixed IPs fail' are none, nor is 'Names are not resolved'.
 */
export function saysOver(title: string): boolean {
  if (/\b(?:not|cannot|never|being|partially|unable|fail(?:s|ed|ing)? to)\b|n['’]t\b/i.test(title)) return false
  return isResolved(title, titleObjects) || overTitles.some(pattern => pattern.test(title))
}

/** Whether 'resolved' means an end here, and not that a name has an address. */
function isResolved(claim: string, objects: ReadonlySet<string>): boolean {
  const [, next] = /\bresolved\b(?: ([a-z]+))?/i.exec(claim) ?? [null, null]
  return next !== null && !objects.has(next?.toLowerCase() ?? '')
}

const textObjects = new Set(['to', 'by', 'via'])
const titleObjects = new Set([...textObjects, 'as', 'incorrectly', 'wrongly', 'slowly'])

const overTitles = [
  // 'API recovered', 'API is back up', 'API has been restored'
  /\b(?:recovered|restored|fixed|solved|back (?:up|online|to normal)|all clear)[.!)\] ]{0,3}$/i,
  /\b(?:is|are|has|have|was|were|now|been|fully) (?:recovered|restored|fixed|solved)\b/i,
  /\b(?:is|are) (?:now |again )?(?:up|back|operational|available again)(?: again)?[.! ]{0,3}$/i,
  // '[Fixed] API', 'Recovery: API', 'API - Restored (closed)'
  /^[[( ]{0,3}(?:recovered|recovery|restored|fixed|solved|closed|all clear|back online) ?(?:[\]):–—]|- )/i,
  /[-–—:|([] ?(?:closed|completed?) ?[\])]?$/i,
  /^[[( ]{0,3}up ?[\])]/i,
  /\boperating normally\b/i,
  /(?:^|[ [(])(?:résolu|résolue|rétabli|rétablie|behoben|gelöst|resuelto|solucionado|risolto|resolvido|opgelost)(?:$|[\]):., -])/i,
  /解決済|解決しました|復旧(?:$|[】」)\]しさ済])|已解决|已恢复/,
]

/** 'has recovered', 'was restored', 'is operating normally', 'back to normal'. */
const recoveries = [
  /\b(?:has|have|had|is|are|was|were|been|now|fully|completely) (?:(?:[a-z]{1,15}ly|been|now|all) ){0,3}(?:recovered|restored|fixed|solved)\b/i,
  /\b(?:is|are|was|were|has|have) (?:[a-z]{1,15} ){0,3}(?:operating (?:normally|as expected)|back (?:to normal|online|up)|returned to normal|fully operational)\b/i,
  /\b(?:services?|systems?|platform|operations|everything|it) (?:fully )?(?:recovered|operates normally)\b/i,
  /\b(?:wurde|wurden|ist|sind)\b[^.]{0,40}\bbehoben\b/i,
  /\b(?:est|a été) (?:résolu|rétabli)/i,
  /復旧しました|解決しました|已恢复|已解决/,
]
const saysRecovered = (claim: string): boolean => recoveries.some(pattern => pattern.test(claim))

/** 'All other services are operating normally' is no end, nor is 'restored to one of two zones'. */
const ofOthers =
  /\b(?:others?|existing|unaffected|running|remaining|elsewhere|except|excluding|but|however|although|while|whereas|one of|two of|half|previous|earlier|last|another)\b/i

/** What may follow the word of an end. */
const courtesy =
  /\b(?:thank|thanks|apologi[sz]e|apologies|sorry|inconvenience|patience|root cause|post-?mortem|review|report|summary|analysis|support|contact|no further|customers (?:can|may) now)\b|すみません|お詫び|ご迷惑/i

/** What happened before the end. */
const past = /^(?:between|from|during)\b.*\b(?:experienced|was|were|had|saw)\b/i

/** 'Storage is still failing', 'errors returned', behind the word of an end; what was before it does not count. */
const tellsOfTrouble = (sentence: string): boolean =>
  !/\b(?:experienced|was|were|had|between|during)\b/i.test(sentence) &&
  (goesOn.test(sentence) ||
    /\b(?:fails?|failing|slow|down|unavailable|degraded|again|another|new (?:one|issue|incident|problem)|is next|outage|errors)\b/i.test(
      sentence,
    ))

const goesOn =
  /\b(?:still|remains?|remaining|ongoing|residual|partial|partially|awaiting|intermittent|monitoring|watching|mitigated|continu(?:e|es|ing) to (?:see|experience|investigate|work|mitigate|recover|address|have)|not (?:yet|all|every)|(?:we are|we're|team is|engineers are) (?:[a-z]{1,15} )?[a-z]{3,15}ing|we (?:now )?(?:roll|route|reroute|apply|deploy|restart|reboot|continue|keep|work|investigate|mitigate|move|repair|replace|restore|drain|scale)|next update)\b/i

/** The same where the format itself says that the incident is open. */
export const openLifecycleOf = (title: string, prose: string): IncidentStatus => {
  const status = lifecycleOf(title, prose)
  return status === 'resolved' ? 'monitoring' : (status ?? 'investigating')
}

const promise =
  /\b(?:not|n['’]t|cannot|until|unless|once|when|if|yet|to be|being|be|will|should|expect|expected|partially|some|most|many|majority|part|previous|earlier|yesterday|friday|last (?:week|night|month)|begun|beginning|starting|working|toward|towards|before|nearly|almost)\b|n['’]t\b/i

/**
 * The table's value for a source's word, whatever its case, spaces and signs; null where the table lacks it. The
 * table's keys are small letters and digits.
 */
export const lookUp = <T>(table: ReadonlyMap<string, T>, word: string): T | null =>
  table.get(
    word
      .slice(0, 80)
      .toLowerCase()
      .replace(/[^a-z\d]/g, ''),
  ) ?? null

/** A source's own word as records keep it; null for none. */
export const ownWord = (word: string): string | null => clip(oneLine(word), 80) || null

/**
 * The plain text of an item that grows with its incident → its updates, newest first; none for other texts. An update
 * is a line with its time ('Oct 04, 09:12 UTC'), then 'Identified - <text>' and more lines. One called 'Update' keeps
 * the status before it.
 * @param published the item's own date, because updates have no year
 */
export function datedUpdates(text: string, published: Instant): IncidentUpdate[] {
  const notes: Note[] = []
  let at: Instant | null = null
  for (const line of text.split('\n')) {
    const [, month, day, time] = /^([a-z]{3})[a-z]{0,6} ?(\d{1,2}),? ?(\d{2}:\d{2} [a-z]{1,4})$/i.exec(line) ?? []
    const [, word = '', said = ''] = /^(\p{L}+(?: \p{L}+){0,2}) [-–] ?(.*)$/iu.exec(line) ?? []
    const status = statusOf(word)
    const last = notes.at(-1)
    if (month !== undefined) at = instantBefore(`${day} ${month}`, time ?? '', published)
    else if (status !== null || (at !== null && /^update$/i.test(word)))
      notes.push({ at: at ?? last?.at ?? published, status, lines: [said] })
    else last?.lines.push(line)
  }
  return orderUpdates(withStatuses(notes))
}

type Note = { at: Instant; status: SaidStatus['status']; lines: string[] }

function withStatuses(notes: Note[]): IncidentUpdate[] {
  let before: IncidentUpdate['status'] = 'investigating'
  return notes
    .toReversed()
    .map(({ at, status, lines }) => {
      before = status ?? before
      return { id: at, at, status: before, text: lines.join('\n').trim() }
    })
    .reverse()
}

/** The last such day that is not after the item's own date; null where the zone is unknown. */
function instantBefore(day: string, time: string, published: Instant): Instant | null {
  const year = Number(published.slice(0, 4))
  const inYear = (of: number): Instant | null => parseDate(`${day} ${of} ${time}`)
  const same = inYear(year)
  return same !== null && Date.parse(same) > Date.parse(published) + DAY_MS ? inYear(year - 1) : same
}

const DAY_MS = 86_400_000

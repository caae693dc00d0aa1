/**
 * The newest sentences that say something, for rows of two lines: of the newest update that has any. Labels, times and
 * sentences that only repeat the stage or the title are left out; what is current comes before what happened first.
 * Where all is boilerplate, the newest text as it is; empty without texts.
 * @param texts of the updates, newest first
 */
export function newestWords(texts: readonly string[], title: string): string {
  const known = new Set(wordsOf(title))
  for (const text of texts) {
    const telling = partsOf(text.slice(0, MAX_CHARACTERS))
      .flatMap(sentencesOf)
      .map(withoutLead)
      .filter(sentence => saysSomething(sentence, known))
    if (telling.length > 0) return telling.map(withStop).join(' ')
  }
  return texts.find(text => text.trim() !== '') ?? ''
}

/** Longer texts are cut here: a row shows two lines. */
const MAX_CHARACTERS = 2_000

/** Headings within a text. What follows one of the first group is current. */
const current =
  'current status|current state|latest update|latest|status update|update|how are we responding|what are we doing|aktueller stand|現在の状況'
const others =
  'impact statement|customer impact|impact|summary of impact|summary|description|details|issue summary|what happened|what do we know so far|affected services|affected regions|symptoms|diagnosis|preliminary root cause|root cause|mitigation|workaround|next steps|next update|scope|status|auswirkung|zusammenfassung|影響'
const heading = new RegExp(`(?<=^|[\\n.!?] ?)(?:(${current})|(?:${others}))(?: ?[:：]|\\?)`, 'giu')

/** The parts of a text between its headings, the current ones first. */
function partsOf(text: string): string[] {
  const plain = text.replace(/[*_`#]+/g, '').replace(/[^\S\n]+/g, ' ')
  const marks = [...plain.matchAll(heading)]
  const parts = [{ isCurrent: false, text: plain.slice(0, marks[0]?.index ?? plain.length) }]
  for (const [index, mark] of marks.entries()) {
    const end = marks[index + 1]?.index ?? plain.length
    parts.push({ isCurrent: mark[1] !== undefined, text: plain.slice(mark.index + mark[0].length, end) })
  }
  return [...parts.filter(part => part.isCurrent), ...parts.filter(part => !part.isCurrent)].map(part => part.text)
}

/** A full stop ends a sentence before a space and a capital, a figure or a bracket, so that 'e.g. two' does not. */
const sentencesOf = (text: string): string[] =>
  text
    .replace(/([.!?]) (?=[\p{Lu}\p{N}[("„“])|([。！？])/gu, '$1$2\n')
    .split('\n')
    .map(sentence => sentence.trim())
    .filter(Boolean)

/** 'Starting at 14:02 UTC on 24 November, some requests fail.' → 'Some requests fail.'; also '[10:05 AM PST]'. */
function withoutLead(sentence: string): string {
  const tokens = sentence.split(' ')
  const first = tokens.findIndex(token => !isTime(token))
  const lead = tokens.slice(0, first)
  if (first <= 0 || !lead.some(token => /\d/.test(token))) return sentence
  // 'Since 14:02 requests fail' has no mark where the time ends, and 'At 5 sites' tells no time
  const ends = /[,:\]–—-]$/.test(lead.at(-1) ?? '') || lead.some(token => zones.has(bare(token)))
  const rest = tokens.slice(first).join(' ')
  return ends ? rest.charAt(0).toUpperCase() + rest.slice(1) : sentence
}

/** Lines of a list may end without a mark. */
const withStop = (sentence: string): string =>
  /[\p{L}\p{N})]$/u.test(sentence) && !unspaced.test(sentence) ? `${sentence}.` : sentence

const isTime = (token: string): boolean => {
  const word = bare(token)
  return word === '' || isNumber(word) || zones.has(word) || timeWords.has(word)
}

/** A token in small letters, without the marks around its word. */
const bare = (token: string): string => /[\p{L}\p{N}](?:.*[\p{L}\p{N}])?/u.exec(token.toLowerCase())?.[0] ?? ''

/** '14:02', '2026-11-24', '10am', '24th'; not 'us-east-1' nor '5%'. */
const isNumber = (word: string): boolean => /^\d{1,4}(?:[:./-]\d{1,4}){0,2}(?:am|pm|st|nd|rd|th|z|h)?$/.test(word)

const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}:.%'/-]*/gu) ?? []).map(withoutMarks)

const withoutMarks = (word: string): string => (/[:./-]$/.test(word) ? withoutMarks(word.slice(0, -1)) : word)

/** Whether a sentence has a word that is neither boilerplate nor in the title. */
function saysSomething(sentence: string, known: ReadonlySet<string>): boolean {
  if (unspaced.test(sentence)) return !emptyUnspaced.test(sentence)
  return wordsOf(sentence).some(
    word => !known.has(word) && !filler.has(word) && !timeWords.has(word) && !zones.has(word) && !isNumber(word),
  )
}

/** Chinese and Japanese have no spaces between words: a short sentence that ends in a stock phrase is one. */
const unspaced = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u
const emptyUnspaced =
  /^.{0,16}(?:調査(?:中|して|を)|対応(?:中|して|を)|監視(?:中|して|を)|復旧(?:しました|いたしました)|解決(?:しました|いたしました)|お詫び|お待ち|ご迷惑|正在(?:调查|处理|監控|监控)|已(?:解决|恢复)).{0,16}$/u

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/))

const zones = setOf(
  'us/pacific us/eastern utc gmt pst pdt pt est edt et cst cdt ct mst mdt cet cest bst ist jst kst aest aedt sgt uhr',
)
const timeWords = setOf(`
  starting beginning started since from between at as of on by until to and or the approximately about around am pm
  january february march april may june july august september october november december
  jan feb mar apr jun jul aug sep sept oct nov dec
  monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
  seit von zwischen um am bis und januar februar märz mai juni juli oktober dezember
`)

/** Words of sentences that say no more than the stage: in English, German, French and Spanish. */
const filler = setOf(`
  mitigate mitigating mitigation
  a an all also any are be been being but can do does doing for had has have if in into is it its itself no not now
  our out still such than that their them then there these they this those us was we were what when where which while
  who will with within would you your s
  addressed addressing affected affects all analysis disruption disruptions degradation post-mortem postmortem rca
  above accordance across action actions advise alerted anticipate anyone appropriate as assess assessing assist
  attention based believe below best both bring brought came come concern conducting consider course cooperation
  deploy deployed deploying detailed diligently doing done end ended every everyone everything feel finished fixes
  free frequently further future go good hard have having hear here however how i implement intermittently involved
  keep lead like long maintenance many may mean meantime might most must near necessary need needed new non note
  notice noticed noticing number occurred only onset pending per performing persist planned plus present previous
  previously priority promptly proceed proceeding properly ran remain remains remediate remediated remediating
  remediation reported require required said schedule scheduled see seem seen set should showing since something
  source started state stable stages successful successfully suggest sure teams thanks that through throughout
  together too top toward towards trouble try trying unfortunately usual value via visit wait waiting want way well
  whether whole window wish without yours
  additional actively again already apologies apologise apologize apologizes appreciate asap available available
  aware back become becomes cause caused causing change check checking closely closing complete completed completely
  confirm confirmed confirming continue continued continues continuing current currently customer customers deeply
  detail details determine determined determining develop developing discovered during earlier effort efforts
  encounter engaged engineer engineering engineers ensure event events evaluate evaluating experience experienced
  experiencing expect expected few fix fixed follow following full fully further give given happening hour hours
  identified identify identifying impact impacted implement implemented implementing incident inconvenience
  information informed internal investigate investigated investigating investigation issue issues know known last
  later learn least look looking made make making matter message minute minutes   
   monitor monitored monitoring more next none normal normally nothing observe observed observing once
  ongoing operating operation operational operations or order other patience period place please point possible
  post posted potential potentially prior problem problems progress provide provided providing publish published
  questions quickly recover recovered recovery reach regarding related report reported reporting reports resolution
  resolve resolved resolving response restore restored result results review reviewing root seeing service services
  share shared short shortly situation some soon sorry state status stay steps subset support take taken taking team
  teams thank thanks time today under understand understanding until up update updated updates users validate
  validating verify verifying warrant watch watching work worked working works yet
  uns bitte danke ihre ihr geduld unser team bedanken aktualisierung update folgt folgen in kürze maßnahmen
  wir untersuchen untersucht das ein eine einen einer es ist sind wird wurde wurden der die den dem des problem
  störung behoben weiterhin derzeit aktuell arbeiten an einer lösung beheben entschuldigen für sich etwaige
  unannehmlichkeiten informieren sie sobald weitere informationen vorliegen haben mit werden
  actuellement informations informerons plus prochainement notre nos disponibles dès pas d'autres l'incident l'origine
  nous enquêtons enquêter sur ce cet cette le la les un une problème est en cours résolu a été de du des merci pour
  votre patience équipe travaille équipes travaillent continuons incident excuses gêne occasionnée
  actualmente más información pronto disponible nuestro nuestros equipos continuamos de en cuando esté
  estamos investigando este esta el problema ha sido resuelto gracias por su paciencia equipo trabajando en una
  solución seguimos incidente que los las y
`)

import type { Quote } from './article.ts'

export type Speaker = Omit<Quote, 'text'>

/** The quote of an article: from its whole text, where the worker found one there, else from its summary. */
export const quoteOf = (article: { quote?: Quote | undefined; summary: string }): Quote | null =>
  article.quote ?? quoteIn(article.summary)

/** Shorter quotations are titles and ironic quotes. A CJK character says as much as two letters. */
const MIN_LENGTH = 24
const MIN_CJK_LENGTH = 10
const MAX_LENGTH = 600

/** Opening quotation marks and the marks that may close them: „…“ and “…” share one. */
const closing: Readonly<Record<string, string>> = {
  '“': '”',
  '"': '"',
  '„': '“”',
  '«': '»',
  '»': '«',
  '「': '」',
  '『': '』',
}

/**
 * The first quotation with an attribution; null without one. The attribution follows the quotation ('said NAME, ROLE at
 * COMPANY', a dash in place of the verb, 'NAME said') or leads to it ('NAME, ROLE at COMPANY, says: …').
 */
export function quoteIn(source: string): Quote | null {
  for (let open = 0; open < source.length; open++) {
    const ends = closing[source.charAt(open)]
    if (ends === undefined) continue
    const close = indexOfAny(source, ends, open + 1)
    if (close < 0) return null
    const words = source
      .slice(open + 1, close)
      .trim()
      .replace(/[,、]$/, '')
    const [before, after] = [source.slice(Math.max(0, open - 200), open), source.slice(close + 1, close + 320)]
    const speaker = isLongEnough(words)
      ? (speakerAfter(after) ?? speakerBefore(before) ?? japaneseSpeaker(before, after))
      : null
    if (speaker !== null) return { text: words, ...speaker }
    open = close
  }
  return null
}

/** Whether words say enough to be quoted, and not too much. */
export const isLongEnough = (words: string): boolean =>
  words.length <= MAX_LENGTH &&
  words.length >= (/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u.test(words) ? MIN_CJK_LENGTH : MIN_LENGTH)

function indexOfAny(source: string, marks: string, from: number): number {
  for (let at = from; at < source.length; at++) if (marks.includes(source.charAt(at))) return at
  return -1
}

const sayings = new Set(
  'said says explained explains added adds noted notes recalled recalls stated states commented comments remarked remarks shared shares concluded concludes sagt sagte erklärt erklärte betont betonte ergänzt ergänzte berichtet meint so explique expliquait affirme souligne déclare raconte afirma explica dice señala comenta spiega afferma dichiara diz conta'.split(
    ' ',
  ),
)
const isSaying = (word: string): boolean => sayings.has(word.replace(/[,:]$/, ''))

/** 'said NAME, …', '— NAME, …', 'NAME, …, said'. */
function speakerAfter(after: string): Speaker | null {
  const [, verb, dash, rest = ''] =
    /^[\s,.!?…]{0,3}(?:(\p{Ll}{2,12}) |([—–―-])\s?)([^.;!?“”"„«»\n]{3,200})/u.exec(after) ?? []
  if (dash !== undefined || (verb !== undefined && sayings.has(verb))) return parseSpeaker(rest)
  const parts = /^[\s,.!?…]{0,3}(\p{Lu}[^.;!?“”"„«»\n]{2,200})/u.exec(after)?.[1]?.split(' ') ?? []
  const at = parts.findIndex(isSaying)
  return at < 1 ? null : parseSpeaker(parts.slice(0, at).join(' '))
}

/** 'NAME, …, says:' and 'NAME, ROLE:' in front of a quotation. */
function speakerBefore(before: string): Speaker | null {
  const [, lead = ''] = /(?:^|[.!?\n] )([^.!?\n]{3,165})$/.exec(before.trim().slice(-165)) ?? []
  const parts = lead.replace(/^(?:As|Like|Wie|Selon|Según) /, '').split(' ')
  const isPut = /^puts?$/.test(parts.at(-2) ?? '') && /^it[:,]?$/.test(parts.at(-1) ?? '')
  const end = isPut ? parts.length - 2 : parts.findLastIndex(isSaying)
  if (end > 0 && parts.length - end <= 2) return parseSpeaker(parts.slice(0, end).join(' '))
  const speaker = lead.endsWith(':') ? parseSpeaker(lead.slice(0, -1)) : null
  return speaker?.role == null ? null : speaker // 'The result: …' is told by nobody
}

const namePattern =
  /^\p{Lu}[\p{L}\p{M}.'’-]{0,30}(?: (?:(?:van|von|de|da|der|den|di|la|le|bin|al|dos|zu) ){0,2}\p{Lu}[\p{L}\p{M}.'’-]{0,30}){0,5}/u

/** 'Ada King, CTO at Contoso', 'Contoso CTO Ada King', 'Ada King (CTO, Contoso)' → who it is; null for no name. */
export function parseSpeaker(told: string): Speaker | null {
  const line = told
    .trim()
    .replace(/^[—–―-]\s{0,3}/, '')
    .replace(/[,.\s]{1,3}$/, '')
  const cjk = japaneseName(line)
  if (cjk !== null) return cjk
  const [named] = namePattern.exec(line) ?? []
  if (named === undefined) return null
  const rest = line.slice(named.length)
  const [, inside] = /^ ?[(（]([^()（）]{2,160})[)）]/.exec(rest) ?? []
  const [, behind] = /^\s?[,|·•/\n]\s{0,3}([\s\S]{2,200})$/.exec(rest) ?? []
  const [, of] = /^ (?:at|of|from|with|bei|von|chez|de|di) ([^,]{2,100})/.exec(rest) ?? []
  const titled = titledName(named)
  if (titled === null && named.split(' ').length > 4) return null
  const { name, role, company } = titled ?? { name: named.replace(/\.$/, ''), role: null, company: null }
  if (notNames.has(name)) return null
  if (inside !== undefined || behind !== undefined) return { name, ...parseRole(inside ?? behind ?? '') }
  return { name, role, company: company ?? of ?? null }
}

/** Words that begin a sentence as names do. */
const notNames = new Set(
  'The This That It He She We They I You A An And But Our His Her Der Die Das Er Sie Es Wir Le La Il Elle El'.split(
    ' ',
  ),
)

const roles = new Set(
  'CEO CTO CIO COO CFO CISO CPO CDO VP SVP EVP Director Manager Engineer Architect Founder Co-Founder President Head Lead Officer Developer Analyst Scientist Owner Administrator Leiter Leiterin Geschäftsführer Geschäftsführerin'.split(
    ' ',
  ),
)
const roleBeginnings = new Set(
  'Chief Senior Vice Principal Managing Technical Technology Information Executive General Product Software Platform Cloud Data Operating Security Infrastructure Engineering IT Staff Global Deputy Solutions'.split(
    ' ',
  ),
)

/** 'Contoso CTO Ada King' → its three parts; null where no role stands before the name. */
function titledName(named: string): Speaker | null {
  const parts = named.split(' ')
  const last = parts.findLastIndex(part => roles.has(part))
  if (last < 0) return null
  const name = parts.slice(last + 1).join(' ')
  let first = last
  while (first > 0 && (roleBeginnings.has(parts[first - 1] ?? '') || roles.has(parts[first - 1] ?? ''))) first--
  const company = parts
    .slice(0, first)
    .join(' ')
    .replace(/['’]s?$/, '')
  return name === ''
    ? { name: '', role: null, company: null }
    : { name, role: parts.slice(first, last + 1).join(' '), company: company || null }
}

/** `CTO at Contoso`, `head of platform, Contoso` → role and company. After a second comma the sentence goes on. */
function parseRole(told: string): Pick<Quote, 'role' | 'company'> {
  const [first = '', second = ''] = told.split(/[,|·•\n]/).map(part => part.trim().replace(/^[—–―-]\s/, ''))
  const at = / (?:at|@|bei der|beim|bei|chez|presso) (?=.{1,160}$)/u.exec(first)
  if (at) return { role: first.slice(0, at.index), company: first.slice(at.index + at[0].length) }
  if (/^\p{Lu}/u.test(second)) return { role: first, company: second }
  const of = / (?:of|von|der|de|di|da|del|du) (?:the )?(?=\p{Lu}[^ ]{0,60}(?: \p{Lu}[^ ]{0,60}){0,3}$)/u.exec(first)
  if (of && ownTitles.test(first.slice(0, of.index)))
    return { role: first.slice(0, of.index), company: first.slice(of.index + of[0].length) }
  return { role: first, company: null }
}

/** Titles that a company has, and no department: what follows 'of' is the company. */
const ownTitles =
  /(?:^|[ -])(?:C[A-Z]{1,3}O|chief [a-z]{3,20} officer|founder|president|owner|chair(?:man|woman)?|managing director|geschäftsführer(?:in)?|directeur [a-zé]{5,15}|pdg|gründer(?:in)?)$/i

const japaneseVerb = /^[\s、。」』]{0,3}(?:と|って)/
/** A Japanese name with its title of respect, and what stands before it. */
const respected = /([\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー・A-Za-z ]{2,20}?)\s?(?:氏|様|さん)(?![\p{sc=Han}])/u

/** 「…」と、Contoso株式会社のCTO、山田太郎氏は語る, or the same before the quotation. */
function japaneseSpeaker(before: string, after: string): Speaker | null {
  const isTold = japaneseVerb.test(after)
  const behind = /^[\s（(—–―-]{0,3}([^。「」\n]{2,80})/.exec(after.replace(japaneseVerb, ''))?.[1] ?? ''
  const ahead = isTold ? (before.split(/[。」\n]/).at(-1) ?? '') : ''
  return japaneseName(ahead) ?? japaneseName(behind)
}

function japaneseName(told: string): Speaker | null {
  const line = told.replace(/^[\s、,（(—–―-]{1,4}/, '')
  const match = respected.exec(line)
  if (match === null) return null
  const parts = line
    .slice(0, match.index + (match[1] ?? '').length)
    .split(/[、,\s　]|である|の(?=[\p{sc=Han}\p{sc=Kana}A-Z]{2})/u)
    .filter(part => part !== '')
  const isRole = (part: string): boolean => japaneseRole.test(part)
  const names: string[] = []
  while (
    parts.length > 0 &&
    !isRole(parts.at(-1) ?? '') &&
    !japaneseCompany.test(parts.at(-1) ?? '') &&
    names.length < 2
  )
    names.unshift(parts.pop() ?? '')
  const company = parts.find(part => !isRole(part)) ?? null
  const role = parts.filter(isRole).join(' ') || null
  return names.length === 0 ? null : { name: names.join(' '), role, company }
}

const japaneseRole =
  /(?:長|役員|取締役|マネージャー?|リーダー|担当|責任者|エンジニア|アーキテクト|代表|C[A-Z]O|VP|ディレクター)$/
const japaneseCompany = /株式会社|有限会社|合同会社|銀行|大学|グループ/

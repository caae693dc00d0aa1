import type { Quote } from '../../shared/domain/article.ts'
import { isLongEnough, parseSpeaker, quoteIn, type Speaker } from '../../shared/domain/quote.ts'
import { clip, oneLine, plainText } from '../text/plain-text.ts'

/**
 * The first quotation of a story that names its speaker: a block quotation with its attribution inside, in a caption or
 * on the next line, else a sentence in quotation marks. Null where nobody is named.
 * @param html the whole text of an article
 */
export function quoteInHtml(html: string): Quote | null {
  const source = html.slice(0, MAX_CHARS)
  let at = 0
  for (let blocks = 0; blocks < MAX_BLOCKS; blocks++) {
    const open = source.indexOf('<blockquote', at)
    const from = open < 0 ? -1 : source.indexOf('>', open) + 1
    const close = from <= 0 ? -1 : source.indexOf('</blockquote', from)
    if (close < 0) break
    const quote = quoteInBlock(source.slice(from, close), source.slice(close, close + MAX_BEHIND))
    if (quote !== null) return bounded(quote)
    at = close
  }
  const quote = quoteIn(plainText(source.replaceAll(/<q(?:\s[^<>]{0,200})?>/g, '“').replaceAll('</q>', '”')))
  return quote === null ? null : bounded(quote)
}

const MAX_CHARS = 64 * 1024
const MAX_BLOCKS = 20
/** How far behind a block quotation its attribution may begin and end, in characters. */
const MAX_BEHIND = 600

function quoteInBlock(block: string, behind: string): Quote | null {
  const cited = elementIn(block, ['cite', 'footer', 'figcaption'])
  const lines = linesOf(cited === null ? block : block.replace(cited.outer, ''))
  const words = unquoted(cited === null && lines.length > 1 ? lines.slice(0, -1).join(' ') : lines.join(' '))
  if (!isLongEnough(words)) return null
  if (cited !== null) return spoken(words, parseSpeaker(linesOf(cited.inner).join(', ')))
  const last = lines.at(-1) ?? ''
  const own = lines.length > 1 ? attributionIn(last, lines.length === 2) : null
  if (own !== null) return spoken(words, own)
  const near = behind.slice(behind.indexOf('>') + 1).split('<blockquote')[0] ?? ''
  const caption = elementIn(near, ['figcaption', 'cite'])
  const next = linesOf(near)
  const outside =
    caption === null ? attributionIn(next.slice(0, 1).join(''), false) : parseSpeaker(linesOf(caption.inner).join(', '))
  return spoken(unquoted(lines.join(' ')), outside)
}

const spoken = (words: string, speaker: Speaker | null): Quote | null =>
  speaker === null || !isLongEnough(words) ? null : { text: words, ...speaker }

/** A line that names a speaker: behind a dash, or a name with a role. */
function attributionIn(line: string, isLastOfTwo: boolean): Speaker | null {
  const hasDash = /^[—–―-]/.test(line)
  if (line.length > 200 || (!hasDash && /[.!?]$/.test(line))) return null
  const speaker = parseSpeaker(line)
  return speaker !== null && (hasDash || (speaker.role !== null && (isLastOfTwo || line.length < 120))) ? speaker : null
}

type Element = { outer: string; inner: string }

/** The first element of one of these names, names in the order of preference. */
function elementIn(html: string, names: readonly string[]): Element | null {
  for (const name of names) {
    const open = html.indexOf(`<${name}`)
    const from = open < 0 ? -1 : html.indexOf('>', open) + 1
    const close = from <= 0 ? -1 : html.indexOf(`</${name}`, from)
    if (close >= 0) return { outer: html.slice(open, html.indexOf('>', close) + 1), inner: html.slice(from, close) }
  }
  return null
}

const linesOf = (html: string): string[] =>
  plainText(html)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

const unquoted = (words: string): string =>
  words
    .replace(/^[“"„«»「『]\s?/, '')
    .replace(/\s?[”"“»«」』]$/, '')
    .trim()

const bounded = ({ text, name, role, company }: Quote): Quote => ({
  text: clip(oneLine(text), 600),
  name: clip(name, 120),
  role: role === null ? null : clip(role, 200) || null,
  company: company === null ? null : clip(company, 200) || null,
})

import { decodeHTML } from 'entities'

/**
 * The address of the first image in HTML; '' when there is none. Images one pixel wide count readers and are skipped.
 */
export function firstImage(html: string): string {
  for (const { index } of html.slice(0, MAX_CHARS).matchAll(/<img[\s/]/gi)) {
    const end = endOfTag(html, index + 4) - 1
    if (html.charAt(end) !== '>') return '' // cut short: so would the address be
    const { src, width } = attributesIn(html.slice(index + 4, end))
    if (width !== '1' && src !== undefined && src !== '') return src
  }
  return ''
}

const MAX_CHARS = 64 * 1024

/**
 * The attributes in a tag; the first of a name counts. @see
 * https://html.spec.whatwg.org/multipage/parsing.html#attribute-name-state
 */
function attributesIn(tag: string): Partial<Record<string, string>> {
  const attributes: Partial<Record<string, string>> = Object.create(null)
  for (const [, name = '', double, single, bare] of tag.slice(0, MAX_CHARS).matchAll(attribute)) {
    attributes[name.toLowerCase()] ??= decodeHTML(double ?? single ?? bare ?? '')
  }
  return attributes
}

const attribute = /([^\s"'>/=]{1,60})(?:\s{0,99}=\s{0,99}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g

/**
 * HTML, or text with entities → plain text. Blocks become lines. Scripts, styles, embedded documents, control
 * characters and characters that change the direction of writing are dropped. Reads the first 64 KB.
 */
export function plainText(html: string): string {
  let text = html.slice(0, MAX_CHARS)
  if (text.includes('<') || text.includes('&')) text = htmlText(text)
  for (let pass = 0; pass < MAX_ESCAPES && text.includes('<') && knownTag.test(text); pass++) text = htmlText(text)
  return tidyText(text)
}

/** Feeds escape markup once too often. So many more times it is still read as markup. */
const MAX_ESCAPES = 2
const knownTag =
  /<\/?(?:a|b|br|div|em|h[1-6]|i|iframe|img|li|object|ol|p|script|span|strong|style|svg|table|td|tr|ul)\b[^<>]*>/i

/** The same in one line, for titles and names. */
export const oneLine = (html: string): string => plainText(html).replaceAll('\n', ' ')

/** Collapses runs of spaces, drops empty lines, and characters that are invisible or change the direction of writing. */
export const tidyText = (text: string): string => text.replace(untidy, tidied).trim()

/** Anything but ASCII, common Latin and quotes, with the spaces around it; or two spaces in a row. */
const untidy = /[^!-~\u00A1-\u00AC\u00AE-\u024F\u2010-\u2027]{2,}|[^ -~\u00A1-\u00AC\u00AE-\u024F\u2010-\u2027]/g

/**
 * What no reader sees: controls, marks of direction, and what Unicode lets displays ignore, such as zero-width spaces,
 * soft hyphens and tags. Its first group is what scripts and emoji are written with: joiners after letters that join, and
 * in emoji also the choice of their look, and the tags of flags such as that of Wales.
 * @see https://www.unicode.org/reports/tr51/
 */
const invisible =
  /(\u{1F3F4}[\u{E0020}-\u{E007E}]{1,8}\u{E007F}|\p{Extended_Pictographic}\p{Emoji_Modifier}?[\uFE0E\uFE0F]?(?:\u200D(?=\p{Extended_Pictographic}))?|\uFE0F\u20E3|[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}][\u200C\u200D])|(?![\t\n\v\f])[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFFF9-\uFFFB]/gu

const spaceOf = (run: string): string => (run.includes('\n') ? '\n' : ' ')

/** Most texts of other scripts hold nothing of the kind, which code units tell sooner. All of them, and more. */
const maybeInvisible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each unit counts alone
  /[\0-\x1F\x7F-\x9F\xAD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uD800-\uDFFF\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB]/
const withoutInvisible = (run: string): string =>
  maybeInvisible.test(run) ? run.replace(invisible, (_, meant = '') => meant) : run

const tidied = (run: string): string =>
  /^[ \n]+$/.test(run)
    ? spaceOf(run)
    : withoutInvisible(run.replace(/\r\n?|[\u2028\u2029]/g, '\n'))
        .replace(/[^\S\n]+/g, ' ')
        .replace(/ ?\n[\n ]*/g, '\n')

/**
 * HTML → its text in one pass over the tags, as forgiving as browsers: blocks begin and end lines, cells are separated,
 * and everything invisible (scripts, styles, embedded documents, comments) is dropped with its content.
 * @see https://html.spec.whatwg.org/multipage/parsing.html#tokenization
 */
function htmlText(html: string): string {
  let text = ''
  let hiding = ''
  let depth = 0
  let at = 0
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', at)) {
    const isEnd = html.charCodeAt(open + 1) === SLASH
    const from = isEnd ? open + 2 : open + 1
    const isTag = isLetter(html.charCodeAt(from))
    const isRemark = !isTag && (isEnd ? from < html.length : isMark(html.charCodeAt(from)))
    if (!isTag && !isRemark) {
      if (hiding === '') text += decodedText(html.slice(at, open + 1))
      at = open + 1
      continue
    }
    if (hiding === '') text += decodedText(html.slice(at, open))
    at = isTag ? endOfTag(html, from) : endOfRemark(html, open)
    if (isRemark) continue

    const name = nameAt(html, from)
    const isEmpty = html.charCodeAt(at - 2) === SLASH && foreignElements.has(name)
    if (hiding !== '') {
      if (name === hiding && !isEmpty) depth += isEnd ? -1 : 1
      if (depth === 0) hiding = ''
    } else if (rawElements.has(name)) {
      if (!isEnd) at = endOfRaw(html, at, name)
    } else if (hiddenElements.has(name)) {
      if (!isEnd && !isEmpty) [hiding, depth] = [name, 1]
    } else if (blockElements.has(name)) text += name === 'li' && !isEnd ? '\n- ' : '\n'
    else if (!isEnd && (name === 'td' || name === 'th')) text += ' '
  }
  return hiding === '' ? text + decodedText(html.slice(at)) : text
}

const named = (names: string): ReadonlySet<string> => new Set(names.split(' '))

/** Hidden elements that contain no tags but their own end. */
const rawElements = named('script style iframe noscript textarea')
const hiddenElements = named('template object svg math head select')
/** Elements in which a tag may close itself. */
const foreignElements = named('svg math')
const blockElements = named(
  'p div br li ul ol dl dt dd table tr h1 h2 h3 h4 h5 h6 blockquote pre section article header footer hr figure',
)

const [BANG, QUOTE, APOSTROPHE, SLASH, EQUALS, GREATER, QUESTION] = [33, 34, 39, 47, 61, 62, 63] as const

/** The index after the tag whose name begins at `from`: after its `>`, unless that is in a quoted value. */
function endOfTag(html: string, from: number): number {
  let before = 0
  for (let at = from; at < html.length; at++) {
    const code = html.charCodeAt(at)
    if (code === GREATER) return at + 1
    if (before === EQUALS && (code === QUOTE || code === APOSTROPHE)) {
      at = html.indexOf(code === QUOTE ? '"' : "'", at + 1)
      if (at < 0) return html.length
    }
    if (code > 32) before = code
  }
  return html.length
}

/** The index after the end tag of a raw element whose content begins at `from`. */
function endOfRaw(html: string, from: number, name: string): number {
  let end = html.indexOf('</', from)
  while (end >= 0 && nameAt(html, end + 2) !== name) end = html.indexOf('</', end + 2)
  return end < 0 ? html.length : endOfTag(html, end + 2)
}

/** The index after a comment, a declaration or an instruction. */
function endOfRemark(html: string, open: number): number {
  const mark = html.startsWith('<!--', open) ? '-->' : '>'
  const end = html.indexOf(mark, open + (mark === '>' ? 2 : 4))
  return end < 0 ? html.length : end + mark.length
}

function nameAt(html: string, from: number): string {
  let to = from
  while (to - from < 12 && isNamePart(html.charCodeAt(to))) to++
  return html.slice(from, to).toLowerCase()
}

const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
const isNamePart = (code: number): boolean => code > 32 && code !== SLASH && code !== GREATER
const isMark = (code: number): boolean => code === BANG || code === QUESTION || code === SLASH

export const decodedText = (text: string): string =>
  text.includes('&') ? text.replace(/&[#a-z][a-z\d]*;?/gi, character) : text

/** The few that make up nearly all references are not looked up in HTML's whole tree. */
const character = (reference: string): string => common.get(reference) ?? decodeHTML(reference)
const common = new Map(
  ['&amp;', '&lt;', '&gt;', '&quot;', '&nbsp;', '&#39;', '&#039;', '&#8217;', '&#8220;', '&#8221;'].map(reference => [
    reference,
    decodeHTML(reference),
  ]),
)

/** Markdown as incident texts use it → plain text, without headings, emphasis, code, links and escapes. */
export const markdownText = (markdown: string): string =>
  plainText(
    markdown
      .slice(0, 64 * 1024)
      .replace(/!?\[([^\][\n]{0,300})\]\([^()\s]{0,1000}\)/g, '$1')
      .replace(/^[ \t]{0,3}(?:#{1,6}|>)[ \t]+/gm, '')
      .replace(/^[ \t]{0,3}\\#(?:\\?#){0,5}[ \t]+/gm, '')
      .replace(/^[ \t]{0,8}[*+-][ \t]+/gm, '- ')
      .replace(/\*{1,3}|`{1,3}|(?<![\p{L}\p{N}])__|__(?![\p{L}\p{N}])/gu, '')
      .replace(/\\([\\`*_{}[\]()#+.!~>-])/g, '$1'),
  )

/**
 * Cuts a text to `max` UTF-16 units, at the end of a word where one is near, never inside a character; '…' marks the
 * cut.
 */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text
  const cut = text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')
  const space = cut.lastIndexOf(' ')
  return `${(space > max / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}

import { Parser } from 'htmlparser2'

/**
 * HTML (or text with entities in it) → plain text. Blocks become lines; scripts, styles and embedded documents vanish, and
 * so do control characters and those that turn the direction of writing. Reads the first 64 KB.
 */
export function plainText(html: string): string {
  let text = html.slice(0, MAX_CHARS)
  if (/[<&]/.test(text)) text = textOf(text)
  for (let pass = 0; pass < MOST_ESCAPES && knownTag.test(text); pass++) text = textOf(text)
  return tidy(text)
}

/** Feeds escape markup once too often; so many times more it is taken for markup still. */
const MOST_ESCAPES = 2
const knownTag =
  /<\/?(?:a|b|br|div|em|h[1-6]|i|iframe|img|li|object|ol|p|script|span|strong|style|svg|table|td|tr|ul)\b[^<>]*>/i

/** The same in one line, for titles and names. */
export const oneLine = (html: string): string => plainText(html).replace(/\n+/g, ' ')

/** The address of the first picture in a piece of HTML; '' when there is none. */
export function firstImage(html: string): string {
  let found = ''
  if (!/<img\b/i.test(html)) return found
  const parser = new Parser({
    onopentag(name, attributes) {
      if (found === '' && name === 'img' && attributes.width !== '1') found = attributes.src ?? ''
    },
  })
  parser.end(html.slice(0, MAX_CHARS))
  return found
}

// htmlparser2 keeps its open elements in an array that it fills from the front: the bound keeps deep nesting cheap.
const MAX_CHARS = 64 * 1024

const hiddenElements = new Set('script style template iframe object svg math head noscript select textarea'.split(' '))
const blockElements = new Set(
  'p div br li ul ol dl dt dd table tr h1 h2 h3 h4 h5 h6 blockquote pre section article header footer hr figure'.split(
    ' ',
  ),
)

function textOf(html: string): string {
  let text = ''
  let hidden = 0
  const parser = new Parser({
    onopentagname(name) {
      if (hiddenElements.has(name)) hidden++
      else if (blockElements.has(name)) text += name === 'li' ? '\n- ' : '\n'
      else if (name === 'td' || name === 'th') text += ' '
    },
    ontext(piece) {
      if (hidden === 0) text += piece
    },
    onclosetag(name) {
      if (hiddenElements.has(name)) hidden--
      else if (blockElements.has(name)) text += '\n'
    },
  })
  parser.end(html)
  return text
}

const tidy = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/(?!\n)[\p{Cc}\p{Cs}\uFEFF\u202A-\u202E\u2066-\u2069]/gu, '')
    .replace(/ ?\n[\n ]*/g, '\n')
    .trim()

import { htmlText } from './html-text.ts'

/**
 * HTML (or text with entities in it) → plain text. Blocks become lines; scripts, styles and embedded documents vanish, and
 * so do control characters and those that turn the direction of writing. Reads the first 64 KB.
 */
export function plainText(html: string): string {
  let text = html.slice(0, MAX_CHARS)
  if (text.includes('<') || text.includes('&')) text = htmlText(text)
  for (let pass = 0; pass < MOST_ESCAPES && text.includes('<') && knownTag.test(text); pass++) text = htmlText(text)
  return tidy(text)
}

/** Feeds escape markup once too often; so many times more it is taken for markup still. */
const MOST_ESCAPES = 2
const knownTag =
  /<\/?(?:a|b|br|div|em|h[1-6]|i|iframe|img|li|object|ol|p|script|span|strong|style|svg|table|td|tr|ul)\b[^<>]*>/i

/** The same in one line, for titles and names. */
export const oneLine = (html: string): string => plainText(html).replaceAll('\n', ' ')

const MAX_CHARS = 64 * 1024

/** Runs of spaces become one, empty lines go. */
const tidy = (text: string): string => text.replace(untidy, tidied).trim()

/** Anything but ASCII, common Latin and quotes, with the spaces around it; or two spaces in a row. */
const untidy = /[^!-~\u00A1-\u00AC\u00AE-\u024F\u2010-\u2027]{2,}|[^ -~\u00A1-\u00AC\u00AE-\u024F\u2010-\u2027]/g

const spaceOf = (run: string): string => (run.includes('\n') ? '\n' : ' ')

const tidied = (run: string): string =>
  /^[ \n]+$/.test(run)
    ? spaceOf(run)
    : run
        .replace(/\r\n?|[\u2028\u2029]/g, '\n')
        .replace(/[^\S\n]+/g, ' ')
        .replace(/(?!\n)[\p{Cc}\p{Cs}\uFEFF\u202A-\u202E\u2066-\u2069]/gu, '')
        .replace(/ ?\n[\n ]*/g, '\n')

import { Parser } from 'htmlparser2'
import { MAX_DEPTH } from './safe-xml.ts'

/**
 * Malformed XML → well-formed XML, as far as possible: unclosed tags close where their parent ends, stray end tags are
 * dropped, attributes get their quotes, and characters that XML does not allow are dropped. '' where more than a
 * hundred tags are open at once.
 * @see https://www.w3.org/TR/xml/#charsets
 */
export function wellFormed(xml: string): string {
  const out: string[] = []
  let depth = 0
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const pairs = Object.entries(attributes).filter(([key]) => isName(key))
        depth += 1
        if (depth > MAX_DEPTH) return parser.pause()
        out.push(`<${tagOf(name)}`, ...pairs.map(([key, value]) => ` ${key}="${escaped(value)}"`), '>')
      },
      onclosetag(name) {
        depth -= 1
        out.push(`</${tagOf(name)}>`)
      },
      ontext: text => void out.push(escaped(text)),
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.write(xml)
  if (depth > MAX_DEPTH) return ''
  parser.end()
  return out.join('')
}

const isName = (name: string): boolean => /^[a-z_][\w.:-]{0,60}$/i.test(name)

/** An element must stay, so that its end tag finds it, but its name does not matter. */
const tagOf = (name: string): string => (isName(name) ? name : 'unnamed')

const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, char => `&#${char.charCodeAt(0)};`)

import { Parser } from 'htmlparser2'

/**
 * XML that a strict parser refuses → XML that it takes, with all that can be told: tags that were never closed are closed where
 * their parent ends, ends without a beginning are dropped, attributes get their quotes, and characters that XML does not know go.
 * '' where more than a hundred tags are open at once.
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

/** Tags that are never closed pile up, and each costs the parser as much as there are. */
const MAX_DEPTH = 100

const isName = (name: string): boolean => /^[a-z_][\w.:-]{0,60}$/i.test(name)

/** An element must stay, so that its end finds its beginning, but what it was called does not matter. */
const tagOf = (name: string): string => (isName(name) ? name : 'unnamed')

const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, char => `&#${char.charCodeAt(0)};`)

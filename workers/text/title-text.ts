import { decodedText, tidyText } from './plain-text.ts'

/**
 * A title that may hold markup → plain text in one line. Only formatting counts as markup: a pair of its tags, a tag
 * with attributes, a line break. Any other tag is what the title is about: 'Vec<T>', 'AWS WAF blocks <script>'. Entities
 * are read once, so that an escaped tag is never markup.
 */
export function titleText(title: string): string {
  const text = title.slice(0, MAX_CHARS)
  return literalTitle(decodedText(text.includes('<') ? withoutFormatting(text) : text))
}

const MAX_CHARS = 4_096

/** A title in plain text → the same in one line, without whole scripts: those are never what a title is about. */
export const literalTitle = (title: string): string =>
  tidyText(withoutScripts(title.slice(0, MAX_CHARS))).replaceAll('\n', ' ')

function withoutScripts(title: string): string {
  const open = title.includes('<') ? title.search(/<script[\s/>]/i) : -1
  const close = open < 0 ? -1 : title.toLowerCase().indexOf('</script', open)
  if (close < 0) return title
  const end = title.indexOf('>', close)
  return withoutScripts(title.slice(0, open) + (end < 0 ? '' : title.slice(end + 1)))
}

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '))
const inlineFormats = names(
  'a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark nobr q s samp small span strike strong sub sup time tt u var',
)
const blockFormats = names('p div h1 h2 h3 h4 h5 h6 center li ul ol blockquote')
const voidFormats = names('br hr img wbr')

type Tag = { from: number; to: number; name: string; isEnd: boolean; hasAttributes: boolean }

function withoutFormatting(title: string): string {
  const data = title.includes('<![CDATA[') ? title.replace(/<!\[CDATA\[|\]\]>/g, '') : title
  const html = data.replace(/<!--[^>]{0,500}-->/g, '')
  const tags = tagsIn(html)
  let text = ''
  let at = 0
  for (const { from, to, name } of markupOf(tags)) {
    text += html.slice(at, from) + (inlineFormats.has(name) || name === 'wbr' ? '' : ' ')
    at = to
  }
  return text + html.slice(at)
}

const tagsIn = (html: string): Tag[] =>
  [...html.matchAll(/<(\/?)([a-z][a-z\d]{0,11})(\s[^<>]{0,2000})?\/?>/gi)].map(
    ({ index, 0: { length }, 1: slash, 2: name = '', 3: attributes = '' }) => ({
      from: index,
      to: index + length,
      name: name.toLowerCase(),
      isEnd: slash === '/',
      hasAttributes: attributes.includes('='),
    }),
  )

/** The tags that format, in order: both of a pair, and those that need no other. */
function markupOf(tags: readonly Tag[]): Tag[] {
  const markup = new Set<Tag>()
  const open: Tag[] = []
  for (const tag of tags) {
    const { name } = tag
    if (voidFormats.has(name)) {
      if (name !== 'img' || tag.hasAttributes) markup.add(tag)
    } else if (inlineFormats.has(name) || blockFormats.has(name)) {
      if (tag.hasAttributes) markup.add(tag)
      if (!tag.isEnd) open.push(tag)
      else {
        const begin = open.findLastIndex(other => other.name === name)
        const [first] = begin < 0 ? [] : open.splice(begin)
        if (first !== undefined) markup.add(first).add(tag)
      }
    }
  }
  return tags.filter(tag => markup.has(tag))
}

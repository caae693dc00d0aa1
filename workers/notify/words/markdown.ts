import type { Wording } from './wording.ts'

/** The words below a headline as Markdown; `escape` takes their meaning from the marks in what sources say. Pure. */
export function markdownOf(wording: Wording, escaped: (text: string) => string): string {
  const { state, facts, why, words, also, links } = wording
  const mentioned = also?.lines.map(({ glyph, text, state: how, url }) => {
    const name = escaped(text)
    return `${glyph} ${url === null ? name : link(name, url)} (${how})`
  })
  const paragraphs = [
    [`**${escaped(state)}**`, ...facts.map(([label, value]) => `${label}: ${escaped(value)}`)],
    why === null ? [] : [escaped(why)],
    words === null ? [] : [escaped(words)],
    also === null ? [] : [`**${also.heading}**`, ...(mentioned ?? []), ...(also.more === null ? [] : [also.more])],
    links.length === 0 ? [] : [links.map(({ text, url }) => link(text, url)).join(' · ')],
  ]
  return paragraphs
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')
}

/** An address in angle brackets may hold parentheses. */
const link = (text: string, url: string) => `[${text}](<${url}>)`

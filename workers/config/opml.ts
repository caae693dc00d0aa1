// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how addresses refer to the environment

import { escapeUTF8 } from 'entities'
import { Parser } from 'htmlparser2'
import { fail, ok, type Result, Slug, WebUrl } from '../../shared/domain/primitives.ts'
import { foldAccents } from '../../shared/domain/text.ts'

export type OpmlFeed = { name: string; url: string; topics: string[] }

const MAX_CHARACTERS = 4_000_000
/** Nested folders. The parser keeps the open ones in memory, and no real list is deeper. */
const MAX_DEPTH = 50

/** OPML → its feeds in their order, each address once; folders become topics. @see https://opml.org/spec2.opml */
export function parseOpml(text: string): Result<OpmlFeed[]> {
  if (text.length > MAX_CHARACTERS) return fail(`is longer than ${MAX_CHARACTERS} characters: split it`)
  const feeds = new Map<string, OpmlFeed>()
  const folders: string[] = []
  let depth = 0
  let isOpml = false
  const parser = new Parser(
    {
      onopentag(name, given) {
        depth += 1
        if (depth > MAX_DEPTH) return parser.pause()
        if (name.toLowerCase() === 'opml') isOpml = true
        if (name.toLowerCase() !== 'outline') return
        const { xmlurl: url = '', text = '', title = text } = lowerCased(given)
        const label = (title || text).trim()
        if (url !== '' && !feeds.has(url)) feeds.set(url, { name: label, url, topics: topicsOf(folders) })
        folders.push(url === '' ? label : '')
      },
      onclosetag(name) {
        depth -= 1
        if (name.toLowerCase() === 'outline') folders.pop()
      },
    },
    { xmlMode: true },
  )
  parser.write(text)
  if (depth > MAX_DEPTH) return fail(`is nested over ${MAX_DEPTH} levels deep: it is no list of feeds`)
  parser.end()
  return isOpml ? ok([...feeds.values()]) : fail('is no OPML: export it again as OPML from the feed reader')
}

/** Writers differ in the case of `xmlUrl`. */
const lowerCased = (given: Record<string, string>): Partial<Record<string, string>> =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]))

const topicsOf = (folders: string[]): string[] => [...new Set(folders.map(slugOf).filter(topic => topic !== ''))]

/** Lines for `feeds:` of a sources file, and the addresses left out: known already, or unreadable. */
export function feedLines(
  feeds: readonly OpmlFeed[],
  present: readonly { id: string; url: string }[],
): { lines: string[]; leftOut: string[] } {
  const ids = new Set(present.map(({ id }) => id))
  const addresses = new Set(present.map(({ url }) => url))
  const leftOut = feeds.filter(({ url }) => addresses.has(url) || !isReadable(url))
  const lines = feeds
    .filter(feed => !leftOut.includes(feed))
    .map(({ name, url, topics }) => {
      const id = freeId(slugOf(name) || slugOf(new URL(url).hostname) || 'feed', ids)
      const named = name === '' ? '' : ` name: ${quoted(name.slice(0, 80).trim())},`
      const about = topics.length === 0 ? '' : `, topics: [${topics.map(quoted).join(', ')}]`
      return `  - { id: ${quoted(id)},${named} url: ${quoted(url)}${about} }`
    })
  return { lines, leftOut: leftOut.map(({ url }) => url) }
}

const isReadable = (url: string): boolean => {
  if (!WebUrl.safeParse(url).success || !URL.canParse(url)) return false
  const { username, password } = new URL(url)
  return username === '' && password === '' && !url.includes('${')
}

/** A slug of up to 60 characters; '' where nothing is left. */
const slugOf = (text: string): string => {
  const words = foldAccents(text.slice(0, 200)).match(/[a-z0-9]+/g) ?? []
  return Slug.safeParse(words.join('-').slice(0, 60).replace(/-$/, '')).data ?? ''
}

function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted
  for (let n = 2; taken.has(id); n++) id = `${wanted.slice(0, 56)}-${n}`.replace('--', '-')
  taken.add(id)
  return id
}

/** A YAML scalar: JSON's quotes, none for plain words. */
const quoted = (text: string): string =>
  /^[a-z][a-z0-9-]*$/.test(text) && !words.has(text) ? text : JSON.stringify(text)
/** Words that YAML reads as values. */
const words = new Set(['true', 'false', 'null'])

/** Feeds → OPML 2.0, topics as categories. @param at the instant of writing */
export function writeOpml(feeds: readonly OpmlFeed[], at: Date): string {
  const outlines = feeds.map(({ name, url, topics }) => {
    const category = topics.length === 0 ? '' : ` category="${escapeUTF8(topics.join(','))}"`
    const label = escapeUTF8(name)
    return `    <outline type="rss" text="${label}" title="${label}" xmlUrl="${escapeUTF8(url)}"${category}/>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    '  <head>',
    '    <title>Feeds of Nephoscope</title>',
    `    <dateCreated>${at.toUTCString()}</dateCreated>`,
    '  </head>',
    '  <body>',
    ...outlines,
    '  </body>',
    '</opml>',
    '',
  ].join('\n')
}

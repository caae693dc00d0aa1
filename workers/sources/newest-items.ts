import type { Instant } from '../../shared/domain/primitives.ts'
import { parseDate } from './dates.ts'

/** How many items are wanted, and in ms from when on none counts as out yet. */
export type Newest = { count: number; until: number }

/**
 * A feed's XML without its texts → the same without the items that are older than the newest so many. An item whose date cannot
 * be told at a glance stays, and so does one dated ahead: they count for nothing.
 * @param dates names of the elements that date an item, the first that is there decides
 */
export function newestItems(xml: string, dates: readonly string[], { count, until }: Newest): string {
  const items = itemsIn(xml)
  if (items.length <= count) return xml
  const dated = items.flatMap(item => {
    const at = dateOf(xml.slice(item.from, item.to), dates)
    return at === null || Date.parse(at) > until ? [] : [{ ...item, at }]
  })
  dated.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
  const cut = dated.slice(count).sort((a, b) => a.from - b.from)
  let kept = ''
  let at = 0
  for (const { from, to } of cut) {
    kept += xml.slice(at, from)
    at = to
  }
  return kept + xml.slice(at)
}

type Range = { from: number; to: number }

function itemsIn(xml: string): Range[] {
  const tag = xml.includes('<item') ? 'item' : 'entry'
  const end = `</${tag}>`
  const items: Range[] = []
  for (let from = xml.indexOf(`<${tag}`); from >= 0; ) {
    const close = xml.indexOf(end, from)
    if (close < 0) break
    const to = close + end.length
    if (/[\s>]/.test(xml.charAt(from + tag.length + 1))) items.push({ from, to })
    from = xml.indexOf(`<${tag}`, to)
  }
  return items
}

function dateOf(item: string, names: readonly string[]): Instant | null {
  if (item.includes('<source')) return null // an entry of another feed's, with that feed's dates in it
  for (const name of names) {
    const open = item.indexOf(`<${name}`)
    if (open < 0) continue
    const from = open + name.length + 2
    if (item.charAt(from - 1) !== '>') return null
    return parseDate(item.slice(from, item.indexOf('<', from)))
  }
  return null
}

import { secureUrl, storyUrl } from '../text/web-url.ts'

/** What tells an entry from the others of its feed. */
export type StoryEntry = {
  /** Its own id; '' where it has none. */
  guid: string
  url: string
  /** Whether `url` is its own, and not the page that the feed belongs to. */
  hasLink: boolean
  title: string
}

/**
 * The key of each entry's story: its guid, whatever else changes, else its address. A guid that leads to several pages
 * is none, nor is an address that several titles share.
 */
export function storyKeys(entries: readonly StoryEntry[]): string[][] {
  const keys = entries.map(({ guid, url }) => (guid === '' ? secureUrl(url) : guidKey(guid)))
  const users = new Map<string, StoryEntry[]>()
  for (const [index, entry] of entries.entries()) {
    const key = keys[index] ?? ''
    const others = users.get(key)
    if (others === undefined) users.set(key, [entry])
    else others.push(entry)
  }
  return entries.map((entry, index) => {
    const key = keys[index] ?? ''
    const others = users.get(key) ?? []
    const isPlain = others.length === 1 && (entry.guid !== '' || entry.hasLink)
    return isPlain ? [key] : [key, ...distinction(entry, others)]
  })
}

/** What tells an entry from the others of its key. */
function distinction(entry: StoryEntry, others: readonly StoryEntry[]): string[] {
  const page = pageOf(entry)
  const onPage = others.filter(other => pageOf(other) === page)
  const titles = new Set(onPage.map(({ title }) => titleKey(title))).size
  const sharesPage = entry.guid === '' ? titles > 1 || !entry.hasLink : titles >= LEAST_SHARED
  return [...(onPage.length < others.length ? [page] : []), ...(sharesPage ? [titleKey(entry.title)] : [])]
}

const pageOf = ({ hasLink, url }: StoryEntry): string => (hasLink ? storyUrl(url) : '')

/** Two titles under one guid and one address are two versions of a story; so many are different stories. */
const LEAST_SHARED = 3

const guidKey = (guid: string): string => (/^https?:/i.test(guid) ? secureUrl(guid) : guid)

/** Titles that differ only in case and spaces are the same. */
export const titleKey = (title: string): string => title.toLowerCase().replace(/\s+/g, ' ').trim()

/** The same page and title are one story, however often its guid changes. */
export const storyOf = ({ url, title }: { url: string; title: string }): string => `${storyUrl(url)} ${titleKey(title)}`

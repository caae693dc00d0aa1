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
  const users = new Map<string, Users>()
  const keyed = entries.map(entry => {
    const key = entry.guid === '' ? secureUrl(entry.url) : guidKey(entry.guid)
    const page = entry.hasLink ? storyUrl(entry.url) : ''
    const title = titleKey(entry.title)
    const own = users.get(key) ?? { pages: new Set(), titles: new Map() }
    users.set(key, own)
    own.pages.add(page)
    const titles = own.titles.get(page) ?? new Set()
    own.titles.set(page, titles.add(title))
    return { entry, key, page, title, own }
  })
  return keyed.map(({ entry, key, page, title, own }) => {
    const titles = own.titles.get(page)?.size ?? 1
    const sharesPage = entry.guid === '' ? titles > 1 || !entry.hasLink : titles >= LEAST_SHARED
    return [key, ...(own.pages.size > 1 ? [page] : []), ...(sharesPage ? [title] : [])]
  })
}

type Users = { pages: Set<string>; titles: Map<string, Set<string>> }

/** Two titles under one guid and one address are two versions of a story; so many are different stories. */
const LEAST_SHARED = 3

const guidKey = (guid: string): string => (/^https?:/i.test(guid) ? secureUrl(guid) : guid)

/** Titles that differ only in case and spaces are the same. */
export const titleKey = (title: string): string => title.toLowerCase().replace(/\s+/g, ' ').trim()

/** The same page and title are one story, however often its guid changes. */
export const storyOf = ({ url, title }: { url: string; title: string }): string => `${storyUrl(url)} ${titleKey(title)}`

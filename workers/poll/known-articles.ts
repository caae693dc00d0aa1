import { isDeepStrictEqual } from 'node:util'
import type { Article } from '../../shared/domain/article.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import { storyOf } from '../feeds/story-keys.ts'
import { storyUrl } from '../text/web-url.ts'

/**
 * The articles of a reading, as the continuation of those that the source already owns: with their ids and their first
 * dates. An article is known by its id, else by its page and title, because some feeds make new guids at each fetch. One
 * of which only dates have changed is returned as it was, because some feeds date everything anew.
 */
export function continueKnown(read: readonly Article[], owned: ReadonlyMap<RecordId, Article>): Article[] {
  const ids = new Set(read.map(({ id }) => id))
  const taken = new Set<RecordId>()
  let stories: Map<string, Article> | null = null
  return read.map(article => {
    const same = owned.get(article.id)
    let before = same
    if (same === undefined ? owned.size > 0 : storyOf(same) !== storyOf(article)) {
      stories ??= new Map([...owned.values()].map(known => [storyOf(known), known]))
      const told = stories.get(storyOf(article))
      const isFree = told !== undefined && !taken.has(told.id) && !(ids.has(told.id) && told.id !== same?.id)
      if (isFree) before = told
    }
    if (before === undefined || taken.has(before.id)) return article
    taken.add(before.id)
    return continued(before, article)
  })
}

function continued(before: Article, read: Article): Article {
  const { id, publishedAt } = before
  const url = storyUrl(before.url) === storyUrl(read.url) && !isUpgrade(before.url, read.url) ? before.url : read.url
  const undated = { ...read, ...keptOf(before, read), id, url, publishedAt, updatedAt: before.updatedAt }
  if (isDeepStrictEqual(before, undated)) return before
  const updatedAt = read.updatedAt ?? (read.publishedAt > publishedAt ? read.publishedAt : before.updatedAt)
  return { ...undated, updatedAt: updatedAt !== null && updatedAt > publishedAt ? updatedAt : null }
}

/** What we know of an article beside its feed: when we first read it, and its picture while the image is the same. */
export const keptOf = (before: Article, read: Article): Pick<Article, 'readAt' | 'picture'> => ({
  ...(before.readAt === undefined ? {} : { readAt: before.readAt }),
  ...(before.picture === undefined || before.image !== read.image ? {} : { picture: before.picture }),
})

/** A page that is now served over TLS has a better address; other spellings of one address only take turns. */
const isUpgrade = (before: string, after: string): boolean => before.startsWith('http:') && after.startsWith('https:')

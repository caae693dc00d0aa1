import { hash } from 'node:crypto'
import { type Article, byNewest } from '../../shared/domain/article.ts'
import { sourceOf } from '../../shared/domain/primitives.ts'
import type { LostPictures } from '../../shared/domain/source.ts'
import type { PictureTry } from '../../shared/redis/picture-tries.ts'

/** Articles of one source, the newest, that get a picture: a first reading must not ask a host for hundreds. */
const MAX_OF_SOURCE = 40

/** An article with an image, and the digest of that image's address. */
export type Illustrated = Article & { image: string }

export const addressOf = (image: string): string => hash('sha256', image, 'hex')

/**
 * The articles whose images are to be fetched now, newest first; several may share one. Pure.
 * @param fromMs older ones have no room
 */
export function wantedPictures(
  articles: Iterable<Article>,
  tries: ReadonlyMap<string, PictureTry>,
  fromMs: number,
  now: number,
): Illustrated[] {
  return illustrated(articles).filter(article => {
    if (article.picture !== undefined || Date.parse(article.publishedAt) < fromMs) return false
    const before = tries.get(addressOf(article.image))
    return before === undefined || (before.nextAt !== null && Date.parse(before.nextAt) <= now)
  })
}

/** The newest articles of each source that have an image, newest first. */
export function illustrated(articles: Iterable<Article>): Illustrated[] {
  const counts = new Map<string, number>()
  return [...articles].sort(byNewest).filter((article): article is Illustrated => {
    if (article.image === null) return false
    const count = (counts.get(sourceOf(article.id)) ?? 0) + 1
    counts.set(sourceOf(article.id), count)
    return count <= MAX_OF_SOURCE
  })
}

/** What each source's owner is told: how many of its pictures were refused or not to be had, and why the newest. Pure. */
export function lostPictures(
  articles: Iterable<Article>,
  tries: ReadonlyMap<string, PictureTry>,
): Map<string, LostPictures> {
  const lost = new Map<string, LostPictures>()
  for (const { id, image, picture } of illustrated(articles)) {
    const why = picture === undefined ? tries.get(addressOf(image))?.why : null
    if (why == null) continue
    const told = lost.get(sourceOf(id))
    lost.set(sourceOf(id), { count: (told?.count ?? 0) + 1, why: told?.why ?? why })
  }
  return lost
}

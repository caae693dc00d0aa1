import { type Article, CUSTOMER_STORIES } from '../../shared/domain/article.ts'
import type { Story } from '../../shared/domain/group-stories.ts'

/** An older story does not lead, whatever its picture, in ms. */
const MAX_AGE_MS = 48 * 3_600_000
/** A narrower picture is a logo, or blurred at the size of a lead, px. */
const MIN_WIDTH = 320

/**
 * The story that leads: the newest with a picture, one about the reader's stack before all others. Null where none is new
 * and has a wide picture. What customers tell has a place of its own.
 * @param stories newest first
 * @param now ms
 */
export function leadOf(stories: readonly Story[], isAbout: (article: Article) => boolean, now: number): Story | null {
  const able = stories.filter(
    ({ article: { picture, publishedAt, topics } }) =>
      picture !== undefined &&
      picture.width >= MIN_WIDTH &&
      picture.width > picture.height &&
      !topics.includes(CUSTOMER_STORIES) &&
      now - Date.parse(publishedAt) <= MAX_AGE_MS,
  )
  return able.find(({ article }) => isAbout(article)) ?? able[0] ?? null
}

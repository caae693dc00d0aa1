import type { Article } from '../../shared/domain/article.ts'
import { type RecordId, sourceOf } from '../../shared/domain/primitives.ts'

type Articles = ReadonlyMap<RecordId, Article>

/** What lies before the reader, and what came since and waits until they want it, so that nothing moves under their eyes. */
export type Shelf = { shown: Articles; waiting: Articles }

export const emptyShelf: Shelf = { shown: new Map(), waiting: new Map() }

/**
 * After the view changed. A first view is shown as it is. After that, articles that are new wait, and those on the shelf are
 * brought up to date; what the view no longer keeps stays, unless its source is gone.
 */
export function restock(shelf: Shelf, live: Articles, isSource: (id: string) => boolean): Shelf {
  if (shelf.shown.size === 0) return { shown: live, waiting: new Map() }
  const shown = new Map<RecordId, Article>()
  for (const [id, article] of shelf.shown) if (isSource(sourceOf(id))) shown.set(id, live.get(id) ?? article)
  const waiting = new Map<RecordId, Article>()
  for (const [id, article] of live) if (!shown.has(id)) waiting.set(id, article)
  return { shown: isSame(shown, shelf.shown) ? shelf.shown : shown, waiting }
}

/** What did not change stays the same map, so that nothing is drawn or folded anew for it. */
const isSame = (a: Articles, b: Articles): boolean =>
  a.size === b.size && [...a].every(([id, article]) => b.get(id) === article)

/** All that waits is shown. */
export const admit = ({ shown, waiting }: Shelf): Shelf => ({
  shown: new Map([...shown, ...waiting]),
  waiting: new Map(),
})

/** Older articles come at the end, where they move nothing; what is there already stays as it is. */
export const shelveOlder = ({ shown, waiting }: Shelf, older: readonly Article[]): Shelf => ({
  shown: new Map([...older.map((article): [RecordId, Article] => [article.id, article]), ...shown]),
  waiting,
})

import type { Article } from '../../shared/domain/article.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import { type Found, newsIndex } from './news-index.ts'

export type NewsSearch = ReturnType<typeof newsSearch>

/** Full-text search that grows with the articles. Nothing is indexed before somebody looks for something. */
export function newsSearch(publisherOf: (article: Article) => string) {
  const index = newsIndex(publisherOf)
  /** Moves on whenever all articles that were given are in. */
  let edition = $state(0)

  return {
    /** Takes in what is not in yet, little by little. Returns what stops it. */
    fill: (articles: readonly Article[]): (() => void) =>
      inSlices(
        isTimeLeft => index.take(articles, isTimeLeft),
        () => edition++,
      ),
    /** What fits, as far as it is indexed; null where nothing is looked for. */
    find(text: string): ReadonlyMap<RecordId, Found> | null {
      void edition // more may be found by the next one
      return text.trim() === '' ? null : index.search(text)
    },
  }
}

/** How long work may hold up the page at once, in ms: well under the time of one frame. */
const SLICE = 4

/**
 * Runs `work` again and again, with the page's own business between, until it returns that it is done. It looks at `isTimeLeft` and
 * leaves off in time. Returns what stops it.
 */
function inSlices(work: (isTimeLeft: () => boolean) => boolean, done: () => void): () => void {
  const slice = () => {
    const until = performance.now() + SLICE
    if (work(() => performance.now() < until)) done()
    else timer = setTimeout(slice)
  }
  let timer = setTimeout(slice)
  return () => clearTimeout(timer)
}

import MiniSearch from 'minisearch'
import type { Article } from '../../shared/domain/article.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import { foldAccents } from '../../shared/domain/text.ts'
import { wordsIn } from '../ui/marked.ts'

/** How well an article fits a search, and which indexed words matched. */
export type Found = { score: number; words: readonly string[] }

/** Full-text search over articles. The index is built in slices and grows with the articles. */
export function newsSearch(publisherOf: (article: Article) => string) {
  const articles = newsIndex(publisherOf)
  /** Changes whenever all given articles are indexed. */
  let edition = $state(0)

  return {
    /** Indexes what is not indexed yet, in the background. Returns a function that stops it. */
    index: (given: readonly Article[]): (() => void) =>
      runInSlices(
        isTimeLeft => articles.add(given, isTimeLeft),
        () => edition++,
      ),
    /** The articles that match, as far as they are indexed; null for an empty text. */
    find(text: string): ReadonlyMap<RecordId, Found> | null {
      void edition // the next edition may find more
      return text.trim() === '' ? null : articles.search(text)
    },
  }
}

/** How long a slice may block the page, well under the time of a frame. */
const SLICE_MS = 4

/** Calls `work` until it returns true, yielding to the page in between. `work` returns false when no time is left. */
function runInSlices(work: (isTimeLeft: () => boolean) => boolean, onDone: () => void): () => void {
  const slice = () => {
    const until = performance.now() + SLICE_MS
    if (work(() => performance.now() < until)) onDone()
    else timer = setTimeout(slice)
  }
  let timer = setTimeout(slice)
  return () => clearTimeout(timer)
}

/** Reading the clock costs as much as indexing a word. */
const ARTICLES_PER_CLOCK_CHECK = 8

/**
 * The full-text index. An article matches if it has every word of the query: exactly, as a prefix, or with a typo.
 * @see https://lucaong.github.io/minisearch/
 */
export function newsIndex(publisherOf: (article: Article) => string) {
  const index = new MiniSearch<Article>({
    fields: ['title', 'summary', 'source', 'topics'],
    extractField: (article, field) => textOf(article, field, publisherOf),
    tokenize: text => wordsIn(text).map(({ word }) => word),
    processTerm: foldAccents,
    searchOptions: {
      combineWith: 'AND',
      boost: { title: 3, topics: 2, source: 2 },
      prefix: true,
      // one letter of a short word, or one digit, makes another word: AWS and was, 2025 and 2026
      fuzzy: word => (word.length > 4 && !/\p{N}/u.test(word) ? 0.2 : false),
      maxFuzzy: 2,
    },
  })
  const indexed = new Map<RecordId, Article>()

  return {
    /** Adds new articles and replaces changed ones while time is left. Returns whether all are indexed. */
    add(articles: Iterable<Article>, isTimeLeft: () => boolean): boolean {
      let added = 0
      for (const article of articles) {
        const known = indexed.get(article.id)
        if (known !== undefined && hasSameText(known, article)) continue
        if (added++ % ARTICLES_PER_CLOCK_CHECK === 0 && !isTimeLeft()) return false
        if (known === undefined) index.add(article)
        else index.replace(article)
        indexed.set(article.id, article)
      }
      return true
    },
    search(text: string): Map<RecordId, Found> {
      const found = new Map<RecordId, Found>()
      for (const { id, score, terms } of index.search(text)) found.set(id, { score, words: terms })
      return found
    },
  }
}

/** A new snapshot makes new objects of the same texts. */
const hasSameText = (a: Article, b: Article): boolean =>
  a === b || (a.title === b.title && a.summary === b.summary && a.topics.join() === b.topics.join())

function textOf(article: Article, field: string, publisherOf: (article: Article) => string): string {
  if (field === 'source') return publisherOf(article)
  if (field === 'topics') return article.topics.join(' ')
  return field === 'id' || field === 'title' || field === 'summary' ? article[field] : ''
}

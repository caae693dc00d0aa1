import MiniSearch from 'minisearch'
import type { Article } from '../../shared/domain/article.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import { foldAccents } from '../../shared/domain/text.ts'
import { wordsIn } from '../ui/marked.ts'

export type NewsIndex = ReturnType<typeof newsIndex>

/** An article that was found: how well it fits, and which of its words did. */
export type Found = { score: number; words: readonly string[] }

/** Looked up after so many articles: the clock costs as much as a word. */
const BETWEEN_LOOKS = 8

/**
 * The full text of articles. Words of a query must all be found: as they are, as the beginning of a word, or nearly.
 * `publisherOf` names an article's source. @see https://lucaong.github.io/minisearch/
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
  const taken = new Map<RecordId, Article>()

  return {
    /**
     * Takes in articles, as long as there is time. What was taken is not taken again; an article that changed replaces
     * what it was. Returns whether all are in.
     */
    take(articles: Iterable<Article>, isTimeLeft: () => boolean): boolean {
      let looked = 0
      for (const article of articles) {
        const known = taken.get(article.id)
        if (known !== undefined && saysTheSame(known, article)) continue
        if (looked++ % BETWEEN_LOOKS === 0 && !isTimeLeft()) return false
        if (known === undefined) index.add(article)
        else index.replace(article)
        taken.set(article.id, article)
      }
      return true
    },
    /** The articles that fit, by id. */
    search(text: string): Map<RecordId, Found> {
      const found = new Map<RecordId, Found>()
      for (const { id, score, terms } of index.search(text)) found.set(id, { score, words: terms })
      return found
    },
  }
}

/** After a new snapshot every record is another object, and mostly the same words. */
const saysTheSame = (a: Article, b: Article): boolean =>
  a === b || (a.title === b.title && a.summary === b.summary && a.topics.join() === b.topics.join())

function textOf(article: Article, field: string, publisherOf: (article: Article) => string): string {
  switch (field) {
    case 'id':
      return article.id
    case 'title':
      return article.title
    case 'summary':
      return article.summary
    case 'source':
      return publisherOf(article)
    default:
      return article.topics.join(' ')
  }
}

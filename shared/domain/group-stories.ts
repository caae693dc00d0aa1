import type { Article } from './article.ts'
import { ascending, firstOf } from './order.ts'
import { sourceOf } from './primitives.ts'
import { foldAccents } from './text.ts'
import { byNewest } from './view.ts'

/** A piece of news, and who else brought it. */
export type Story = {
  /** The one that came first. */
  article: Article
  /** Those of other sources, oldest first, at most one a source. */
  alsoIn: Article[]
}

/** Titles are alike that share this many words of all that either has: 4 of 5. @see https://en.wikipedia.org/wiki/Jaccard_index */
const [SHARED, OF] = [4, 5]
/** Shorter titles ('Weekly news') are alike by chance. */
const FEWEST_WORDS = 5
/** What repeats later than this is news again, in ms. */
const REACH_MS = 48 * 3_600_000

/**
 * Articles → stories, newest first. Articles of different sources are one story when they lead to one address, or bear nearly
 * one title within two days. Pure; the order of what comes in does not matter, so every page folds alike. The oldest leads,
 * and titles are compared with the leader's alone, so that likeness does not drift along a chain.
 */
export function groupStories(articles: Iterable<Article>): Story[] {
  const oldestFirst = [...articles].sort(byNewest).reverse()
  const addresses = new Map<string, Telling[]>()
  const titles = titleIndex(oldestFirst)
  const stories: Story[] = []
  for (const article of oldestFirst) {
    const source = sourceOf(article.id)
    const sameAddress = entry(addresses, addressOf(article.url))
    const known = sameAddress.find(({ sources }) => !sources.has(source)) ?? titles.alike(article)
    const telling = known ?? { story: { article, alsoIn: [] }, sources: new Set<string>() }
    telling.sources.add(source)
    if (known) known.story.alsoIn.push(article)
    else {
      stories.push(telling.story)
      titles.add(telling)
    }
    if (!sameAddress.includes(telling)) sameAddress.push(telling)
  }
  return stories.reverse()
}

/** A story that grows. A source tells it once: its own items are its own to keep apart, even at one address. */
type Telling = { story: Story; sources: Set<string> }

/** One page has one address here, with http or https, with `www.` or a slash at its end or without. */
const addressOf = (url: string): string => url.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '')

/** A title, ready to be compared. */
type Title = { words: ReadonlySet<string>; figures: string; at: number }
type Lead = Title & { telling: Telling }

/** Leaders that one title is compared with under one of its words, the newest: a word that all share tells none apart. */
const MOST_COMPARED = 100

/**
 * Leaders by their rarest words. Sorted in one order, two sets that are alike share a word among the first few of each: so only
 * those are filed, rarest first, and only leaders that share one are compared.
 * @see https://doi.org/10.1145/1242572.1242591 (prefix filtering)
 */
function titleIndex(articles: readonly Article[]) {
  const titles = new Map(articles.map(article => [article, titleOf(article)]))
  const uses = new Map<string, number>()
  for (const { words } of titles.values()) for (const word of words) uses.set(word, (uses.get(word) ?? 0) + 1)
  const rarestFirst = firstOf<string>(
    ascending((word: string) => uses.get(word) ?? 0),
    ascending((word: string) => word),
  )
  const filedUnder = ({ words }: Title): string[] =>
    words.size < FEWEST_WORDS
      ? []
      : [...words].sort(rarestFirst).slice(0, Math.floor((words.size * (OF - SHARED)) / OF) + 1)
  const leads = new Map<string, Lead[]>()

  return {
    add(telling: Telling): void {
      const title = titles.get(telling.story.article)
      if (title) for (const word of filedUnder(title)) entry(leads, word).push({ ...title, telling })
    },
    /** The story whose leader's title is most like the article's; of equals the oldest. */
    alike(article: Article): Telling | undefined {
      const title = titles.get(article)
      if (title === undefined) return undefined
      const near = filedUnder(title)
        .flatMap(word => leads.get(word)?.slice(-MOST_COMPARED) ?? [])
        .filter(({ at, figures, telling }) => {
          return at >= title.at - REACH_MS && figures === title.figures && !telling.sources.has(sourceOf(article.id))
        })
      let best: { telling: Telling; likeness: number } | undefined
      for (const { words, telling } of near) {
        const likeness = likenessOf(title.words, words)
        if (likeness === 0 || likeness < (best?.likeness ?? 0)) continue
        if (best === undefined || likeness > best.likeness || isOlder(telling, best.telling))
          best = { telling, likeness }
      }
      return best?.telling
    },
  }
}

function titleOf({ title, publishedAt }: Article): Title {
  const words = titleWords(title)
  return { words, figures: figuresIn(words), at: Date.parse(publishedAt) }
}

/** 0 for titles that are not alike. */
function likenessOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0
  for (const word of a) if (b.has(word)) shared += 1
  const all = a.size + b.size - shared
  return shared * OF >= all * SHARED ? shared / all : 0
}

const isOlder = (a: Telling, b: Telling): boolean => byNewest(a.story.article, b.story.article) > 0

function entry<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

/** The words of a title that carry its meaning: lower case, without accents, each once. */
function titleWords(title: string): Set<string> {
  const words = foldAccents(title).match(/[\p{L}\p{N}]+/gu) ?? []
  return new Set(words.filter(word => !isFiller(word)))
}

/** Those of the words that hold figures: versions, dates, codes. Titles that differ in one of them tell different things. */
const figuresIn = (words: Iterable<string>): string =>
  [...words]
    .filter(word => /\p{N}/u.test(word))
    .sort()
    .join(' ')

/** Single letters are left over from `it's` and the like. */
const isFiller = (word: string): boolean => fillers.has(word) || /^\p{L}$/u.test(word)

const fillers = new Set(
  'an and are as at be by for from has how in is it its new now of on or our that the this to was we what why will with you your'.split(
    ' ',
  ),
)

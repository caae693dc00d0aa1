import { type Article, byNewest } from './article.ts'
import { ascending, firstOf } from './order.ts'
import { sourceOf } from './primitives.ts'
import { foldAccents } from './text.ts'

/** A piece of news, with the articles of other sources about it. */
export type Story = {
  article: Article
  /** Those of other sources, oldest first, at most one per source. */
  alsoIn: Article[]
}

/** Similar titles share this part of all their words: 4 of 5. @see https://en.wikipedia.org/wiki/Jaccard_index */
const [SHARED_WORDS, ALL_WORDS] = [4, 5]
/** Shorter titles ('Weekly news') are similar by chance. */
const MIN_WORDS = 5
/** A repetition after this long is news again, in ms. */
const REPEAT_WINDOW_MS = 48 * 3_600_000

/**
 * Groups articles into stories, newest first. Articles of different sources are one story when they have the same
 * address, or similar titles within two days. Pure and independent of the input's order, so every page shows the same
 * stories. The oldest article leads; titles are compared with the leader's alone, so that similarity does not drift
 * along a chain.
 */
export function groupStories(articles: Iterable<Article>): Story[] {
  const oldestFirst = [...articles].sort(byNewest).reverse()
  const addresses = new Map<string, GrowingStory[]>()
  const titles = titleIndex(oldestFirst)
  const stories: Story[] = []
  for (const article of oldestFirst) {
    const source = sourceOf(article.id)
    const sameAddress = listAt(addresses, addressOf(article.url))
    const known = sameAddress.find(({ sources }) => !sources.has(source)) ?? titles.mostSimilar(article)
    const growing = known ?? { story: { article, alsoIn: [] }, sources: new Set<string>() }
    growing.sources.add(source)
    if (known) known.story.alsoIn.push(article)
    else {
      stories.push(growing.story)
      titles.add(growing)
    }
    if (!sameAddress.includes(growing)) sameAddress.push(growing)
  }
  return stories.reverse()
}

/** A story that grows. It takes one article per source: a source's own items stay apart, even at one address. */
type GrowingStory = { story: Story; sources: Set<string> }

/** One form for an address with http or https, `www.` or a trailing slash. */
const addressOf = (url: string): string => url.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '')

type Title = { words: ReadonlySet<string>; figures: string; at: number }
type Lead = Title & { growing: GrowingStory }

/** Leaders that a title is compared with for each of its words, the newest: a word that all share says nothing. */
const MAX_COMPARED = 100

/**
 * An index of leaders by their rarest words. Sorted in one order, two similar sets share a word among their first few.
 * So only those words are indexed, rarest first, and only leaders that share one are compared.
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
  const rarestWords = ({ words }: Title): string[] =>
    words.size < MIN_WORDS
      ? []
      : [...words].sort(rarestFirst).slice(0, Math.floor((words.size * (ALL_WORDS - SHARED_WORDS)) / ALL_WORDS) + 1)
  const leads = new Map<string, Lead[]>()

  return {
    add(growing: GrowingStory): void {
      const title = titles.get(growing.story.article)
      if (title) for (const word of rarestWords(title)) listAt(leads, word).push({ ...title, growing })
    },
    /** The story whose leader has the most similar title; of equals the oldest. */
    mostSimilar(article: Article): GrowingStory | undefined {
      const title = titles.get(article)
      if (title === undefined) return undefined
      const since = title.at - REPEAT_WINDOW_MS
      const source = sourceOf(article.id)
      const near = rarestWords(title)
        .flatMap(word => leads.get(word)?.slice(-MAX_COMPARED) ?? [])
        .filter(lead => lead.at >= since && lead.figures === title.figures && !lead.growing.sources.has(source))
      let best: { growing: GrowingStory; similarity: number } | undefined
      for (const { words, growing } of near) {
        const similarity = similarityOf(title.words, words)
        if (similarity === 0 || similarity < (best?.similarity ?? 0)) continue
        if (best === undefined || similarity > best.similarity || isOlder(growing, best.growing))
          best = { growing, similarity }
      }
      return best?.growing
    },
  }
}

function titleOf({ title, publishedAt }: Article): Title {
  const words = titleWords(title)
  return { words, figures: figuresIn(words), at: Date.parse(publishedAt) }
}

/** 0 for titles that are not similar. */
function similarityOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0
  for (const word of a) if (b.has(word)) shared += 1
  const all = a.size + b.size - shared
  return shared * ALL_WORDS >= all * SHARED_WORDS ? shared / all : 0
}

const isOlder = (a: GrowingStory, b: GrowingStory): boolean => byNewest(a.story.article, b.story.article) > 0

function listAt<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

/** The meaningful words of a title: in small letters, without accents, each once. */
function titleWords(title: string): Set<string> {
  const words = foldAccents(title).match(/[\p{L}\p{N}]+/gu) ?? []
  return new Set(words.filter(word => !isFiller(word)))
}

/** The words with digits: versions, dates, codes. Titles that differ in one of them are different news. */
const figuresIn = (words: Iterable<string>): string =>
  [...words]
    .filter(word => /\p{N}/u.test(word))
    .sort()
    .join(' ')

/** Single letters remain of `it's` and the like. */
const isFiller = (word: string): boolean => fillers.has(word) || /^\p{L}$/u.test(word)

const fillers = new Set(
  'an and are as at be by for from has how in is it its new now of on or our that the this to was we what why will with you your'.split(
    ' ',
  ),
)

import { type Article, byNewest } from './article.ts'
import { ascending, firstOf } from './order.ts'
import { sourceOf } from './primitives.ts'
import type { Source } from './source.ts'
import {
  ALL_WORDS,
  isRepeated,
  isTelling,
  MIN_WORDS,
  readTitle,
  SHARED_WORDS,
  type TitleWords,
  titleLikeness,
} from './title-likeness.ts'

/** A piece of news, with the other articles about it. */
export type Story = {
  article: Article
  /** Those of other sources, and repetitions of the same, in the order in which they were read. */
  alsoIn: Article[]
}

/** A repetition after this long is news again, in ms. */
const REPEAT_WINDOW_MS = 48 * 3_600_000

/**
 * Groups articles into stories, newest first. Articles are one story when sources have the same address, or similar
 * titles within two days; those of one source only when their titles are equal, or nearly. Pure and independent of the input's
 * order, so every page shows the same stories. A story is told in the words of the source that owns the link, else of
 * the one that was read first. Titles are compared with the first one's alone, so that similarity does not drift.
 * @param sources tells whose host a link is on
 */
export function groupStories(
  articles: Iterable<Article>,
  sources: ReadonlyMap<string, Pick<Source, 'url'>> = noSources,
): Story[] {
  const all = [...articles].sort(byReading)
  const addresses = new Map<string, GrowingStory[]>()
  const titles = titleIndex(all)
  const stories: GrowingStory[] = []
  for (const article of all) {
    const source = sourceOf(article.id)
    const sameAddress = listAt(addresses, addressOf(article.url))
    const known = sameAddress.find(({ members }) => !members.has(source)) ?? titles.mostSimilar(article)
    const growing = known ?? { articles: [], members: new Set<string>() }
    growing.members.add(source)
    growing.articles.push(article)
    if (known === undefined) {
      stories.push(growing)
      titles.add(article, growing)
    }
    if (!sameAddress.includes(growing)) sameAddress.push(growing)
  }
  return stories.map(({ articles }) => storyOf(articles, sources)).sort((a, b) => byNewest(a.article, b.article))
}

const noSources: ReadonlyMap<string, Pick<Source, 'url'>> = new Map()

/** A story that grows: its articles in the order of their reading, and the sources that have one. */
type GrowingStory = { articles: Article[]; members: Set<string> }

/** A later article that claims an earlier date is not the first: our own clock decides, where it is known. */
const byReading = firstOf<Article>(
  ascending(({ readAt, publishedAt }: Article) => readAt ?? publishedAt),
  ascending('publishedAt'),
  (a, b) => byNewest(b, a),
)

/** Only the source on whose host the first article's link leads may tell it in its own words, instead of the first. */
function storyOf(articles: readonly Article[], sources: ReadonlyMap<string, Pick<Source, 'url'>>): Story {
  const [first] = articles
  if (first === undefined) throw new Error('a story has an article')
  const link = addressOf(first.url)
  const owner = articles.find(one => addressOf(one.url) === link && isOwner(sources.get(sourceOf(one.id)), one.url))
  const article = owner ?? first
  return { article, alsoIn: articles.filter(one => one !== article) }
}

/** Whether a link leads to the host of the source, or to a part of it: `blog.example.com` of `example.com`. */
function isOwner(source: Pick<Source, 'url'> | undefined, link: string): boolean {
  if (source === undefined || !URL.canParse(source.url) || !URL.canParse(link)) return false
  const [one, other] = [source.url, link].map(url => `.${new URL(url).hostname.replace(/^www\./, '')}`)
  return one !== undefined && other !== undefined && (one.endsWith(other) || other.endsWith(one))
}

/** One form for an address with http or https, `www.` or a trailing slash. */
const addressOf = (url: string): string => url.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '')

type Lead = { title: TitleWords; article: Article; at: number; growing: GrowingStory }

/** Leaders that a title is compared with for each of its words, the newest: a word that all share says nothing. */
const MAX_COMPARED = 100

/**
 * An index of leaders by their rarest words. Sorted in one order, two similar sets share a word among their first few.
 * So only those words are indexed, rarest first, and only leaders that share one are compared. Short titles are indexed
 * whole: only equal ones are one story.
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
  const keysOf = (title: TitleWords): string[] => {
    const { words, whole } = title
    if (words.size < MIN_WORDS) return isTelling(title) ? [whole] : []
    const count = Math.floor((words.size * (ALL_WORDS - SHARED_WORDS)) / ALL_WORDS) + 1
    return [...words].sort(rarestFirst).slice(0, count)
  }
  const leads = new Map<string, Lead[]>()

  return {
    add(article: Article, growing: GrowingStory): void {
      const title = titles.get(article)
      const at = Date.parse(article.publishedAt)
      if (title) for (const key of keysOf(title)) listAt(leads, key).push({ title, article, at, growing })
    },
    /** The story whose leader has the most similar title; of equals the first. */
    mostSimilar(article: Article): GrowingStory | undefined {
      const title = titles.get(article)
      if (title === undefined) return undefined
      const at = Date.parse(article.publishedAt)
      const source = sourceOf(article.id)
      let best: { lead: Lead; likeness: number } | undefined
      for (const lead of keysOf(title).flatMap(key => leads.get(key)?.slice(-MAX_COMPARED) ?? [])) {
        if (Math.abs(at - lead.at) > REPEAT_WINDOW_MS || isOfOthers(article, lead.article)) continue
        const likeness = titleLikeness(title, lead.title)
        if (likeness === 0 || (lead.growing.members.has(source) && !isRepeated(title, lead.title))) continue
        if (
          best === undefined ||
          likeness > best.likeness ||
          (likeness === best.likeness && byReading(lead.article, best.lead.article) < 0)
        )
          best = { lead, likeness }
      }
      return best?.lead.growing
    },
  }
}

/** Pages group the same articles again with each new one. */
const knownTitles = new WeakMap<Article, TitleWords>()

function titleOf(article: Article): TitleWords {
  const title = knownTitles.get(article) ?? readTitle(article.title)
  knownTitles.set(article, title)
  return title
}

/** Whether the articles are about different providers: 'Errors with logins' of one is not that of another. */
const isOfOthers = (a: Article, b: Article): boolean =>
  a.providers.length > 0 && b.providers.length > 0 && !a.providers.some(provider => b.providers.includes(provider))

function listAt<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

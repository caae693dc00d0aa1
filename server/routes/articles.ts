import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { Article } from '../../shared/domain/article.ts'
import type { CountryOf } from '../../shared/domain/channels.ts'
import { Slug } from '../../shared/domain/primitives.ts'
import { readArticles } from '../../shared/redis/article-archive.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { CountryCode, formatCursor, Name, Paging, parseCursor, SearchText } from '../http/request.ts'
import type { Current } from '../live/current.ts'
import { stateRoute } from './kinds.ts'
import { ConcerningArticle, ConcernQuery, concernFilter } from './reasons.ts'
import { holdsWords } from './search.ts'

export type ArticleDeps = { current: Current; redis: Redis; onInvalid: OnInvalid; countryOf: CountryOf }

const ArticlesQuery = {
  provider: Name.optional(),
  topic: Slug.optional(),
  region: Name.optional(),
  ...ConcernQuery,
  country: CountryCode.optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/, "must be a language such as 'en' or 'de-at'")
    .optional(),
  q: SearchText.optional(),
  ...Paging,
}
type ArticlesQuery = z.infer<z.ZodObject<typeof ArticlesQuery>>

export const getArticles = stateRoute({
  path: '/api/articles',
  summary: 'Articles, newest first, as far back as they are kept.',
  costly: true,
  query: ArticlesQuery,
  answer: { articles: z.array(ConcerningArticle), next: z.string().nullable() },
  faults: [503],
  async handle({ query }, { current, redis, onInvalid, countryOf }: ArticleDeps) {
    const concern = concernFilter<Article>(query, current, ({ providers, serviceIds = [] }) => ({
      providers,
      services: serviceIds,
    }))
    const isAsked = matcher(query, countryOf)
    const before = query.before === undefined ? null : parseCursor(query.before)
    const matches = (article: Article) => isAsked(article) && concern.matches(article)
    const wanted = { matches, before, limit: query.limit }
    const { articles, next } = await readArticles(redis, wanted, onInvalid)
    return { articles: concern.explain(articles), next: next && formatCursor(next.at, next.id) }
  },
})

/** Whether an article passes. A language includes its dialects: `de` finds `de-at`. */
function matcher(query: ArticlesQuery, countryOf: CountryOf): (article: Article) => boolean {
  const { provider, topic, region, country, language } = query
  const countriesOf = ({ countries, regions }: Article) => [...countries, ...regions.map(countryOf)]
  const isFound = query.q === undefined ? () => true : holdsWords(query.q)
  return article =>
    (provider === undefined || article.providers.includes(provider)) &&
    (topic === undefined || article.topics.includes(topic)) &&
    (region === undefined || article.regions.includes(region)) &&
    (country === undefined || countriesOf(article).includes(country)) &&
    (language === undefined || `${article.language ?? ''}-`.startsWith(`${language}-`)) &&
    isFound(article.title, article.summary)
}

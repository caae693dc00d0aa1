import type Router from '@koa/router'
import type { Redis } from 'ioredis'
import type { Context } from 'koa'
import type { z } from 'zod'
import type { Article } from '../../shared/domain/article.ts'
import type { CountryOf } from '../../shared/domain/channels.ts'
import { readArticles } from '../../shared/redis/article-archive.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { cursor, placeOf } from '../http/paging.ts'
import { readQuery } from '../http/request.ts'
import { ArticlesQuery } from './api-queries.ts'
import { holds } from './search.ts'

export type ArticleRoutesDeps = {
  redis: Redis
  onInvalid: OnInvalid
  countryOf: CountryOf
  answer(ctx: Context, body: object): void
}

/** `GET /api/articles`, read from the store: as far back as articles are kept. */
export function articleRoutes(router: Router, { redis, onInvalid, countryOf, answer }: ArticleRoutesDeps): void {
  router.get('/articles', async ctx => {
    const query = readQuery(ctx, ArticlesQuery)
    const before = query.before === undefined ? null : placeOf(query.before)
    const wanted = { matches: matcher(query, countryOf), before, limit: query.limit }
    const { articles, next } = await readArticles(redis, wanted, onInvalid)
    answer(ctx, { articles, next: next && cursor(next.at, next.id) })
  })
}

type Query = z.infer<z.ZodObject<typeof ArticlesQuery>>

/** Whether an article passes. A language holds its dialects: `de` is `de-at` too. */
function matcher(query: Query, countryOf: CountryOf): (article: Article) => boolean {
  const { provider, topic, region, country, language } = query
  const found = query.q === undefined ? () => true : holds(query.q)
  return article =>
    (provider === undefined || article.providers.includes(provider)) &&
    (topic === undefined || article.topics.includes(topic)) &&
    (region === undefined || article.regions.includes(region)) &&
    (country === undefined ||
      article.countries.includes(country) ||
      article.regions.some(id => countryOf(id) === country)) &&
    (language === undefined ||
      article.language === language ||
      article.language?.startsWith(`${language}-`) === true) &&
    found(article.title, article.summary)
}

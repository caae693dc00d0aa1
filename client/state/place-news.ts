import type { Article } from '../../shared/domain/article.ts'
import { fold, type Story } from '../../shared/domain/group-stories.ts'
import type { Region } from '../../shared/domain/region.ts'
import { byNewest } from '../../shared/domain/view.ts'

const MOST_STORIES = 12

/** What was written of a region or of its country, newest first. */
export const regionNews = (articles: Iterable<Article>, { id, country }: Region): Story[] =>
  stories(articles, article => article.regions.includes(id) || article.countries.includes(country))

/** What was written of a provider, newest first. */
export const providerNews = (articles: Iterable<Article>, provider: string): Story[] =>
  stories(articles, article => article.providers.includes(provider))

const stories = (articles: Iterable<Article>, isOfPlace: (article: Article) => boolean): Story[] =>
  fold([...articles].filter(isOfPlace).sort(byNewest)).slice(0, MOST_STORIES)

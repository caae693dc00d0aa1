import { z } from 'zod'
import { Article, byNewest } from '../../shared/domain/article.ts'
import { Incident } from '../../shared/domain/incident.ts'
import { ascending, descending, firstOf } from '../../shared/domain/order.ts'
import { Region } from '../../shared/domain/region.ts'
import { foldAccents } from '../../shared/domain/text.ts'
import type { View } from '../../shared/domain/view.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'
import { SearchText } from '../http/request.ts'
import type { Current } from '../live/current.ts'
import { stateRoute } from './kinds.ts'

const MAX_RESULTS = 20

export const getSearch = stateRoute({
  path: '/api/search',
  summary: `Regions, incidents and articles that hold the words, at most ${MAX_RESULTS} of each.`,
  details: 'All the words of `q`, or words that begin so.',
  costly: true,
  query: { q: SearchText },
  answer: { regions: z.array(Region), incidents: z.array(Incident), articles: z.array(Article) },
  handle: ({ query: { q } }, { current, catalogue }: { current: Current; catalogue: Catalogue }) =>
    search(q, catalogue, current.view),
})

/**
 * The records that hold every word of the question, or a word that begins so, without case and accents. Regions come in
 * the order of the catalogue, incidents and articles newest first. Pure.
 */
export function search(question: string, catalogue: Catalogue, view: Pick<View, 'incidents' | 'articles'>) {
  const matches = holdsWords(question)
  const nameOf = (provider: string) => `${provider} ${catalogue.providers.get(provider)?.name ?? ''}`
  return {
    regions: [...catalogue.regions.values()]
      .filter(one => matches(nameOf(one.provider), one.code, one.name, ...one.aliases, one.city, one.country))
      .slice(0, MAX_RESULTS),
    incidents: [...view.incidents.values()]
      .filter(one => matches(nameOf(one.provider), one.title, ...one.services, ...one.regions))
      .sort(firstOf(descending('updatedAt'), ascending('id')))
      .slice(0, MAX_RESULTS),
    articles: [...view.articles.values()]
      .filter(one => matches(one.title, one.summary))
      .sort(byNewest)
      .slice(0, MAX_RESULTS),
  }
}

export function holdsWords(question: string): (...texts: string[]) => boolean {
  const asked = wordsOf(question)
  return (...texts) => {
    const words = wordsOf(texts.join(' '))
    return asked.length > 0 && asked.every(prefix => words.some(word => word.startsWith(prefix)))
  }
}

const wordsOf = (text: string): string[] =>
  foldAccents(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

import { ascending, descending, firstOf } from '../../shared/domain/order.ts'
import { foldAccents } from '../../shared/domain/text.ts'
import { byNewest, type View } from '../../shared/domain/view.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'

/** Most results of each kind. */
const MOST = 20

/**
 * What holds every word of the question, or a word that begins with it; case and accents do not count. Regions in the order of
 * the catalogue, incidents and articles newest first. Pure.
 */
export function search(question: string, catalogue: Catalogue, view: Pick<View, 'incidents' | 'articles'>) {
  const matches = holds(question)
  const nameOf = (provider: string) => `${provider} ${catalogue.providers.get(provider)?.name ?? ''}`
  return {
    regions: [...catalogue.regions.values()]
      .filter(one => matches(nameOf(one.provider), one.code, one.name, ...one.aliases, one.city, one.country))
      .slice(0, MOST),
    incidents: [...view.incidents.values()]
      .filter(one => matches(nameOf(one.provider), one.title, ...one.services, ...one.regions))
      .sort(firstOf(descending('updatedAt'), ascending('id')))
      .slice(0, MOST),
    articles: [...view.articles.values()]
      .filter(one => matches(one.title, one.summary))
      .sort(byNewest)
      .slice(0, MOST),
  }
}

/** Whether texts together hold every word of the question, or a word that begins with it. */
export function holds(question: string): (...texts: string[]) => boolean {
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

import type { Words } from '../words/words.ts'
import { type Catalogue, placeName, providerName } from './catalogue.ts'
import type { Dimension } from './news-filter.ts'

/** What a value by which news can be narrowed down is called. */
export function valueName(dimension: Dimension, value: string, catalogue: Catalogue, words: Words): string {
  switch (dimension) {
    case 'topic':
      return words.newsPage.topic(value)
    case 'provider':
      return providerName(catalogue, value)
    case 'region':
      return placeName(catalogue, value)
    case 'country':
      return words.regions.country(value)
    case 'language':
      return words.newsPage.language(value)
  }
}

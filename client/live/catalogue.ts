import type { Article } from '../../shared/domain/article.ts'
import { type RegionId, sourceOf } from '../../shared/domain/primitives.ts'
import { type Provider, type Region, spokenName } from '../../shared/domain/region.ts'
import { isStatusSource, type Source, watchedProviders } from '../../shared/domain/source.ts'
import type { Words } from '../words/en/page.ts'

/** Providers and regions. They change only with a new snapshot. */
export type Catalogue = { providers: ReadonlyMap<string, Provider>; regions: ReadonlyMap<RegionId, Region> }

export const emptyCatalogue: Catalogue = { providers: new Map(), regions: new Map() }

/**
 * The watched part of the catalogue. A watched provider that the catalogue lacks, such as GitHub, is named as its
 * source.
 */
export function withWatched(catalogue: Catalogue, sources: Iterable<Source>): Catalogue {
  const all = [...sources]
  const providers = new Map(catalogue.providers)
  for (const { provider, name, url, ...source } of all)
    if (isStatusSource(source) && !providers.has(provider))
      providers.set(provider, { id: provider, name, home: url, statusPage: url, figures: [] })
  const watched = watchedProviders(all)
  const regions = new Map([...catalogue.regions].filter(([, { provider }]) => watched.has(provider)))
  return { providers, regions }
}

/** The provider's name; its id when the catalogue lacks it. */
export const providerName = (catalogue: Catalogue, id: string): string => catalogue.providers.get(id)?.name ?? id

/** A region's name without its provider: `West Europe`, `eu-west-1`. */
export const regionName = spokenName

/** A region as a sentence names it: `Azure West Europe`, `AWS eu-west-1`. */
export function placeName(catalogue: Catalogue, id: RegionId): string {
  const region = catalogue.regions.get(id)
  const [provider = id, code = ''] = id.split('/')
  return `${providerName(catalogue, provider)} ${region ? regionName(region) : code}`
}

/** The publisher: the name of the source, else the article's host. */
export const publisher = (article: Article, sources: ReadonlyMap<string, Source>): string =>
  sources.get(sourceOf(article.id))?.name ?? hostOf(article.url)

/** The publishers of these articles; a source that repeats itself is named once. */
export const publishersOf = (articles: readonly Article[], sources: ReadonlyMap<string, Source>): string[] => [
  ...new Map(articles.map(article => [sourceOf(article.id), publisher(article, sources)])).values(),
]

/** The publishers of a story: 'Cloud Gazette and 2 more'. */
export function publishers(
  articles: readonly Article[],
  sources: ReadonlyMap<string, Source>,
  { news }: Words,
): string {
  const [first = '', ...more] = publishersOf(articles, sources)
  return news.publishers(first, more.length)
}

/** The host of a URL without `www.`; the text itself when it is no URL. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url)

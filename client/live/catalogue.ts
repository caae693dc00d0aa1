import type { Article } from '../../shared/domain/article.ts'
import { type RegionId, sourceOf } from '../../shared/domain/primitives.ts'
import type { Provider, Region } from '../../shared/domain/region.ts'
import { isStatusSource, type Source, watchedProviders } from '../../shared/domain/source.ts'
import type { Words } from '../words/words.ts'

/** What does not change while the page runs: who the providers are and where their regions stand. */
export type Catalogue = {
  providers: ReadonlyMap<string, Provider>
  regions: ReadonlyMap<RegionId, Region>
}

export const emptyCatalogue: Catalogue = { providers: new Map(), regions: new Map() }

/**
 * What of the catalogue is watched, and beside it the providers that are watched without being in it, such as GitHub:
 * named as their source is.
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

/** The provider's name; its id where the catalogue does not know it. */
export const providerName = (catalogue: Catalogue, id: string): string => catalogue.providers.get(id)?.name ?? id

/** What a region is called without its provider: `West Europe`, `eu-west-1`. */
export function regionName(region: Pick<Region, 'code' | 'name'>): string {
  // where the name is only the code made readable (Azure), it reads better; elsewhere the code is what engineers say
  const folded = region.name.toLowerCase().replace(/[^a-z0-9]/g, '')
  return folded === region.code ? region.name : region.code
}

/** A region as a sentence names it: `Azure West Europe`, `AWS eu-west-1`. */
export function placeName(catalogue: Catalogue, id: RegionId): string {
  const region = catalogue.regions.get(id)
  const [provider = id, code = ''] = id.split('/')
  return `${providerName(catalogue, provider)} ${region ? regionName(region) : code}`
}

/** Who published it: the source by its name, else the article's host. */
export const publisher = (article: Article, sources: ReadonlyMap<string, Source>): string =>
  sources.get(sourceOf(article.id))?.name ?? hostOf(article.url)

/** Who brings a story: the first, and how many more; 'Cloud Gazette and 2 more'. */
export function publishers(
  [first, ...more]: readonly Article[],
  sources: ReadonlyMap<string, Source>,
  { news }: Words,
): string {
  return news.publishers(first === undefined ? '' : publisher(first, sources), more.length)
}

/** The host of an address without `www.`; the address itself when it is none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url
}

import type { Article } from './article.ts'
import { groupStories } from './group-stories.ts'
import { type Incident, regionsEverIn } from './incident.ts'
import { foldAccents } from './text.ts'

/** What of an incident says where and when it is. */
type Place = Parameters<typeof regionsEverIn>[0] &
  Pick<Incident, 'provider' | 'title' | 'url' | 'regions' | 'services' | 'startedAt' | 'resolvedAt'>

/**
 * Articles written about an incident, one of each story, newest first: of its time, and of its place. They name its provider and one of its regions or
 * services; without either, they are about a trouble of the provider, and the incident is one of a whole provider. A
 * post of the status page that is the incident itself is none.
 */
export const coverageOf = (articles: Iterable<Article>, incident: Place): Article[] =>
  groupStories(
    [...articles].filter(
      article => isOfTime(article, incident) && isOfPlace(article, incident) && !isPostOf(article, incident),
    ),
  ).map(({ article }) => article)

/** Articles that are no incident themselves: the feed of a status page repeats what its incidents say. */
export function withoutPosts(articles: Iterable<Article>, incidents: Iterable<Place>): Article[] {
  const all = [...incidents]
  const urls = new Set(all.flatMap(({ url }) => (url === null ? [] : [addressOf(url)])))
  const titles = new Map<string, Place[]>()
  for (const incident of all) {
    const title = foldAccents(incident.title)
    titles.set(title, [...(titles.get(title) ?? []), incident])
  }
  return [...articles].filter(article => {
    if (isDeep(article.url) && urls.has(addressOf(article.url))) return false
    return !(titles.get(postTitle(article)) ?? []).some(incident => isPostOf(article, incident))
  })
}

/** Reporters may be quicker than the status page, and look back for some days, in ms. */
const BEFORE_MS = 2 * 3_600_000
const AFTER_MS = 3 * 24 * 3_600_000

function isOfTime({ publishedAt }: Article, { startedAt, resolvedAt }: Place): boolean {
  const at = Date.parse(publishedAt)
  const until = resolvedAt === null ? Number.POSITIVE_INFINITY : Date.parse(resolvedAt) + AFTER_MS
  return at >= Date.parse(startedAt) - BEFORE_MS && at <= until
}

function isOfPlace(article: Article, incident: Place): boolean {
  if (!article.providers.includes(incident.provider)) return false
  const own = regionsEverIn(incident)
  const named = article.regions.filter(region => region.startsWith(`${incident.provider}/`))
  if (named.length > 0 && own.length > 0) return named.some(region => own.includes(region))
  if (article.services?.some(service => hasService(incident, service)) === true) return true
  return own.length === 0 && named.length === 0 && isTrouble(article) && article.providers.length === 1
}

/** 'Actions' of the status page is the 'GitHub Actions' of an article. */
function hasService({ services, title }: Place, service: string): boolean {
  const name = foldAccents(service)
  const isSame = (other: string) => other === name || name.endsWith(` ${other}`) || other.endsWith(` ${name}`)
  return services.some(one => isSame(foldAccents(one))) || ` ${foldAccents(title)} `.includes(` ${name} `)
}

const isTrouble = ({ topics, feedTopics = [] }: Article): boolean =>
  topics.includes('reliability') && !feedTopics.includes('reliability')

/** Whether an article is the incident itself: at its address, or with its title in its time. */
function isPostOf(article: Article, incident: Place): boolean {
  if (incident.url !== null && isDeep(article.url) && addressOf(incident.url) === addressOf(article.url)) return true
  return (
    article.providers.includes(incident.provider) &&
    postTitle(article) === foldAccents(incident.title) &&
    isOfTime(article, incident)
  )
}

/** 'Resolved: Errors in West Europe', '[RESOLVED] Errors in West Europe'. */
const postTitle = ({ title }: Article): string =>
  foldAccents(title).replace(
    /^\[?(?:resolved|investigating|identified|monitoring|update|completed|scheduled)\]?\s?[:-]?\s/,
    '',
  )

/** The home of a status page is the address of many incidents. */
const isDeep = (url: string): boolean => URL.canParse(url) && new URL(url).pathname.length > 1

const addressOf = (url: string): string => url.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '')

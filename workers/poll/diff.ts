import { isDeepStrictEqual } from 'node:util'
import { type Article, byNewest } from '../../shared/domain/article.ts'
import { channelsOfArticle, channelsOfComponents } from '../../shared/domain/channels.ts'
import type { EventDraft } from '../../shared/domain/events.ts'
import { bytesOf } from '../../shared/domain/ledger.ts'
import { type Instant, type RecordId, toInstant } from '../../shared/domain/primitives.ts'
import type { PollCommit } from '../../shared/redis/commit-poll.ts'
import type { OwnedRecords, PollState } from '../../shared/redis/poll-state.ts'
import type { Reading } from '../formats/reader.ts'
import { diffIncidents, type IncidentsInput } from './diff-incidents.ts'
import { continueKnown, keptOf } from './known-articles.ts'

/** Articles that one feed may own. Older ones are archived, and are not new when a feed lists them again. */
const KEEP_ARTICLES = 400

export type DiffInput = IncidentsInput & { provider: string; reading: Reading; owned: OwnedRecords }

/** What a poll changes in the store, apart from the source's health and state. */
export type Changes = Pick<
  PollCommit,
  'upserts' | 'removals' | 'events' | 'ledger' | 'evidence' | 'probe' | 'posts' | 'hub'
>

export const noChanges: Changes = {
  upserts: { incidents: [], components: [], articles: [] },
  removals: { incidents: [], components: [], articles: [] },
  events: [],
  ledger: [],
}

export type Diff = Pick<Changes, 'upserts' | 'removals' | 'events' | 'ledger'> &
  Pick<PollState, 'incidents' | 'components' | 'articles' | 'missing'>

/** Compares a reading with the stored records. Pure. A reading without news gives no events and no writes. */
export function diff(input: DiffInput): Diff {
  const at = toInstant(input.now)
  const incidents = diffIncidents(input, at)
  const components = diffComponents(input, at)
  const articles = diffArticles(input, at)
  return {
    upserts: { incidents: incidents.upserts, components: components.upserts, articles: articles.upserts },
    removals: { incidents: incidents.removals, components: components.removals, articles: articles.removals },
    events: [...incidents.events, ...components.events, ...articles.events],
    ledger: incidents.ledger,
    incidents: incidents.owned,
    components: components.owned,
    articles: articles.owned,
    missing: incidents.missing,
  }
}

type Part<T> = { upserts: T[]; removals: RecordId[]; events: EventDraft[]; owned: RecordId[] }

function diffComponents(input: DiffInput, at: Instant): Part<Reading['components'][number]> {
  const { owned, provider } = input
  const read = new Map(input.reading.components.map(component => [component.id, component]))
  const upserted = [...read.values()].filter(
    component => !isDeepStrictEqual(owned.components.get(component.id), component),
  )
  const removed = [...owned.components.keys()].filter(id => !read.has(id))
  const channels = channelsOfComponents(provider)
  const patches = [
    ...inParts(upserted).map(part => ({ upserted: part, removed: [] })),
    ...inParts(removed).map(part => ({ upserted: [], removed: part })),
  ]
  const isSmall = patches.length === 2 && bytesOf(patches) <= MAX_PATCH_BYTES
  return {
    upserts: upserted,
    removals: removed,
    events: (isSmall ? [{ upserted, removed }] : patches).map(data => ({
      type: 'components.updated',
      at,
      channels,
      data,
    })),
    owned: [...read.keys()],
  }
}

/** Components of one event, as JSON; a client that reads slowly is not cut for one event. */
const MAX_PATCH_BYTES = 14 * 1024

function inParts<T>(list: readonly T[]): T[][] {
  const parts: T[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const one of list) {
    const size = bytesOf(one) + 1
    bytes += size
    if (bytes > MAX_PATCH_BYTES) {
      parts.push([])
      bytes = size
    }
    parts.at(-1)?.push(one)
  }
  return parts
}

function diffArticles(input: DiffInput, at: Instant): Part<Article> {
  const { owned, countryOf } = input
  const all = new Map(owned.articles)
  for (const article of continueKnown(input.reading.articles, owned.articles)) all.set(article.id, article)
  const kept = new Map(
    [...all.values()]
      .sort(byNewest)
      .slice(0, KEEP_ARTICLES)
      .map(article => [article.id, withOurs(article, owned.articles.get(article.id), at)]),
  )

  const upserts: Article[] = []
  const events: EventDraft[] = []
  for (const article of [...kept.values()].reverse()) {
    const before = owned.articles.get(article.id)
    if (isDeepStrictEqual(before, article)) continue
    const type = before === undefined ? 'article.published' : 'article.updated'
    upserts.push(article)
    events.push({ type, at, channels: channelsOfArticle(article, countryOf), data: article })
  }
  return { upserts, removals: [...owned.articles.keys()].filter(id => !kept.has(id)), events, owned: [...kept.keys()] }
}

/** A new article is dated by our clock too. */
const withOurs = (article: Article, before: Article | undefined, at: Instant): Article =>
  before === undefined ? { ...article, readAt: at } : { ...article, ...keptOf(before, article) }

import type { Redis } from 'ioredis'
import {
  type Channel,
  type CountryOf,
  channelsOfArticle,
  channelsOfComponents,
  channelsOfIncident,
  channelsOfProbe,
  channelsOfSource,
} from '../shared/domain/channels.ts'
import type { EventDraft } from '../shared/domain/events.ts'
import { toInstant } from '../shared/domain/primitives.ts'
import type { Source } from '../shared/domain/source.ts'
import { keys } from '../shared/redis/keys.ts'
import { loadOwned, loadProbe } from '../shared/redis/owned-records.ts'
import { PollState } from '../shared/redis/poll-state.ts'
import { type OnInvalid, parseRecord } from '../shared/redis/records.ts'

export type RemovalDeps = { redis: Redis; countryOf: CountryOf; now: () => number; onInvalid: OnInvalid }

/**
 * The event that says that a source is gone, in every channel in which any of its records was told: whoever holds one lets go of it.
 * @param stored what is known of the source, if anything is
 */
export async function sourceRemoved(id: string, stored: Source | undefined, deps: RemovalDeps): Promise<EventDraft> {
  const { redis, countryOf, now, onInvalid } = deps
  const state = parseRecord(PollState, 'poll state', id, await redis.hget(keys.polls, id), onInvalid)
  const none = { incidents: [], components: [], articles: [] }
  const [owned, probe] = await Promise.all([
    loadOwned(redis, state ?? none, onInvalid),
    loadProbe(redis, id, onInvalid),
  ])
  const channels = new Set<Channel>([
    ...channelsOfSource(stored?.provider ?? id),
    'status',
    'news',
    ...[...owned.incidents.values()].flatMap(incident => channelsOfIncident(incident, countryOf)),
    ...[...owned.components.values()].flatMap(({ provider }) => channelsOfComponents(provider)),
    ...[...owned.articles.values()].flatMap(article => channelsOfArticle(article, countryOf)),
    ...(probe === null ? [] : channelsOfProbe(probe, countryOf)),
  ])
  return { type: 'source.removed', at: toInstant(now()), channels: [...channels], data: { id } }
}

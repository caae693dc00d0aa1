import { isDeepStrictEqual } from 'node:util'
import { type Article, byNewest } from '../../shared/domain/article.ts'
import {
  type CountryOf,
  channelsOfArticle,
  channelsOfComponents,
  channelsOfIncident,
} from '../../shared/domain/channels.ts'
import type { EventDraft } from '../../shared/domain/events.ts'
import { type Incident, isEnded, withoutSteps, withStep } from '../../shared/domain/incident.ts'
import { ascending, firstOf } from '../../shared/domain/order.ts'
import { type Instant, type RecordId, toInstant } from '../../shared/domain/primitives.ts'
import type { PollCommit } from '../../shared/redis/commit-poll.ts'
import type { OwnedRecords, PollState } from '../../shared/redis/poll-state.ts'
import type { Reading } from '../formats/reader.ts'

/** Articles that one feed may own. Older ones are archived, and are not new when a feed lists them again. */
const KEEP_ARTICLES = 400

export type DiffInput = {
  provider: string
  /** Whether the reading lists everything that is open, so that an absent incident is over. */
  complete: boolean
  reading: Reading
  owned: OwnedRecords
  missing: PollState['missing']
  countryOf: CountryOf
  keepEndedMs: number
  now: number
}

/** What a poll changes in the store, apart from the source's health and state. */
export type Changes = Pick<PollCommit, 'upserts' | 'removals' | 'events' | 'probe' | 'hub'>

export const noChanges: Changes = {
  upserts: { incidents: [], components: [], articles: [] },
  removals: { incidents: [], components: [], articles: [] },
  events: [],
}

export type Diff = Pick<Changes, 'upserts' | 'removals' | 'events'> &
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
    incidents: incidents.owned,
    components: components.owned,
    articles: articles.owned,
    missing: incidents.missing,
  }
}

type Part<T> = { upserts: T[]; removals: RecordId[]; events: EventDraft[]; owned: RecordId[] }

function diffIncidents(input: DiffInput, at: Instant): Part<Incident> & Pick<PollState, 'missing'> {
  const { owned, countryOf, keepEndedMs, now } = input
  const read = new Map(input.reading.incidents.map(incident => [incident.id, dated(incident, input)]))
  const upserts: Incident[] = []
  const events: EventDraft[] = []
  const emit = (type: 'incident.opened' | 'incident.updated' | 'incident.resolved', data: Incident) => {
    upserts.push(data)
    events.push({ type, at, channels: channelsOfIncident(data, countryOf), data })
  }
  const missing: PollState['missing'] = {}
  // A cache answers with an older copy now and then. A step back in time is believed when two readings agree on it.
  const isOldCopy = (before: Incident, { id, updatedAt }: Incident) => {
    if (updatedAt >= before.updatedAt || input.missing[id] !== undefined) return false
    missing[id] = at
    return true
  }
  const tooOld = (incident: Incident) => isEnded(incident) && now - Date.parse(incident.updatedAt) > keepEndedMs

  for (const incident of [...read.values()].sort(byStart)) {
    const before = owned.incidents.get(incident.id)
    if (before === undefined && tooOld(incident)) read.delete(incident.id)
    else if (before === undefined) emit(isEnded(incident) ? 'incident.resolved' : 'incident.opened', incident)
    else if (!isSame(before, incident) && !isOldCopy(before, incident))
      emit(transition(before, incident), withStep(before, incident))
  }

  const removals: RecordId[] = []
  for (const [id, before] of owned.incidents) {
    if (read.has(id)) continue
    if (isEnded(before)) {
      if (tooOld(before)) removals.push(id)
    } else if (input.complete) {
      const since = input.missing[id]
      if (since === undefined) missing[id] = at
      else emit('incident.resolved', withStep(before, endedByAbsence(before, since)))
    }
  }
  const dropped = new Set(removals)
  const ids = new Set([...owned.incidents.keys(), ...read.keys()])
  return { upserts, removals, events, owned: [...ids].filter(id => !dropped.has(id)), missing }
}

/** An incident without times keeps `startedAt` of its first reading, and `updatedAt` of the last one with news. */
function dated(incident: Incident, { reading, owned }: DiffInput): Incident {
  const before = owned.incidents.get(incident.id)
  if (before === undefined || reading.undated?.includes(incident.id) !== true) return incident
  const { startedAt, updatedAt } = before
  const same = { ...incident, startedAt, updatedAt }
  return isSame(before, same) ? same : { ...incident, startedAt }
}

const isSame = (before: Incident, read: Incident): boolean =>
  isDeepStrictEqual(withoutSteps(before), withoutSteps(read))

function transition(before: Incident, after: Incident) {
  if (isEnded(before) === isEnded(after)) return 'incident.updated'
  return isEnded(after) ? 'incident.resolved' : 'incident.opened'
}

/** The source stopped listing it: it ended when it was first missing. */
function endedByAbsence(before: Incident, since: Instant): Incident {
  const status = before.kind === 'maintenance' ? 'completed' : 'resolved'
  const text = 'No longer listed by the source.'
  return {
    ...before,
    status,
    updatedAt: since,
    resolvedAt: since,
    updates: [{ id: `absent-${since}`, at: since, status, text } as const, ...before.updates].slice(0, 100),
  }
}

const byStart = firstOf<Incident>(ascending('startedAt'), ascending('id'))

function diffComponents(input: DiffInput, at: Instant): Part<Reading['components'][number]> {
  const { owned, provider } = input
  const read = new Map(input.reading.components.map(component => [component.id, component]))
  const upserted = [...read.values()].filter(
    component => !isDeepStrictEqual(owned.components.get(component.id), component),
  )
  const removed = [...owned.components.keys()].filter(id => !read.has(id))
  const changed = upserted.length > 0 || removed.length > 0
  const channels = channelsOfComponents(provider)
  return {
    upserts: upserted,
    removals: removed,
    events: changed ? [{ type: 'components.updated', at, channels, data: { upserted, removed } }] : [],
    owned: [...read.keys()],
  }
}

function diffArticles(input: DiffInput, at: Instant): Part<Article> {
  const { owned, countryOf } = input
  const all = new Map(owned.articles)
  for (const article of input.reading.articles) all.set(article.id, article)
  const kept = new Map(
    [...all.values()]
      .sort(byNewest)
      .slice(0, KEEP_ARTICLES)
      .map(article => [article.id, article]),
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

import type { z } from 'zod'
import { Article, byNewest, compactArticles, trimArticles } from './article.ts'
import {
  type Channel,
  type CountryOf,
  channelsOfArticle,
  channelsOfComponents,
  channelsOfIncident,
  channelsOfNotice,
  channelsOfProbe,
  channelsOfRegion,
  channelsOfSource,
} from './channels.ts'
import type { EventData, EventType } from './events.ts'
import { Handling, trimHandlings } from './handling.ts'
import { compactIncidents, Incident, mergeIncident, rememberIncidents, trimEndedIncidents } from './incident.ts'
import { Notice } from './notice.ts'
import { sourceOf } from './primitives.ts'
import { Probe } from './probe.ts'
import { RegionStatus, servicesIn } from './region.ts'
import { worstFirst } from './region-status.ts'
import { Source } from './source.ts'
import { Component } from './status.ts'

/**
 * The collections of the state, in the order of their fields in a snapshot. View, snapshot, compact snapshot,
 * narrowing, loading, backup and the page's replica derive from this table. A new collection is the file of its record
 * and a row here; its own events, if it needs any, belong in `events.ts`. The store keeps each collection in a hash of
 * its name.
 */
const rows = {
  statuses: collection({
    record: RegionStatus,
    label: 'region status',
    id: ({ region }) => region,
    events: { 'region.status': upsert },
    channels: (status, countryOf) => channelsOfRegion(status.region, countryOf, servicesIn(status)),
  }),
  incidents: collection({
    record: Incident,
    label: 'incident',
    id: ({ id }) => id,
    events: {
      'incident.opened': mergeIncident,
      'incident.updated': mergeIncident,
      'incident.resolved': mergeIncident,
      'source.removed': removeOwned,
    },
    channels: channelsOfIncident,
    limit: 200,
    trim: trimEndedIncidents,
    inSnapshot: incidents => incidents.sort(worstFirst),
    compact: compactIncidents,
    remembered: rememberIncidents,
  }),
  components: collection({
    record: Component,
    label: 'component',
    id: ({ id }) => id,
    events: { 'components.updated': patch, 'source.removed': removeOwned },
    channels: ({ provider }) => channelsOfComponents(provider),
    inSnapshot: components => components.filter(({ status }) => status !== 'operational'),
  }),
  articles: collection({
    record: Article,
    label: 'article',
    id: ({ id }) => id,
    events: { 'article.published': upsert, 'article.updated': upsert, 'source.removed': removeOwned },
    channels: channelsOfArticle,
    limit: 500,
    trim: trimArticles,
    inSnapshot: articles => articles.sort(byNewest),
    compact: compactArticles,
    remembered: articles => [...articles].sort(byNewest).slice(0, 200),
  }),
  sources: collection({
    record: Source,
    label: 'source',
    id: ({ id }) => id,
    events: { 'source.health': upsert, 'source.removed': remove },
    channels: ({ provider }) => channelsOfSource(provider),
  }),
  /** By the id of their source. */
  probes: collection({
    record: Probe,
    label: 'probe',
    id: ({ id }) => id,
    events: { 'probe.changed': upsert, 'source.removed': remove },
    channels: channelsOfProbe,
  }),
  notices: collection({
    record: Notice,
    label: 'notice',
    id: ({ id }) => id,
    events: { 'notice.posted': upsert, 'notice.withdrawn': remove },
    channels: () => channelsOfNotice,
  }),
  /** By the id of their incident. */
  handlings: collection({
    record: Handling,
    label: 'handling',
    id: ({ id }) => id,
    events: { 'handling.changed': upsert, 'source.removed': removeOwned },
    channels: ({ channels }) => channels,
    limit: 200,
    trim: trimHandlings,
  }),
}

type Rows = typeof rows
export type CollectionName = keyof Rows
export type Records = { [Name in CollectionName]: z.infer<Rows[Name]['record']> }
export type CollectionEvent = { [Name in CollectionName]: keyof Rows[Name]['events'] }[CollectionName]

export const collections: { [Name in CollectionName]: Collection<Records[Name]> } = rows

// `Object.keys` returns plain text, but `rows` has no other keys.
export const collectionNames = Object.keys(rows) as CollectionName[]

/** One value per collection, all of one type, in the order of the table. */
export function byCollection<T>(make: (name: CollectionName) => T): Record<CollectionName, T> {
  // `Object.fromEntries` types its keys as any text.
  return Object.fromEntries(collectionNames.map(name => [name, make(name)])) as Record<CollectionName, T>
}

/** One value per collection, made of its own type of record: `mapCollections<'map'>(() => new Map())`. */
export function mapCollections<Shape extends keyof Shapes<unknown>>(
  make: <Name extends CollectionName>(name: Name) => Shapes<Records[Name]>[Shape],
): PerCollection<Shape> {
  // `Object.fromEntries` forgets that each key has a value of its own type.
  return Object.fromEntries(collectionNames.map(name => [name, make(name)])) as PerCollection<Shape>
}

export type PerCollection<Shape extends keyof Shapes<unknown>, Names extends CollectionName = CollectionName> = {
  [Name in Names]: Shapes<Records[Name]>[Shape]
}

type Shapes<R> = { list: R[]; map: Map<string, R>; listSchema: z.ZodArray<z.ZodType<R>> }

/** How one kind of record is identified, changed by events, sent and kept. */
type Collection<R> = {
  record: z.ZodType<R>
  /** What a message calls one record. */
  label: string
  id(record: R): string
  /** What each event does to the records; events that are not listed do nothing. */
  events: Changes<R>
  channels(record: R, countryOf: CountryOf): readonly Channel[]
  /** How many records a view keeps of those that `trim` counts; undefined keeps all. */
  limit: number | undefined
  /** Deletes the oldest records beyond a limit. */
  trim(records: Map<string, R>, limit: number): void
  /** The order and selection of a snapshot. It may sort in place. */
  inSnapshot(records: R[]): R[]
  /** The records of a compact snapshot, without most of their long texts. */
  compact(records: readonly R[]): readonly object[]
  /** The records that a page remembers for its next visit. */
  remembered(records: R[]): R[]
}

type Changes<R> = {
  [Type in EventType]?: (records: Map<string, R>, data: EventData[Type], id: (record: R) => string) => void
}

type Optional = 'limit' | 'trim' | 'inSnapshot' | 'compact' | 'remembered'

/** A row with the defaults filled in: everything is kept and sent as it is. */
function collection<S extends z.ZodType<object>, E extends Changes<z.infer<S>>>(
  row: Omit<Collection<z.infer<S>>, 'record' | 'events' | Optional> & {
    record: S
    events: E & Record<Exclude<keyof E, EventType>, never>
  } & Partial<Pick<Collection<z.infer<S>>, Optional>>,
) {
  return {
    limit: undefined,
    trim: () => undefined,
    inSnapshot: (records: z.infer<S>[]) => records,
    compact: (records: readonly z.infer<S>[]) => records,
    remembered: (records: z.infer<S>[]) => records,
    ...row,
  }
}

function upsert<R>(records: Map<string, R>, data: NoInfer<R>, id: (record: NoInfer<R>) => string): void {
  records.set(id(data), data)
}

function remove(records: Map<string, unknown>, { id }: { id: string }): void {
  records.delete(id)
}

function removeOwned(records: Map<string, unknown>, { id: source }: { id: string }): void {
  for (const id of records.keys()) if (sourceOf(id) === source) records.delete(id)
}

function patch<R>(
  records: Map<string, R>,
  { upserted, removed }: { upserted: NoInfer<R>[]; removed: string[] },
  id: (record: NoInfer<R>) => string,
): void {
  for (const record of upserted) records.set(id(record), record)
  for (const key of removed) records.delete(key)
}
